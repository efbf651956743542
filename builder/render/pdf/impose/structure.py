"""The structure tree, told where the marks of its elements have gone (ISO 32000-1, 14.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf

from builder.render.pdf.impose.plan import Box, Matrix

ObjGen = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a page has gone: its side, how it lies there, and what was added to its marks."""

    side: pikepdf.Object
    matrix: Matrix
    first_mark: int


Moves = Mapping[ObjGen, Moved]


def number_tree(root: pikepdf.Object) -> dict[int, pikepdf.Object]:
    """A number tree as a mapping (7.9.7)."""
    found: dict[int, pikepdf.Object] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += list(node.get("/Kids", pikepdf.Array()))
        numbers = list(node.get("/Nums", pikepdf.Array()))
        found |= {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    return found


def repoint_structure(root: pikepdf.Object, moves: Moves) -> None:
    """Let every element name the sides that its pages have gone to."""
    for element in _elements(root):
        old = element.get("/Pg")
        moved = moves.get(old.objgen) if old is not None else None
        kids = element.get("/K")
        if kids is not None:
            element["/K"] = _kids(kids, moved, moves)
        if moved is not None:
            element["/Pg"] = moved.side
            _move_layout(element, moved.matrix)


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = _members(root.get("/K"))
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            waiting += _members(item.get("/K"))
            yield item


def _members(kids: pikepdf.Object | None) -> list[pikepdf.Object]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _kids(kids: pikepdf.Object, moved: Moved | None, moves: Moves) -> pikepdf.Object:
    """The kids of an element whose own page has ``moved``: numbers of marks count on its side."""
    if isinstance(kids, int):
        assert moved is not None
        return kids + moved.first_mark
    if isinstance(kids, pikepdf.Array):
        return pikepdf.Array([_kids(kid, moved, moves) for kid in kids])
    if kids.get("/Type") in ("/MCR", "/OBJR"):
        own = moves[kids["/Pg"].objgen] if "/Pg" in kids else moved
        assert own is not None
        kids["/Pg"] = own.side
        if "/MCID" in kids and "/Stm" not in kids:
            kids["/MCID"] = int(kids["/MCID"]) + own.first_mark
    return kids


def _move_layout(element: pikepdf.Object, matrix: Matrix) -> None:
    """A box around a picture or a table is given in coordinates of the page (14.8.5.4.3)."""
    for attributes in _members(element.get("/A")):
        if isinstance(attributes, pikepdf.Dictionary) and "/BBox" in attributes:
            sides = [float(each) for each in attributes["/BBox"]]
            box = matrix.box(Box(*sides))
            attributes["/BBox"] = coordinates(box.left, box.bottom, box.right, box.top)


def coordinates(*values: float) -> pikepdf.Array:
    """Numbers with four decimals at most."""
    return pikepdf.Array([round(value, 4) for value in values])
