"""The theme's fonts in the e-book, where the author asks for them: the letters that it needs.

They are plain TrueType or OpenType files, which every e-reader takes, and never obfuscated.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.cache import Store, key
from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.kept import keep
from builder.render.epub.resources import Resource
from builder.render.theme import Theme
from builder.slugs import slug
from builder.versions import engine_versions

FOLDER = "fonts"
# What each of the families that stand for serif, sans-serif and monospace is set in.
_USES = (
    ("body", "serif", ((400, False), (400, True), (700, False), (700, True))),
    ("h2, h3, h4, h5, h6, .label, .mark", "sans-serif", ((400, False), (700, False))),
    ("code, kbd, samp, pre", "monospace", ((400, False), (400, True), (700, False))),
)
# Bits of OS/2.fsType that keep a font from being embedded at all.
_USAGE, _RESTRICTED = 0xF, 0x2
_FAMILY_NAMES = (16, 1)


@dataclass(frozen=True, slots=True)
class _Face:
    """A font file, and which of its family it is."""

    path: Path
    family: str
    weight: int
    is_italic: bool
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class BookFonts:
    """The fonts as files of the e-book, and the rules that set its text in them."""

    resources: tuple[Resource, ...] = ()
    css: str = ""


def book_fonts(
    theme: Theme, own: Path, pages: Iterable[Resource], store: Store
) -> Outcome[BookFonts]:
    """The theme's fonts with the letters of the pages; ``own`` is the folder of the book's own."""
    letters = "".join(sorted({letter for page in pages for letter in page.data.decode()}))
    faces = dict(_faces(theme, own))
    resources: dict[str, Resource] = {}
    rules: list[str] = []
    findings = []
    for family, (selector, generic, wanted) in zip(theme.generics, _USES, strict=True):
        for weight, is_italic in wanted:
            face = faces.get((family, weight, is_italic))
            if face is None:
                continue
            if face.is_restricted:
                findings.append(_restricted(face))
                continue
            resource = _subset(face, letters, store)
            if resource.path not in resources:
                rules.append(_rule(face, resource))
            resources[resource.path] = resource
        rules.append(f'{selector} {{ font-family: "{family}", {generic} }}')
    css = "\n/* ---------- The fonts of the theme ---------- */\n\n" + "\n".join(rules) + "\n"
    return Outcome(BookFonts(tuple(resources.values()), css), tuple(dict.fromkeys(findings)))


def _faces(theme: Theme, own: Path) -> Iterator[tuple[tuple[str, int, bool], _Face]]:
    """The font files of theme and book by family, weight and slant; the theme's come last."""
    folders = [own, *(font.folder for font in reversed(theme.fonts))]
    for path in (path for folder in folders if folder.is_dir() for path in _files(folder)):
        face = _face(path)
        yield (face.family, face.weight, face.is_italic), face


def _files(folder: Path) -> Iterator[Path]:
    """The font files of a folder; an OTF that has a TTF beside it is left out."""
    for path in sorted(folder.iterdir()):
        is_twin = path.suffix == ".otf" and path.with_suffix(".ttf").exists()
        if path.suffix.lower() in (".ttf", ".otf") and not is_twin:
            yield path


def _face(path: Path) -> _Face:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        names, facts = font["name"], font["OS/2"]
        family = next(filter(None, map(names.getDebugName, _FAMILY_NAMES)), path.stem)
        is_restricted = facts.fsType & _USAGE == _RESTRICTED
        return _Face(path, family, facts.usWeightClass, bool(facts.fsSelection & 1), is_restricted)


def _subset(face: _Face, letters: str, store: Store) -> Resource:
    data = face.path.read_bytes()
    name = key("e-book font", engine_versions(), hashlib.sha256(data).hexdigest(), letters)
    made = keep(store, name, bytes, partial(_cut, data, letters))
    is_cff = made[:4] == b"OTTO"
    kind = "otf" if is_cff else "ttf"
    style = "-italic" if face.is_italic else ""
    path = f"{FOLDER}/{slug(face.family)}-{face.weight}{style}.{kind}"
    return Resource(path=path, media_type=f"font/{kind}", data=made)


def _cut(data: bytes, letters: str) -> bytes:
    """The font with these letters alone, the same bytes each time."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(hinting=False, notdef_outline=True, drop_tables=["DSIG", "meta"])
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters + letters.upper())
    subsetter.subset(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _rule(face: _Face, resource: Resource) -> str:
    style = "italic" if face.is_italic else "normal"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {style}; src: url("../{resource.path}") }}'
    )


def _restricted(face: _Face) -> Diagnostic:
    return Diagnostic(
        "restricted-font",
        f'the licence of the font "{face.path.name}" does not let it be embedded',
        None,
        "set another font in theme.css, or ask its makers for leave and a file that says so",
        Severity.WARNING,
    )
