"""Letters that no font has, which would be printed as empty boxes, and fonts that there are not."""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from builder.book import Book, Chapter
from builder.cache import NO_STORE, Store, key
from builder.diagnostics import Diagnostic, Severity
from builder.kept import keep
from builder.render.theme import Theme
from builder.themes import OWN_FONTS

# Categories of characters that need no glyph: controls, formats, surrogates, separators.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
# Letters of one script that are listed; of the others, their number.
_LISTED = 3


def find_missing_glyphs(book: Book, theme: Theme, store: Store = NO_STORE) -> Iterator[Diagnostic]:
    """A finding for each script or kind of sign that neither theme nor book has a font for.

    Its place is that of the first such letter of the book.
    """
    known: set[int] = set()
    for font in theme.fonts:
        known |= _characters(next(iter(sorted(font.folder.glob("*-Regular.ttf")))), store)
    for path in sorted((book.root / OWN_FONTS).glob("*.[ot]tf")):
        known |= _characters(path, store)
    scripts: dict[str, list[tuple[str, Chapter]]] = {}
    for numbered in book.chapters:
        for letter in _missing_in(numbered.chapter, known):
            scripts.setdefault(_script(letter), []).append((letter, numbered.chapter))
    for met in scripts.values():
        yield _missing(met)


def find_unknown_families(book: Book, theme: Theme) -> Iterator[Diagnostic]:
    """A finding for each family that the author's rules name and neither theme nor book has."""
    if not theme.wanted:
        return
    known = {font.name for font in theme.fonts}
    for path in sorted((book.root / OWN_FONTS).glob("*.[ot]tf")):
        known |= _families(path)
    for family in theme.wanted:
        if family.name not in known:
            near = difflib.get_close_matches(family.name, known, n=1)
            hint = (
                f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(sorted(known))}"
            )
            message = f'no font is of the family "{family.name}"'
            yield Diagnostic("unknown-family", message, family.place, hint, Severity.WARNING)


def _missing_in(chapter: Chapter, known: set[int]) -> Iterator[str]:
    """The letters of a chapter that are to be seen and in no font, in the order of its text."""
    text = chapter.file.source.text
    unknown = [
        letter
        for letter in chapter.survey.letters
        if ord(letter) not in known and unicodedata.category(letter) not in _UNSEEN
    ]
    yield from sorted(unknown, key=lambda letter: (max(text.find(letter), 0), letter))


def _script(letter: str) -> str:
    """What letters of one script have in common: names begin with it (Unicode, section 4.8)."""
    return unicodedata.name(letter, "unnamed").partition(" ")[0]


def _missing(met: Sequence[tuple[str, Chapter]]) -> Diagnostic:
    """The finding for letters of one script, with the chapters that they were met in."""
    letters = tuple(dict.fromkeys(letter for letter, _ in met))
    files = len({chapter.file.source.path for _, chapter in met})
    first, chapter = met[0]
    source = chapter.file.source
    more = len(letters) - _LISTED
    others = f" and {more} more like them" if more > 0 else ""
    where = f", in {files} files" if files > 1 else ""
    return Diagnostic(
        "missing-glyph",
        f"no font has {', '.join(map(_named, letters[:_LISTED]))}{others}{where}",
        source.place(max(source.text.find(first), 0)),
        f"put a font that has {'it' if len(letters) == 1 else 'them'} into the folder"
        f" {OWN_FONTS}/ of the book",
    )


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "unnamed").lower()
    return f'"{letter}" (U+{ord(letter):04X}, {name})'


def _families(path: Path) -> frozenset[str]:
    """The names that a font file's family goes by (OpenType, name table, ids 1 and 16)."""
    from fontTools.ttLib import TTFont  # takes its time, and is seldom wanted

    with TTFont(path, lazy=True) as font:
        names = (font["name"].getDebugName(number) for number in (1, 16))
        return frozenset(name for name in names if name)


def _characters(path: Path, store: Store) -> frozenset[int]:
    """The characters that a font file has glyphs for."""
    name = key("characters", sha256(path.read_bytes()).digest())
    return keep(store, name, frozenset[int], lambda: _mapped(path))


def _mapped(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # most builds know the fonts already

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
