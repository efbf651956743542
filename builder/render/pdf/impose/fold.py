"""One sheet, printed on one side, folded and cut once: a booklet of eight pages."""

from collections.abc import Iterator

from builder.render.pdf.impose.plan import Placement, Side, Size, Stroke

PAGES_A_SHEET = 8
# Pages on the panels, rows from above, columns from the left: the upper row stands on its
# head, and the cut runs between the rows of the two columns in the middle.
_ROWS = ((4, 3, 2, 1), (5, 6, 7, 0))


def fold_sides(count: int, sheet: Size, *, is_right_bound: bool) -> tuple[Side, ...]:
    """Eight pages on each sheet, the first of them the cover; the count has to be whole sheets."""
    assert count % PAGES_A_SHEET == 0
    strokes = tuple(_strokes(sheet))
    return tuple(
        Side(sheet, tuple(_placements(first, sheet, is_right_bound)), strokes)
        for first in range(0, count, PAGES_A_SHEET)
    )


def panel_size(sheet: Size) -> Size:
    """The size of a page of the booklet."""
    return Size(sheet.width / 4, sheet.height / 2)


def _placements(first: int, sheet: Size, is_right_bound: bool) -> Iterator[Placement]:
    panel = panel_size(sheet)
    for row, pages in enumerate(_ROWS):
        for column, page in enumerate(reversed(pages) if is_right_bound else pages):
            area = panel.at(column * panel.width, (1 - row) * panel.height)
            yield Placement(first + page, area, 0 if row else 180)


def _strokes(sheet: Size) -> Iterator[Stroke]:
    width, middle = sheet.width / 4, sheet.height / 2
    for column in range(1, 4):
        yield Stroke(column * width, 0, column * width, sheet.height, dashed=True)
    yield Stroke(0, middle, width, middle, dashed=True)
    yield Stroke(width, middle, 3 * width, middle)
    yield Stroke(3 * width, middle, sheet.width, middle, dashed=True)
