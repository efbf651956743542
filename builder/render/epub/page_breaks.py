"""Where the pages of the printed book begin: a mark in the text, before the page's first word."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
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
class _Block:
    """A block of the manuscript: its first element, and its own text in pieces."""

    element: Element
    texts: list[_Text]


def mark_pages(section: Element, pages: Sequence[PrintPage]) -> None:
    """Mark in a chapter where each of its pages begins.

    A page that holds nothing of what the e-book has is left out.
    """
    if not pages:
        return
    blocks, owners = _blocks_of(section), parents(section)
    of_text = [page for page in pages if not page.ids]
    placed = sorted(_in_blocks(of_text, sorted(blocks)), key=lambda each: each[1:])
    marks = [_mark(page) for page, _, _ in placed]
    # From the end, so that what comes before stays where it is.
    for mark, (_, offset, letters) in reversed([*zip(marks, placed, strict=True)]):
        _put(mark, blocks[offset], letters, owners)
    for page in pages:
        named = (each for each in section.iter() if each.get("id") in page.ids)
        if (element := next(named, None)) is not None:
            _open_with(_mark(page), _with_heading(element, owners), owners)


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


def _in_blocks(
    pages: Sequence[PrintPage], offsets: Sequence[int]
) -> Iterator[tuple[PrintPage, int, int]]:
    """Each page with the block that it begins in here, and the letters before it."""
    known, found = frozenset(offsets), []
    for page in pages:
        if page.offset in known:
            found.append((page, page.offset, page.letters))
        elif (following := bisect_right(offsets, page.offset)) < len(offsets):
            found.append((page, offsets[following], 0))
    # Of pages that begin in one place, all but the last have nothing in the e-book.
    for _, same in groupby(found, key=lambda each: each[1:]):
        yield [*same][-1]


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


def _put(mark: Element, block: _Block, letters: int, owners: Mapping[Element, Element]) -> None:
    if letters == 0 or block.element.tag in LEVELS:
        _open_with(mark, block.element, owners)
        return
    for text in block.texts:
        count = sum(map(str.isalnum, text.words))
        if count > letters:
            _split(mark, text, _word_start(text.words, letters), owners)
            return
        letters -= count
    block.element.append(mark)


def _open_with(mark: Element, element: Element, owners: Mapping[Element, Element]) -> None:
    """Begin a block with the mark, or put it before one that does not take it."""
    if element.tag in _ROWS:
        element = next(walk(element, "th", "td"), element)
    if element.tag in _OPEN:
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
        return
    if element.tag == "section":
        element.insert(0, mark)
        return
    while (parent := owners[element]).tag in _CLOSED | _WHOLE:
        element = parent
    parent.insert(list(parent).index(element), mark)


def _with_heading(element: Element, owners: Mapping[Element, Element]) -> Element:
    """What an element begins, a heading before it counted: a list, a section."""
    while (parent := owners.get(element)) is not None and parent in owners:
        before = list(parent)[: list(parent).index(element)]
        if any(each.tag not in LEVELS for each in before):
            break
        element = parent
    return element


def _split(mark: Element, text: _Text, at: int, owners: Mapping[Element, Element]) -> None:
    """Put the mark into a text; before a link rather than into its words."""
    element, words = text.element, text.words
    inside = owners[element] if text.is_behind else element
    if (whole := _whole_around(inside, owners)) is not None:
        owners[whole].insert(list(owners[whole]).index(whole), mark)
        return
    mark.tail = words[at:]
    if text.is_behind:
        element.tail = words[:at]
        inside.insert(list(inside).index(element) + 1, mark)
    else:
        element.text = words[:at]
        inside.insert(0, mark)


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
