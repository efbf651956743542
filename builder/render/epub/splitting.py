"""A chapter too long for one file of the e-book: divided before headings of the second level.

An index is divided between its letters, and a glossary between its terms.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import ChapterFile
from builder.parse.markup import markup
from builder.parse.tree import classes, new, parents, replace
from builder.render.epub.sections import LEVEL_2
from builder.render.index import GROUP

# Older e-readers are slow to open longer files, or refuse them.
MOST_BYTES = 250_000
# A text below this never becomes so much, whatever is in it.
_SURELY_SHORT = 40_000


def may_be_long(file: ChapterFile, written: str = "") -> bool:
    """Whether a chapter may fill more than a file of the e-book, with what the builder writes."""
    lengths = (len(file.source.text), *(len(each.text) for each in file.included), len(written))
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


def divide_terms(section: Element, most: int = MOST_BYTES) -> None:
    """Make of a list of terms that is too long several, each of half a file."""
    owners = parents(section)
    for terms in [each for each in section.iter("dl") if owners[each] is section]:
        if len(markup(terms).encode()) <= most:
            continue
        pieces, size = [new("dl", terms.text)], 0
        for child in terms:
            if child.tag == "dt" and size > most // 2:
                pieces.append(new("dl", "\n"))
                size = 0
            size += len(markup(child).encode())
            pieces[-1].append(child)
        for piece in pieces:
            piece.attrib |= {key: text for key, text in terms.items() if key != "id"}
        pieces[0].attrib = dict(terms.items())
        replace(section, terms, *pieces)


def _pieces(section: Element, most: int) -> Iterator[list[Element]]:
    """The content in pieces, each but the first from a heading of the second level."""
    piece: list[Element] = []
    size = 0
    for child in section:
        length = len(markup(child).encode())
        if piece and size + length > most and _may_begin(child, piece[-1]):
            yield piece
            piece, size = [], 0
        piece.append(child)
        size += length
    yield piece


def _may_begin(child: Element, before: Element) -> bool:
    is_rest = child.tag == before.tag == "dl"
    return is_rest or not {LEVEL_2, GROUP}.isdisjoint(classes(child))
