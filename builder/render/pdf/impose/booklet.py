"""Saddle stitch: sheets printed on both sides, folded in the middle and put into each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.config import Edge
from builder.render.pdf.impose.lengths import MARK_GAP, MARK_LENGTH
from builder.render.pdf.impose.plan import Placement, Side, Size, Stroke

PAGES_A_SHEET = 4


@dataclass(frozen=True, slots=True)
class Stitch:
    """How a booklet is bound: ``signature`` sheets in each other, all of them where it is 0.

    ``creep`` is how far, in points, each sheet moves its pages towards the spine beyond the
    sheet around it; ``scale`` makes all pages smaller.
    """

    edge: Edge
    signature: int = 0
    creep: float = 0
    scale: float = 1
    is_right_bound: bool = False


def booklet_sides(count: int, page: Size, sheet: Size, stitch: Stitch) -> tuple[Side, ...]:
    """Front and back of each sheet, the outermost of each signature first.

    Behind the last page come as many empty ones as fill the last sheet.
    """
    sheets = -(-count // PAGES_A_SHEET)
    size = stitch.signature or sheets
    press = _Press(count, page, sheet, stitch)
    return tuple(
        side
        for first in range(0, sheets, size)
        for side in press.signature(first, min(size, sheets - first))
    )


@dataclass(frozen=True, slots=True)
class _Press:
    """Lays the pages of one booklet on sheets."""

    count: int
    page: Size
    sheet: Size
    stitch: Stitch

    def signature(self, first: int, sheets: int) -> Iterator[Side]:
        """The sides of a signature of some sheets, the ``first`` of them counted from 0."""
        start, end = first * PAGES_A_SHEET, (first + sheets) * PAGES_A_SHEET - 1
        for depth in range(sheets):
            shift = depth * self.stitch.creep
            low, high = start + 2 * depth, end - 2 * depth
            yield self._side(high, low, shift)
            yield self._side(low + 1, high - 1, shift).as_back(self.stitch.edge)

    def _side(self, left: int, right: int, shift: float) -> Side:
        if self.stitch.is_right_bound:
            left, right = right, left
        width, height = self.page.width * self.stitch.scale, self.page.height * self.stitch.scale
        spine, bottom = self.sheet.width / 2, (self.sheet.height - height) / 2
        lefts = ((left, spine - width + shift), (right, spine - shift))
        placed = tuple(
            Placement(page, Size(width, height).at(x, bottom), scale=self.stitch.scale)
            for page, x in lefts
            if page < self.count
        )
        return Side(self.sheet, placed, tuple(self._marks(Size(width, height), bottom)))

    def _marks(self, page: Size, bottom: float) -> Iterator[Stroke]:
        """Where there is room around the pages: marks to fold and to trim along."""
        spine, top = self.sheet.width / 2, bottom + page.height
        near, far = MARK_GAP, MARK_GAP + MARK_LENGTH
        if bottom >= far:
            for x, dashed in (
                (spine, True),
                (spine - page.width, False),
                (spine + page.width, False),
            ):
                yield Stroke(x, top + near, x, top + far, dashed)
                yield Stroke(x, bottom - near, x, bottom - far, dashed)
        if spine - page.width >= far:
            for y in (bottom, top):
                yield Stroke(spine - page.width - near, y, spine - page.width - far, y)
                yield Stroke(spine + page.width + near, y, spine + page.width + far, y)
