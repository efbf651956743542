"""The printed pages of an entry of the index, joined where they follow."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from builder.index import Locator
from builder.resolve.numbers import roman
from builder.words import Words

_MOST_ROMAN = 500
_ROMAN: Mapping[str, int] = {roman(number).lower(): number for number in range(1, _MOST_ROMAN)}


@dataclass(frozen=True, slots=True)
class IndexPages:
    """Pages that an entry is on, from the first to the last, and the ids that lie there.

    ``is_in_note`` says that it is on the page in a footnote alone.
    """

    first: str
    last: str
    anchor: str
    last_anchor: str
    is_main: bool
    is_in_note: bool

    def label(self, words: Words) -> str:
        """The first page as it is written: ``47``, in a note ``47n``."""
        return words.index_in_note.format(page=self.first) if self.is_in_note else self.first


def index_pages(locators: Iterable[Locator], folios: Mapping[str, str]) -> list[IndexPages]:
    """The pages of an entry; a place whose page is not known is left out."""
    return _joined(_found(locators, folios))


def _found(locators: Iterable[Locator], folios: Mapping[str, str]) -> Iterator[IndexPages]:
    for each in locators:
        last = each.last or each.anchor
        if each.anchor in folios and last in folios:
            yield IndexPages(
                folios[each.anchor],
                folios[last],
                each.anchor,
                last,
                each.is_main,
                each.is_in_note,
            )


def _joined(found: Iterable[IndexPages]) -> list[IndexPages]:
    """Each page once, and those that follow each other as one.

    A main one stays by itself, and so does a note.
    """
    joined: list[IndexPages] = []
    for each in sorted(found, key=_order):
        before = joined[-1] if joined else None
        if any(_is_within(each, other) for other in joined):
            continue
        if before and _follows(each, before):
            if _number(each.last) > _number(before.last):
                joined[-1] = replace(before, last=each.last, last_anchor=each.last_anchor)
            continue
        joined.append(each)
    return joined


def _order(each: IndexPages) -> tuple[tuple[bool, int], bool, bool]:
    return _number(each.first), each.is_in_note, not each.is_main


def _is_within(each: IndexPages, other: IndexPages) -> bool:
    is_inside = _number(other.first) <= _number(each.first) <= _number(each.last)
    is_inside = is_inside and _number(each.last) <= _number(other.last)
    is_seen = each.is_in_note or not other.is_in_note
    return is_inside and is_seen and (other.is_main or not each.is_main)


def _follows(each: IndexPages, before: IndexPages) -> bool:
    """Whether pages begin on the last of others, or on the one behind it."""
    if before.is_main != each.is_main or before.is_in_note or each.is_in_note:
        return False
    (kind, number), (kind_before, last) = _number(each.first), _number(before.last)
    return kind == kind_before and number <= last + 1


def _number(folio: str) -> tuple[bool, int]:
    """Roman folios come before arabic ones."""
    return (True, int(folio)) if folio.isdecimal() else (False, _ROMAN.get(folio, 0))
