"""Where pages go on sheets: plain data, in points from the lower left corner of the paper."""

from dataclasses import dataclass, replace
from typing import Literal

from builder.config import Edge

Turn = Literal[0, 90, 180, 270]
_UPSIDE_DOWN: dict[Turn, Turn] = {0: 180, 90: 270, 180: 0, 270: 90}
_QUARTER_ON: dict[Turn, Turn] = {0: 90, 90: 180, 180: 270, 270: 0}


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a page or a sheet of paper."""

    width: float
    height: float

    @property
    def landscape(self) -> "Size":
        """The same, lying on its long side."""
        return Size(max(self.width, self.height), min(self.width, self.height))

    def at(self, left: float, bottom: float) -> "Box":
        """A box of this size."""
        return Box(left, bottom, left + self.width, bottom + self.height)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Matrix:
    """A transformation of coordinates by the six numbers of ISO 32000-1, 8.3.4."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """The upright box around where a box comes to lie."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


def rotation(turn: Turn) -> Matrix:
    """A turn about the origin."""
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    return Matrix(cos, sin, -sin, cos, 0, 0)


@dataclass(frozen=True, slots=True)
class Placement:
    """One page, counted from 0, in the middle of an area of a side.

    ``turn`` is in degrees, counterclockwise; ``scale`` makes it smaller or larger.
    """

    page: int
    area: Box
    turn: Turn = 0
    scale: float = 1

    def for_page(self, page: Box) -> "Placement":
        """The same, turned a quarter for a page that lies on its side in an area that stands."""
        lies, stands = page.width > page.height, self.area.height > self.area.width
        return replace(self, turn=_QUARTER_ON[self.turn]) if lies and stands else self

    def matrix(self, page: Box) -> Matrix:
        """From the coordinates of the page to those of the side."""
        turned = rotation(self.turn)
        a, b = turned.a * self.scale, turned.b * self.scale
        x, y = (page.left + page.right) / 2, (page.bottom + page.top) / 2
        middle = (self.area.left + self.area.right) / 2, (self.area.bottom + self.area.top) / 2
        return Matrix(a, b, -b, a, middle[0] - a * x + b * y, middle[1] - b * x - a * y)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line to cut along, or to fold along where it is dashed."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One printed side of a sheet: its size, the pages on it and the lines between them."""

    sheet: Size
    placements: tuple[Placement, ...]
    strokes: tuple[Stroke, ...] = ()

    def as_back(self, edge: Edge) -> "Side":
        """A side made to lie behind its front as the next page does in a book.

        The printer turns the sheet over one of its edges; over a lower one, the back comes
        out upside down.
        """
        is_portrait = self.sheet.height >= self.sheet.width
        return self if is_portrait == (edge == "long") else self.upside_down()

    def upside_down(self) -> "Side":
        """The same side turned round."""
        width, height = self.sheet.width, self.sheet.height
        placements = tuple(
            replace(each, area=self._opposite(each.area), turn=_UPSIDE_DOWN[each.turn])
            for each in self.placements
        )
        strokes = tuple(
            Stroke(
                width - each.x1, height - each.y1, width - each.x2, height - each.y2, each.dashed
            )
            for each in self.strokes
        )
        return replace(self, placements=placements, strokes=strokes)

    def _opposite(self, box: Box) -> Box:
        width, height = self.sheet.width, self.sheet.height
        return Box(width - box.right, height - box.top, width - box.left, height - box.bottom)
