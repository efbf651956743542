"""The reference pages say what the program does: every code, every key, every block."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder import config
from builder.book import KINDS, ROLES, FrontMatter
from builder.command.console import Look, finding_text
from builder.diagnostics import Diagnostic
from builder.parse.markdown import BLOCK_TYPES
from builder.render.theme import load_theme
from builder.source import Source
from builder.state import parse_state
from builder.state.compare import check_book, check_tasks
from tests.casebook import MAIN, Case, Part, build_case

ROOT = Path(__file__).parents[1]
DIAGNOSTICS = ROOT / "docs" / "diagnostics.md"
AUTHORING = ROOT / "docs" / "authoring.md"
_SECTION = re.compile(r"^### `([a-z0-9-]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_FILES = {"markdown": MAIN, "toml": "book.toml"}
# What stands in the folder beside the text of an example.
_BESIDE = (
    Part("file", "other.md", "# The other chapter\n\n## The pump\n\nText."),
    Part("file", "text.png", "This is no picture."),
    Part("file", "notes.txt", "Notes."),
    Part("file", "well.py", "# region pumping\nx = 1\n"),
    Part("image", "pump.png", ""),
)


# The book that the lists of what is done belong to.
_TASKS = Case("", "", (Part("file", "a.md", "# A\n\n- [ ] Fill the jar.\n- [ ] Come home."),))


@dataclass(frozen=True, slots=True)
class Example:
    """A section with a source to write and what is said about it."""

    code: str
    kind: str
    source: str
    said: str


def _sections() -> dict[str, str]:
    return dict(_SECTION.findall(DIAGNOSTICS.read_text(encoding="utf-8")))


def _examples() -> Iterator[Example]:
    for code, section in _sections().items():
        fences = [(found[2], found[3]) for found in _FENCE.finditer(section)]
        if len(fences) == 2:
            (kind, source), (_, said) = fences
            yield Example(code, kind, source, said)


def _findings(example: Example, folder: Path) -> Iterator[Diagnostic]:
    if example.kind == "css":
        (folder / "theme.css").write_text(example.source, encoding="utf-8")
        yield from load_theme("default", folder, None).findings
        return
    if example.kind == "json":
        yield from _state_findings(Source("done.json", example.source), folder)
        return
    name = _FILES[example.kind]
    text = "# A\n\nText." if name != MAIN else example.source.removesuffix("\n")
    parts = [Part("file", MAIN, text), *_BESIDE]
    if name != MAIN:
        parts.append(Part("file", name, example.source.removesuffix("\n")))
    options = "titles=checked" if example.code == "missing-title" else ""
    yield from build_case(Case("", options, tuple(parts)), folder).findings


def _state_findings(source: Source, folder: Path) -> Iterator[Diagnostic]:
    """What is said about a list of what is done, for a book of two tasks."""
    read = parse_state(source)
    yield from read.findings
    if read.value:
        book = build_case(_TASKS, folder).books["print"]
        yield from check_book(read.value, [book])
        yield from check_tasks(read.value, book)


@pytest.mark.parametrize("example", [*_examples()], ids=lambda example: example.code)
def test_examples_are_true(example: Example, tmp_path: Path, update: bool) -> None:
    """What an example of the page shows is what the builder says."""
    found = [each for each in _findings(example, tmp_path) if each.code == example.code]
    said = finding_text(found[0], Path("nowhere"), Look()) + "\n" if found else "nothing\n"
    if update and said != example.said:
        before = f"### `{example.code}`\n{_sections()[example.code]}"
        after = before.removesuffix(f"{example.said}```\n\n") + f"{said}```\n\n"
        text = DIAGNOSTICS.read_text(encoding="utf-8").replace(before, after)
        DIAGNOSTICS.write_text(text, encoding="utf-8")
        return

    assert said == example.said


def _codes_in(tree: ast.AST) -> Iterator[str]:
    """Codes as the program writes them: of a finding, of a TOML error, or chosen before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            index = {"Diagnostic": 0, "Flaw": 0, "toml_error": 2}.get(name)
            if index is not None and len(node.args) > index:
                yield from _texts(node.args[index])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            yield from _texts(node.value)


def _texts(node: ast.AST) -> Iterator[str]:
    arms = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
    for arm in arms:
        if isinstance(arm, ast.Constant) and isinstance(arm.value, str):
            yield arm.value


def test_every_code_has_its_section() -> None:
    """The page lists the codes of the program, all of them and no others."""
    modules = (ROOT / "builder").rglob("*.py")
    codes = {code for path in modules for code in _codes_in(ast.parse(path.read_text("utf-8")))}

    assert set(_sections()) == codes


def _keys(kind: type) -> set[str]:
    return set(kind.__dataclass_fields__)  # type: ignore[attr-defined]


def _table_keys(heading: str) -> set[str]:
    """The keys in the first column of the table under a heading of the guide."""
    text = AUTHORING.read_text(encoding="utf-8")
    section = re.split(r"^#{2,4} ", text.partition(f"{heading}\n")[2], flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("### The book", config.Config),
        ("### An author", config.Author),
        ("### A chapter in the list", config.ListedFile),
        ("### `[pdf]`", config.PdfOptions),
        ("### `[epub]`", config.EpubOptions),
        ("### `[bibliography]`", config.BibliographyOptions),
        ("### `[glossary]`", config.GlossaryOptions),
        ("### `[booklet]`", config.BookletOptions),
        ("### `[checklists]`", config.ChecklistOptions),
        ("## Front matter", FrontMatter),
    ],
)
def test_the_guide_names_every_key(heading: str, kind: type) -> None:
    """And none that there is not."""
    assert _table_keys(heading) == _keys(kind)


_SHOWN = (
    *("blocks", "bleed", "book-parts", "code", "columns", "drop-cap", "endnotes", "figures"),
    *("footnotes", "formulas", "glossary", "index", "landscape", "links", "margins", "sources"),
    *("tables",),
)


def test_the_guide_shows_what_books_are_made_of() -> None:
    """A picture of each construct that is seen on a page, and none that is not there."""
    pictures = re.findall(
        r"\(pictures/guide/([a-z-]+)\.png\)", AUTHORING.read_text(encoding="utf-8")
    )
    drawn = {path.stem for path in (AUTHORING.parent / "pictures" / "guide").glob("*.png")}

    assert set(pictures) == drawn
    assert not {*_SHOWN} - drawn


def test_the_guide_names_every_block_role_and_kind() -> None:
    """What an author may write is in the guide, word for word."""
    text = AUTHORING.read_text(encoding="utf-8")

    assert [name for name in BLOCK_TYPES if f"`{name}`" not in text] == []
    assert [name for name in (*ROLES, *KINDS) if f"`{name}`" not in text] == []
