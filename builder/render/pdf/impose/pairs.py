"""Two pages side by side on a sheet, to be cut apart."""

from builder.render.pdf.impose.lengths import MARK_LENGTH
from builder.render.pdf.impose.plan import Placement, Side, Size, Stroke


def pair_sides(count: int, sheet: Size, *, is_right_to_left: bool) -> tuple[Side, ...]:
    """The pages two by two, the first where one begins to read, with marks between them."""
    half, middle = Size(sheet.width / 2, sheet.height), sheet.width / 2
    marks = (
        Stroke(middle, 0, middle, MARK_LENGTH),
        Stroke(middle, sheet.height - MARK_LENGTH, middle, sheet.height),
    )
    lefts = (middle, 0.0) if is_right_to_left else (0.0, middle)
    sides = []
    for first in range(0, count, 2):
        pages = range(first, min(first + 2, count))
        placed = tuple(
            Placement(page, half.at(left, 0)) for page, left in zip(pages, lefts, strict=False)
        )
        sides.append(Side(sheet, placed, marks))
    return tuple(sides)
