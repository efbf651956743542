"""Squares and dots to draw and write on, as fine as the press can draw them.

No width of text holds a whole number of squares, so they are drawn behind the layout: as
many as fit best, and all of one size. They are artifacts (ISO 32000-1, 14.8.2.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.formatting_structure.boxes import ParentBox

if TYPE_CHECKING:
    from weasyprint import Page

_POINTS = 0.75
_GRID, _DOTS = "blank-grid", "blank-dots"
# The width of a rule and of a dot as shares of a row.
_RULE, _DOT = 0.03, 0.09


@dataclass(frozen=True, slots=True)
class Grid:
    """An area on a page in points, down from its top, with so many rows and columns."""

    is_dotted: bool
    left: float
    top: float
    width: float
    height: float
    rows: int
    columns: int
    colour: tuple[float, float, float]


def draw_grids(pages: Sequence["Page"], pdf: pydyf.PDF) -> None:
    """Draw every grid, behind all that the engine has drawn on its page."""
    numbers = [int(number) for number in pdf.pages["Kids"][::3]]
    for number, page in zip(numbers, pages, strict=True):
        if drawn := [line for grid in _grids_in(page._page_box) for line in _drawing(grid)]:
            contents = pdf.objects[int(pdf.objects[number]["Contents"].split()[0])]
            contents.stream += drawn


def _grids_in(box: Any) -> Iterator[Grid]:
    names = box.element.get("class", "").split() if box.element is not None else ()
    if _GRID in names or _DOTS in names:
        if rows := [child for child in box.children if isinstance(child, ParentBox)]:
            yield _grid(rows, _DOTS in names)
    elif isinstance(box, ParentBox):
        for child in box.children:
            yield from _grids_in(child)


def _grid(rows: Sequence[Any], is_dotted: bool) -> Grid:
    """The rows of a grid that stand on one page."""
    left, top, width = (
        side * _POINTS for side in (rows[0].position_x, rows[0].position_y, rows[0].width)
    )
    height = sum(row.height for row in rows) * _POINTS
    columns = max(1, round(width / (height / len(rows))))
    red, green, blue = rows[0].style["color"].to("srgb").coordinates
    return Grid(is_dotted, left, top, width, height, len(rows), columns, (red, green, blue))


def _drawing(grid: Grid) -> Iterator[bytes]:
    pitch = grid.height / grid.rows
    across = [grid.left + grid.width * number / grid.columns for number in range(grid.columns + 1)]
    down = [grid.top + pitch * number for number in range(grid.rows + 1)]
    yield b"/Artifact BMC q %.3f %.3f %.3f RG" % grid.colour
    if grid.is_dotted:
        # A line of no length with round ends is a dot (8.5.3.2).
        yield b"1 J %.2f w" % (pitch * _DOT)
        for y in down:
            yield b" ".join(b"%.2f %.2f m %.2f %.2f l" % (x, y, x, y) for x in across)
    else:
        yield b"2 J %.2f w" % (pitch * _RULE)
        for x in across:
            yield b"%.2f %.2f m %.2f %.2f l" % (x, down[0], x, down[-1])
        for y in down:
            yield b"%.2f %.2f m %.2f %.2f l" % (across[0], y, across[-1], y)
    yield b"S Q EMC"
