"""A chapter too long for one file of the e-book: divided before headings of the second level.

An index is divided between its letters, and a glossary between its terms.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import ChapterFile
from builder.parse.markup import markup
from builder.parse.tree import XHTML, classes, new, parents, replace
from builder.render.epub.sections import LEVEL_2
from builder.render.index import GROUP

# Older e-readers are slow to open longer files, or refuse them.
MOST_BYTES = 250_000
# A text below this never becomes so much, whatever is in it.
_SURELY_SHORT = 40_000
# At most: what stands around the two names of an element, < > </ > and a namespace's declaration;
# what a child of a drawing has to declare; and what a character becomes, &quot; or &#x27;
_AROUND_NAME, _DECLARED, _LONGEST = 5 + len(' xmlns=""'), len(f' xmlns="{XHTML}"'), 6


def may_be_long(file: ChapterFile, written: str = "") -> bool:
    """Whether a chapter may fill more than a file of the e-book, with what the builder writes."""
    lengths = (len(file.source.text), *(len(each.text) for each in file.included), len(written))
    return sum(lengths) > _SURELY_SHORT


def split_chapter(section: Element, most: int = MOST_BYTES) -> tuple[Element, ...]:
    """The chapter in sections of so many bytes at most, as far as its headings allow.

    The first is the one given, which keeps the chapter's id and what it says of itself.
    """
    if _surely_fits(section, most):
        return (section,)
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
        if _surely_fits(terms, most) or len(markup(terms).encode()) <= most:
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


def _surely_fits(section: Element, most: int) -> bool:
    """Whether the section takes no more bytes than this, by a sum that is never too small."""
    text = "".join(section.itertext())
    escaped = text.count("&") + text.count("<") + text.count(">")
    size = len(text.encode()) + escaped * _LONGEST
    for element in section.iter():
        tag = element.tag
        size += 2 * len(tag) + _AROUND_NAME
        if tag[0] == "{":
            size += len(element) * _DECLARED
        for name, value in element.items():
            size += len(name) + _LONGEST * len(value) + 4
    return size <= most


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
