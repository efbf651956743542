"""Letters that no font has, which would be printed as empty boxes, and fonts that there are not."""

import difflib
import unicodedata
from collections.abc import Iterator
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


def find_missing_glyphs(book: Book, theme: Theme, store: Store = NO_STORE) -> Iterator[Diagnostic]:
    """A finding for each character of a chapter that neither theme nor book has a font for."""
    known: set[int] = set()
    for font in theme.fonts:
        known |= _characters(next(iter(sorted(font.folder.glob("*-Regular.ttf")))), store)
    for path in sorted((book.root / OWN_FONTS).glob("*.[ot]tf")):
        known |= _characters(path, store)
    for numbered in book.chapters:
        yield from _missing_in(numbered.chapter, known)


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


def _missing_in(chapter: Chapter, known: set[int]) -> Iterator[Diagnostic]:
    source = chapter.file.source
    for letter in chapter.survey.letters:
        if ord(letter) in known or unicodedata.category(letter) in _UNSEEN:
            continue
        name = unicodedata.name(letter, "unnamed").lower()
        yield Diagnostic(
            "missing-glyph",
            f'no font has "{letter}" (U+{ord(letter):04X}, {name})',
            source.place(max(source.text.find(letter), 0)),
            f"put a font that has it into the folder {OWN_FONTS}/ of the book",
        )


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
