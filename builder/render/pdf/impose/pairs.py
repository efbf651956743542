"""Two pages side by side on a sheet, to be cut apart."""

from builder.render.pdf.impose.lengths import MARK_LENGTH
from builder.render.pdf.impose.plan import Placement, Side, Size, Stroke


def pair_sides(count: int, sheet: Size) -> tuple[Side, ...]:
    """The pages two by two, with marks between them."""
    half, middle = Size(sheet.width / 2, sheet.height), sheet.width / 2
    marks = (
        Stroke(middle, 0, middle, MARK_LENGTH),
        Stroke(middle, sheet.height - MARK_LENGTH, middle, sheet.height),
    )
    sides = []
    for first in range(0, count, 2):
        pages = range(first, min(first + 2, count))
        placed = tuple(Placement(page, half.at((page - first) * middle, 0)) for page in pages)
        sides.append(Side(sheet, placed, marks))
    return tuple(sides)
