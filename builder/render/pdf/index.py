"""The printed index: entries with the pages that they are on, joined where they follow."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from builder.index import Index, IndexEntry, Locator
from builder.parse.tree import add_class, new
from builder.render.index import IndexWriter
from builder.resolve.numbers import roman
from builder.words import Words

_MOST_ROMAN = 500
# Lines that surely fit on one page, in columns of equal height. Over several pages the engine
# leaves room at the foot of columns that are to be equal.
_SHORT = 48
_ROMAN: Mapping[str, int] = {roman(number).lower(): number for number in range(1, _MOST_ROMAN)}


@dataclass(frozen=True, slots=True)
class _Pages:
    """Pages that an entry is on, from the first to the last, and the ids that lie there."""

    first: str
    last: str
    anchor: str
    last_anchor: str
    is_main: bool


def index_tree(index: Index, pages: Mapping[str, str], words: Words) -> Element:
    """The index for known pages; what is on a page that is not known yet is left out."""

    def locators(entry: IndexEntry) -> Iterator[Element]:
        for each in _joined(_found(entry.locators, pages)):
            yield _linked(each)

    made = IndexWriter(words, locators).write(index)
    if sum(1 for _ in made.iter("li")) + 2 * len(made) <= _SHORT:
        add_class(made, "short")
    return made


def _found(locators: Iterable[Locator], pages: Mapping[str, str]) -> Iterator[_Pages]:
    for each in locators:
        last = each.last or each.anchor
        if each.anchor in pages and last in pages:
            yield _Pages(pages[each.anchor], pages[last], each.anchor, last, each.is_main)


def _joined(found: Iterable[_Pages]) -> list[_Pages]:
    """Each page once, and those that follow each other as one; a main one stays by itself."""
    joined: list[_Pages] = []
    for each in sorted(found, key=lambda each: (_number(each.first), not each.is_main)):
        before = joined[-1] if joined else None
        if any(_is_within(each, other) for other in joined):
            continue
        if before and before.is_main == each.is_main and _follows(each, before):
            if _number(each.last) > _number(before.last):
                joined[-1] = replace(before, last=each.last, last_anchor=each.last_anchor)
            continue
        joined.append(each)
    return joined


def _is_within(each: _Pages, other: _Pages) -> bool:
    is_inside = _number(other.first) <= _number(each.first) <= _number(each.last)
    is_inside = is_inside and _number(each.last) <= _number(other.last)
    return is_inside and (other.is_main or not each.is_main)


def _follows(each: _Pages, before: _Pages) -> bool:
    """Whether pages begin on the last of others, or on the one behind it."""
    (kind, number), (kind_before, last) = _number(each.first), _number(before.last)
    return kind == kind_before and number <= last + 1


def _number(folio: str) -> tuple[bool, int]:
    """Roman folios come before arabic ones."""
    return (True, int(folio)) if folio.isdecimal() else (False, _ROMAN.get(folio, 0))


def _linked(pages: _Pages) -> Element:
    made = new("strong" if pages.is_main else "span", class_="index-pages")
    made.append(new("a", pages.first, href=f"#{pages.anchor}"))
    if pages.last != pages.first:
        made[0].tail = "\u2013"
        made.append(new("a", pages.last, href=f"#{pages.last_anchor}"))
    return made
