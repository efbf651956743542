"""The shape ``cards``: pocket cards, a list on the front and room for notes on the back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from builder.book import Numbered
from builder.diagnostics import Outcome
from builder.render.checklists.common import (
    Edition,
    LaidChecklists,
    fixed_run,
    from_page,
    page_css,
    settle_runs,
    template_values,
)
from builder.render.checklists.formats import CARDS, LARGE_CARDS, size_of
from builder.render.checklists.lines import TaskList, task_lists
from builder.render.html import fill
from builder.render.pdf.gathering import Gathering, Html, Sheet
from builder.render.pdf.impose.cards import Faces, card_grid, card_sides
from builder.render.pdf.plan import Run
from builder.render.pdf.press import Press
from builder.render.pdf.settle import Placed

_CARDS_A_RUN = 24
# Strings for the head of a page, by name; a page without them has no head.
_Head = tuple[tuple[str, str], ...]
_NO_HEAD: _Head = (("part", ""), ("chapter", ""), ("caption", ""))


@dataclass(frozen=True, slots=True)
class _Card:
    """The cards of a chapter to be: ``backs`` are as many as its list takes fronts."""

    id: str
    numbered: Numbered
    lists: tuple[TaskList, ...]
    from_page: str
    backs: int = 1
    lines: int = 0


def lay_cards(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out fronts and backs, as many for each list as it needs, and put them on sheets."""
    options = edition.options
    size = (LARGE_CARDS if options.large_print else CARDS)[options.paper]
    css = page_css(edition, size, "cards")
    groups = [*_groups(edition, css, press)]
    runs = [_run(edition, number, group) for number, group in enumerate(groups, 1)]
    laid = settle_runs(runs, css, press)
    faces: list[Faces] = []
    placed, first = [], 0
    for group, each in zip(groups, laid.value.settled.placed, strict=True):
        sets = _sets(group, each.sheet)
        faces += (face for fronts, backs in sets for face in _faces(fronts, backs, first))
        heads = [_heads(card, fronts) for card, (fronts, _) in zip(group, sets, strict=True)]
        placed.append(_with_heads(each, dict(chain.from_iterable(heads))))
        first += len(each.sheet.kinds)
    settled = replace(laid.value.settled, placed=tuple(placed))
    sides = card_sides(faces, card_grid(size_of(size), size_of(options.paper)), options.duplex)
    return replace(laid, value=replace(laid.value, settled=settled, sides=sides))


def _groups(edition: Edition, css: tuple[str, ...], press: Press) -> Iterator[list[_Card]]:
    """The cards in runs of some, with backs for all fronts and lines on the backs."""
    cards = [
        _Card(f"list.{each.id}", each, task_lists(edition, each), from_page(edition, each))
        for each in edition.picked
    ]
    groups = [cards[start : start + _CARDS_A_RUN] for start in range(0, len(cards), _CARDS_A_RUN)]
    bare = [_bare(edition, css, number, group) for number, group in enumerate(groups, 1)]
    for group, sheet in zip(groups, press.lay_all(bare), strict=True):
        yield [
            replace(card, backs=len(fronts), lines=_room(card, sheet))
            for card, (fronts, _) in zip(group, _sets(group, sheet), strict=True)
        ]


def _bare(edition: Edition, css: tuple[str, ...], number: int, cards: Sequence[_Card]) -> Gathering:
    return Gathering(f"cards-{number}", Html.of(_html(edition, cards, is_fitting=True)), css)


def _run(edition: Edition, number: int, cards: Sequence[_Card]) -> Run:
    return fixed_run(f"cards-{number}", _html(edition, cards, is_fitting=False))


def _html(edition: Edition, cards: Sequence[_Card], *, is_fitting: bool) -> str:
    values = {**template_values(edition, "cards"), "cards": cards, "is_fitting": is_fitting}
    return fill("print/checklist-cards.html", values)


def _room(card: _Card, sheet: Sheet) -> int:
    """How many lines for notes a back has room for."""
    line = sheet.anchors[f"{card.id}.notes"]
    room = sheet.anchors["page-end"].bottom - line.top
    return max(0, int(room / (line.bottom - line.top)))


def _sets(cards: Sequence[_Card], sheet: Sheet) -> list[tuple[range, range]]:
    """The pages of each card's fronts and backs."""
    starts = [sheet.anchors[card.id].page for card in cards]
    ends = [*starts[1:], len(sheet.kinds)]
    backs = [sheet.anchors[f"{card.id}.back"].page for card in cards]
    return [
        (range(start, back), range(back, end))
        for start, back, end in zip(starts, backs, ends, strict=True)
    ]


def _faces(fronts: range, backs: range, first: int) -> Iterator[Faces]:
    """Fronts with backs; backs that took more pages than one each become cards of their own."""
    for front, back in zip(fronts, backs, strict=False):
        yield first + front, first + back
    yield from ((first + page, None) for page in backs[len(fronts) :])


def _heads(card: _Card, fronts: range) -> Iterator[tuple[int, _Head]]:
    """The head of each front: "1/2" where it is not alone, and the chapter where it goes on.

    Its caption is for large print, which has no room for a title.
    """
    chapter, caption = card.numbered.full_title, card.numbered.caption or card.numbered.title
    for number, page in enumerate(fronts, 1):
        part = f"{number}/{len(fronts)}" if len(fronts) > 1 else ""
        names = (chapter, caption) if number > 1 else ("", "")
        yield page, (("part", part), ("chapter", names[0]), ("caption", names[1]))


def _with_heads(placed: Placed, heads: Mapping[int, _Head]) -> Placed:
    """The run with strings for the heads of its pages, as if its text had set them."""
    kinds = tuple(
        replace(kind, strings=(*kind.strings, *heads.get(page, _NO_HEAD)))
        for page, kind in enumerate(placed.sheet.kinds)
    )
    return replace(placed, sheet=replace(placed.sheet, kinds=kinds))
