"""Cards on a sheet, in rows and columns with marks to cut along, their backs behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.config import Edge
from builder.render.pdf.impose.lengths import CARD_MARGIN, MARK_GAP, MARK_LENGTH
from builder.render.pdf.impose.plan import Box, Placement, Side, Size, Stroke

# The pages of a card's front and, where it has one, its back.
Faces = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cards that touch each other, in the middle of a sheet."""

    sheet: Size
    card: Size
    columns: int
    rows: int

    @property
    def count(self) -> int:
        """How many cards a sheet holds."""
        return self.columns * self.rows

    @property
    def block(self) -> Box:
        """The cards together."""
        width, height = self.columns * self.card.width, self.rows * self.card.height
        return Size(width, height).at(
            (self.sheet.width - width) / 2, (self.sheet.height - height) / 2
        )

    def front(self, index: int) -> Box:
        """Where a card lies, row by row from the left above."""
        return self._cell(index % self.columns, index // self.columns)

    def back(self, index: int) -> Box:
        """Where its back lies on the next page, as in a book."""
        return self._cell(self.columns - 1 - index % self.columns, index // self.columns)

    def marks(self) -> Iterator[Stroke]:
        """Marks outside of the cards, in line with their edges."""
        block = self.block
        near, far = MARK_GAP, MARK_GAP + MARK_LENGTH
        for column in range(self.columns + 1):
            x = block.left + column * self.card.width
            yield Stroke(x, block.top + near, x, block.top + far)
            yield Stroke(x, block.bottom - near, x, block.bottom - far)
        for row in range(self.rows + 1):
            y = block.bottom + row * self.card.height
            yield Stroke(block.left - near, y, block.left - far, y)
            yield Stroke(block.right + near, y, block.right + far, y)

    def _cell(self, column: int, row: int) -> Box:
        block, card = self.block, self.card
        return card.at(block.left + column * card.width, block.top - (row + 1) * card.height)


def card_grid(card: Size, paper: Size) -> Grid:
    """The most cards that a sheet of the paper holds, lying or standing; none where it is 0."""
    standing = Size(paper.landscape.height, paper.landscape.width)
    grids = [
        Grid(
            sheet,
            card,
            max(0, int((sheet.width - 2 * CARD_MARGIN) / card.width)),
            max(0, int((sheet.height - 2 * CARD_MARGIN) / card.height)),
        )
        for sheet in (standing, paper.landscape)
    ]
    return max(grids, key=lambda grid: grid.count)


def card_sides(faces: Sequence[Faces], grid: Grid, edge: Edge) -> tuple[Side, ...]:
    """The fronts of each sheet, and behind them the backs."""
    marks = tuple(grid.marks())
    sides = []
    for first in range(0, len(faces), grid.count):
        own = list(enumerate(faces[first : first + grid.count]))
        fronts = tuple(Placement(front, grid.front(index)) for index, (front, _) in own)
        backs = tuple(
            Placement(back, grid.back(index)) for index, (_, back) in own if back is not None
        )
        sides.append(Side(grid.sheet, fronts, marks))
        sides.append(Side(grid.sheet, backs, marks).as_back(edge))
    return tuple(sides)
