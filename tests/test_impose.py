"""Sheets folded and cut: their pages are in the order of reading, and none leaves its sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

import pytest

from builder.config import Edge, Paper
from builder.render.checklists.formats import CARDS, HALVES, LARGE_CARDS, size_of
from builder.render.pdf.impose.booklet import Stitch, booklet_sides
from builder.render.pdf.impose.cards import card_grid, card_sides
from builder.render.pdf.impose.fold import fold_sides, panel_size
from builder.render.pdf.impose.pairs import pair_sides
from builder.render.pdf.impose.plan import Box, Placement, Side, Size

EDGES: tuple[Edge, ...] = get_args(Edge)
PAPERS: tuple[Paper, ...] = get_args(Paper)
CREEP = 0.3


@dataclass(frozen=True)
class Seen:
    """A page as it lies on paper that was turned over like a page of a book."""

    page: int
    box: Box
    is_upright: bool


def as_printed(side: Side) -> list[Seen]:
    """The front of a sheet."""
    return [Seen(each.page, each.area, each.turn == 0) for each in side.placements]


def as_turned(side: Side, edge: Edge) -> list[Seen]:
    """The back of a sheet, whose printer turned it over an edge, when a hand turns it sideways.

    A printer that turns over the upper edge prints what a hand sees upside down.
    """
    width, height = side.sheet.width, side.sheet.height
    over_the_side = (edge == "long") == (height >= width)
    if over_the_side:
        return as_printed(side)
    return [
        Seen(
            each.page,
            Box(
                width - each.area.right,
                height - each.area.top,
                width - each.area.left,
                height - each.area.bottom,
            ),
            each.turn == 180,
        )
        for each in side.placements
    ]


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box, to a tenth of a point."""
    return round((box.left + box.right) / 2, 1), round((box.bottom + box.top) / 2, 1)


def is_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two points are one, but for what rounding does."""
    return abs(one[0] - other[0]) < 0.3 and abs(one[1] - other[1]) < 0.3


def left_of(sheet: Size, pages: Sequence[Seen]) -> dict[bool, int]:
    """The page on the left half of a side (True), and that on the right (False)."""
    return {middle(each.box)[0] < sheet.width / 2: each.page for each in pages}


def overlapping(one: Box, other: Box) -> bool:
    """Whether two boxes have more in common than an edge."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0.01
        and min(one.top, other.top) - max(one.bottom, other.bottom) > 0.01
    )


def assert_within(sides: Sequence[Side], creep: float = 0) -> None:
    """Nothing is outside of its sheet, and no page lies on another."""
    for side in sides:
        sheet = side.sheet
        for each in side.placements:
            assert each.area.left >= -0.01
            assert each.area.bottom >= -0.01
            assert each.area.right <= sheet.width + 0.01
            assert each.area.top <= sheet.height + 0.01
        for stroke in side.strokes:
            assert -0.01 <= min(stroke.x1, stroke.x2) <= max(stroke.x1, stroke.x2)
            assert max(stroke.x1, stroke.x2) <= sheet.width + 0.01
            assert -0.01 <= min(stroke.y1, stroke.y2) <= max(stroke.y1, stroke.y2)
            assert max(stroke.y1, stroke.y2) <= sheet.height + 0.01
        boxes = [each.area for each in side.placements]
        assert creep or not any(
            overlapping(one, other)
            for index, one in enumerate(boxes)
            for other in boxes[index + 1 :]
        )


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(
    ("paper", "card"), [*CARDS.items(), *LARGE_CARDS.items()], ids=lambda each: str(each)
)
def test_cut_cards_have_their_own_backs(paper: Paper, card: str, edge: Edge) -> None:
    """Cut out, turned over like a page: the back of each is its own and stands upright."""
    grid = card_grid(size_of(card), size_of(paper))
    count = grid.count + grid.count // 2 + 1
    faces = [(2 * number, 2 * number + 1) for number in range(count)]
    faces[1] = (2, None)  # type: ignore[assignment] # one without a back
    sides = card_sides(faces, grid, edge)
    assert_within(sides)
    backs = {}
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        turned = {each.page: each for each in as_turned(back, edge)}
        for page in as_printed(front):
            x, y = middle(page.box)
            # Turned sideways, what was left is right.
            behind = (front.sheet.width - x, y)
            found = [each for each in turned.values() if is_near(middle(each.box), behind)]
            assert all(each.is_upright for each in (page, *found))
            backs[page.page] = found[0].page if found else None

    assert backs == dict(faces)


@pytest.mark.parametrize("is_right_bound", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("paper", ["a3", "a4", "letter"])
def test_folded_sheet_reads_from_the_cover(paper: str, is_right_bound: bool) -> None:
    """Around the cross that the folded sheet makes, and back to the cover.

    Folded lengthwise, the lower row is in front and the upper one, upside down on the sheet,
    behind. Pushed together, the ends go on from one row to the other.
    """
    sheet = size_of(paper).landscape
    sides = fold_sides(16, sheet, is_right_bound=is_right_bound)
    assert_within(sides)

    for number, side in enumerate(sides):
        cells = {
            (
                int(middle(each.box)[0] / panel_size(sheet).width),
                middle(each.box)[1] > sheet.height / 2,
            ): each
            for each in as_printed(side)
        }
        around = [cells[column, False] for column in range(4)]
        around += [cells[column, True] for column in reversed(range(4))]
        pages = [each.page for each in around]
        if is_right_bound:
            pages.reverse()
        start = pages.index(number * 8)
        assert pages[start:] + pages[:start] == [*range(number * 8, number * 8 + 8)]
        assert [each.is_upright for each in around] == [True] * 4 + [False] * 4
        # The cut parts the middle of the two rows, and nothing else is cut.
        (cut,) = (each for each in side.strokes if not each.dashed)
        assert (cut.x1, cut.x2) == (sheet.width / 4, sheet.width * 3 / 4)
        assert cut.y1 == cut.y2 == sheet.height / 2


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("is_right_bound", [False, True], ids=["left", "right"])
@pytest.mark.parametrize(("count", "signature"), [(1, 0), (4, 0), (7, 0), (24, 0), (30, 2), (9, 1)])
def test_folded_booklet_reads_in_order(
    count: int, signature: int, edge: Edge, is_right_bound: bool
) -> None:
    """Each signature is opened leaf by leaf, from the outermost sheet in and out again."""
    page, sheet = size_of("a5"), size_of("a4").landscape
    stitch = Stitch(edge, signature, CREEP, 1, is_right_bound)
    sides = booklet_sides(count, page, sheet, stitch)
    sheets = [*zip(sides[::2], sides[1::2], strict=True)]
    size = signature or len(sheets)
    assert_within(sides, CREEP)

    read: list[int] = []
    for first in range(0, len(sheets), size):
        inwards, outwards = [], []
        for front, back in sheets[first : first + size]:
            seen = as_printed(front), as_turned(back, edge)
            assert all(each.is_upright for pages in seen for each in pages)
            out, inside = (left_of(sheet, pages) for pages in seen)
            inwards += [out.get(is_right_bound), inside.get(not is_right_bound)]
            outwards += [out.get(not is_right_bound), inside.get(is_right_bound)]
        leaves = [*inwards, *reversed(outwards)]
        read += [each for each in leaves if each is not None]

    assert read == [*range(count)]


def test_inner_sheets_creep_towards_the_spine() -> None:
    """Each by so much more than the one around it, on both sides."""
    sides = booklet_sides(12, size_of("a5"), size_of("a4").landscape, Stitch("long", 0, CREEP))
    lefts = [min(each.area.left for each in side.placements) for side in sides]

    steps = [round(after - before, 4) for before, after in pairwise(lefts)]
    assert steps == [0, CREEP, 0, CREEP, 0]


@pytest.mark.parametrize("paper", HALVES)
@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("is_right_to_left", [False, True])
def test_pairs_lie_side_by_side(paper: Paper, count: int, is_right_to_left: bool) -> None:
    """Two pages on a sheet, the first where one begins to read, and one alone on the last."""
    sides = pair_sides(count, size_of(paper).landscape, is_right_to_left=is_right_to_left)
    assert_within(sides)

    placed = [
        each.page
        for side in sides
        for each in sorted(
            side.placements, key=lambda each: each.area.left, reverse=is_right_to_left
        )
    ]
    middle = size_of(paper).landscape.width / 2
    assert placed == [*range(count)]
    assert (sides[-1].placements[0].area.left >= middle) == is_right_to_left
    assert all(_fits(each, size_of(HALVES[paper])) for side in sides for each in side.placements)


def _fits(placed: Placement, page: Size) -> bool:
    """Whether a page is no larger than where it is put, but for a third of a millimetre."""
    return placed.area.width + 1 >= page.width and placed.area.height + 1 >= page.height
