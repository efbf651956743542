"""Where the pages of the printed book begin: a mark in the text, before the page's first word."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from xml.etree.ElementTree import Element

from builder.parse.footnotes import NOTEREF
from builder.parse.tree import (
    AT,
    BLOCKS,
    LEVELS,
    classes,
    local_name,
    new,
    offset_of,
    parents,
    walk,
)
from builder.render.print_pages import PrintPage

PAGE_BREAK = "doc-pagebreak"
# The page that a reference names.
IN_PRINT = "in-print"
# Blocks that begin with the mark of their page. Before others it stands alone, lest it become
# part of a heading or of what has no room for it.
_OPEN = frozenset("p li dt dd td th figcaption caption summary pre".split())
_CLOSED = frozenset("ul ol dl table thead tbody tfoot tr colgroup figure".split())
_ROWS = frozenset(("thead", "tbody", "tfoot", "tr"))
# A mark in these would be part of a link.
_WHOLE = frozenset(("a", "ruby", "button"))
_DRAWN = frozenset(("math", "svg"))
# What the same block has in the e-book alone.
_ADDED = frozenset(
    (NOTEREF, "footnotes", "label", "aloud", "box-glyph", "equation-number", IN_PRINT)
)
_WIDE = frozenset("WF")
_DASHES = "\N{EN DASH}\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class _Text:
    """The text at the start of an element, or that behind it."""

    element: Element
    is_behind: bool

    @property
    def words(self) -> str:
        return (self.element.tail if self.is_behind else self.element.text) or ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A block by its offset, and how many of its letters are on the page before."""

    offset: int
    letters: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the manuscript: its first element, and its own text in pieces."""

    element: Element
    texts: list[_Text]


def mark_pages(section: Element, pages: Sequence[PrintPage]) -> None:
    """Mark in a chapter where each of its pages begins.

    A page that holds nothing of what the e-book has begins where the next one does, and the last
    at the end.
    """
    if not pages:
        return
    blocks, owners = _blocks_of(section), parents(section)
    # From the end, so that what comes before stays where it is.
    for place, same in groupby(_places(pages, section, blocks), key=itemgetter(0)):
        marks = [_mark(page) for _, page in reversed([*same])]
        if place is None:
            section.extend(marks)
        elif isinstance(place, Element):
            _open_with(marks, _with_heading(place, owners), owners)
        else:
            _put(marks, blocks[place.offset], place.letters, owners)


def page_id(folio: str) -> str:
    """The id of the mark of a page."""
    return f"page-{folio}"


def marks_in(section: Element) -> Iterator[tuple[str, str]]:
    """Label and id of each mark in a chapter."""
    for span in walk(section, "span"):
        if span.get("role") == PAGE_BREAK:
            yield span.get("aria-label", ""), span.get("id", "")


def _mark(page: PrintPage) -> Element:
    name = page_id(page.folio)
    # All other ids in a chapter begin with the chapter's, and a dot.
    mark = new("span", id=f"{name}.start" if name == page.chapter else name, role=PAGE_BREAK)
    mark.set("epub:type", "pagebreak")
    mark.set("aria-label", page.folio)
    return mark


def _places(
    pages: Sequence[PrintPage], section: Element, offsets: Iterable[int]
) -> Iterator[tuple[Element | _Spot | None, PrintPage]]:
    """Each page, from the last, and where it begins in the chapter: None is its end."""
    named = {each.get("id", ""): (rank, each) for rank, each in enumerate(section.iter())}
    offsets, known = sorted(offsets), frozenset(offsets)
    place: Element | _Spot | None = None
    for page in reversed(pages):
        if page.ids:
            own = (named[each] for each in page.ids if each in named)
            place = min(own, key=itemgetter(0), default=(0, place))[1]
        elif page.offset in known:
            place = _Spot(page.offset, page.letters)
        elif (following := bisect_right(offsets, page.offset)) < len(offsets):
            place = _Spot(offsets[following], 0)
        yield place, page


def _blocks_of(section: Element) -> dict[int, _Block]:
    """The blocks by their offset in the source."""
    blocks: dict[int, _Block] = {}

    def take(element: Element, block: _Block | None) -> None:
        if AT in element.attrib and (element.tag in BLOCKS or element.tag == "img"):
            block = blocks.setdefault(offset_of(element), _Block(element, []))
        if block and element.text:
            block.texts.append(_Text(element, is_behind=False))
        for child in element:
            if not _ADDED.intersection(classes(child)) and local_name(child) not in _DRAWN:
                take(child, block)
            if block and child.tail:
                block.texts.append(_Text(child, is_behind=True))

    take(section, None)
    return blocks


def _put(
    marks: Sequence[Element], block: _Block, letters: int, owners: Mapping[Element, Element]
) -> None:
    if letters == 0 or block.element.tag in LEVELS:
        _open_with(marks, block.element, owners)
        return
    for text in block.texts:
        count = sum(map(str.isalnum, text.words))
        if count > letters:
            _split(marks, text, _word_start(text.words, letters), owners)
            return
        letters -= count
    block.element.extend(marks)


def _open_with(
    marks: Sequence[Element], element: Element, owners: Mapping[Element, Element]
) -> None:
    """Begin a block with the marks, or put them before one that does not take them."""
    if element.tag in _ROWS:
        element = next(walk(element, "th", "td"), element)
    if element.tag in _OPEN:
        marks[-1].tail, element.text = element.text, None
        element[:0] = marks
        return
    if element.tag == "section":
        element[:0] = marks
        return
    while (parent := owners[element]).tag in _CLOSED | _WHOLE:
        element = parent
    at = list(parent).index(element)
    parent[at:at] = marks


def _with_heading(element: Element, owners: Mapping[Element, Element]) -> Element:
    """What an element begins, a heading before it counted: a list, a section."""
    while (parent := owners.get(element)) is not None and parent in owners:
        before = list(parent)[: list(parent).index(element)]
        if any(each.tag not in LEVELS for each in before):
            break
        element = parent
    return element


def _split(
    marks: Sequence[Element], text: _Text, at: int, owners: Mapping[Element, Element]
) -> None:
    """Put the marks into a text; before a link rather than into its words."""
    element, words = text.element, text.words
    inside = owners[element] if text.is_behind else element
    if (whole := _whole_around(inside, owners)) is not None:
        before = list(owners[whole]).index(whole)
        owners[whole][before:before] = marks
        return
    marks[-1].tail = words[at:]
    if text.is_behind:
        element.tail = words[:at]
        behind = list(inside).index(element) + 1
        inside[behind:behind] = marks
    else:
        element.text = words[:at]
        inside[:0] = marks


def _whole_around(element: Element, owners: Mapping[Element, Element]) -> Element | None:
    """The outermost link or the like that an element is or stands in."""
    found, above = None, owners.get(element)
    while above is not None:
        found = element if element.tag in _WHOLE else found
        element, above = above, owners.get(above)
    return found


def _word_start(words: str, letters: int) -> int:
    """Where the word begins that holds the letter behind so many others.

    In scripts without spaces, and behind a dash, lines begin wherever they do.
    """
    at = [index for index, letter in enumerate(words) if letter.isalnum()][letters]
    while at > 0 and not _may_break(words[at - 1]):
        at -= 1
    return at


def _may_break(letter: str) -> bool:
    is_wide = unicodedata.east_asian_width(letter) in _WIDE
    return letter.isspace() or letter in _DASHES or is_wide
