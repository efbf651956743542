"""A chapter too long for one file of the e-book: divided before headings of the second level."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import ChapterFile
from builder.parse.markup import markup
from builder.parse.tree import classes, new
from builder.render.epub.sections import LEVEL_2

# Older e-readers are slow to open longer files, or refuse them.
MOST_BYTES = 250_000
# A text below this never becomes so much, whatever is in it.
_SURELY_SHORT = 40_000


def may_be_long(file: ChapterFile) -> bool:
    """Whether a chapter may fill more than a file of the e-book."""
    lengths = (len(file.source.text), *(len(each.text) for each in file.included))
    return sum(lengths) > _SURELY_SHORT


def split_chapter(section: Element, most: int = MOST_BYTES) -> tuple[Element, ...]:
    """The chapter in sections of so many bytes at most, as far as its headings allow.

    The first is the one given, which keeps the chapter's id and what it says of itself.
    """
    _, *others = _pieces(section, most)
    made = []
    for piece in others:
        made.append(new("section", "\n", class_=section.get("class", "")))
        for child in piece:
            section.remove(child)
            made[-1].append(child)
    return (section, *made)


def _pieces(section: Element, most: int) -> Iterator[list[Element]]:
    """The content in pieces, each but the first from a heading of the second level."""
    piece: list[Element] = []
    size = 0
    for child in section:
        length = len(markup(child).encode())
        if piece and size + length > most and LEVEL_2 in classes(child):
            yield piece
            piece, size = [], 0
        piece.append(child)
        size += length
    yield piece
