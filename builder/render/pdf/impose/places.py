"""Annotations and destinations, moved with the pages that they lie on (ISO 32000-1, 12)."""

from collections.abc import Iterator
from decimal import Decimal

import pikepdf

from builder.render.pdf.impose.plan import Box, Turn, rotation
from builder.render.pdf.impose.structure import Moved, Moves, coordinates


def move_annotation(pdf: pikepdf.Pdf, annotation: pikepdf.Object, moved: Moved, turn: Turn) -> None:
    """Move an annotation to its side; what it shows turns with it."""
    box = moved.matrix.box(_box(annotation["/Rect"]))
    annotation["/Rect"] = coordinates(box.left, box.bottom, box.right, box.top)
    annotation["/P"] = moved.side
    if "/QuadPoints" in annotation:
        numbers = [float(each) for each in annotation["/QuadPoints"]]
        points = zip(numbers[::2], numbers[1::2], strict=True)
        annotation["/QuadPoints"] = coordinates(
            *(each for point in points for each in moved.matrix.point(*point))
        )
    if turn:
        _turn_appearance(pdf, annotation, turn)


def move_destinations(pdf: pikepdf.Pdf, moves: Moves) -> None:
    """Let names, the outline and links lead to where their targets have gone."""
    for holder, key in _destinations(pdf):
        place = holder[key]
        if isinstance(place, pikepdf.Dictionary):
            holder, key, place = place, "/D", place["/D"]
        if isinstance(place, pikepdf.Array) and place[0].objgen in moves:
            holder[key] = _moved(place, moves[place[0].objgen])


def _destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str | int]]:
    """What holds a destination, and under which key or index."""
    yield from _named(pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests"))
    yield from _outlined(pdf.Root.get("/Outlines"))
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", pikepdf.Array()):
            yield from _held(annotation)


def _named(root: pikepdf.Object | None) -> Iterator[tuple[pikepdf.Object, int]]:
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        waiting += list(node.get("/Kids", pikepdf.Array()))
        names = node.get("/Names", pikepdf.Array())
        yield from ((names, index) for index in range(1, len(names), 2))


def _outlined(root: pikepdf.Object | None) -> Iterator[tuple[pikepdf.Object, str]]:
    waiting = [root["/First"]] if root is not None and "/First" in root else []
    while waiting:
        item = waiting.pop()
        waiting += [item[key] for key in ("/Next", "/First") if key in item]
        yield from _held(item)


def _held(item: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, str]]:
    if "/Dest" in item:
        yield item, "/Dest"
    action = item.get("/A")
    if action is not None and action.get("/S") == "/GoTo":
        yield action, "/D"


def _moved(place: pikepdf.Object, moved: Moved) -> pikepdf.Array:
    """A destination on its side; the whole side where it names no point (12.3.2.2)."""
    numbers = list(place)[2:4]
    if place[1] == "/XYZ" and all(_is_number(each) for each in numbers):
        x, y = moved.matrix.point(*(float(each) for each in numbers))
        return pikepdf.Array([moved.side, pikepdf.Name.XYZ, *coordinates(x, y, 0)])
    return pikepdf.Array([moved.side, pikepdf.Name.Fit])


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, Decimal))


def _turn_appearance(pdf: pikepdf.Pdf, annotation: pikepdf.Object, turn: Turn) -> None:
    """Turn what a field shows, and what viewers will draw in it (12.5.5, 12.5.6.19)."""
    for kind, shown in annotation.get("/AP", pikepdf.Dictionary()).items():
        if isinstance(shown, pikepdf.Stream):
            annotation["/AP"][kind] = _turned(pdf, shown, turn)
        else:
            for state, stream in shown.items():
                shown[state] = _turned(pdf, stream, turn)
    if annotation.get("/Subtype") == "/Widget":
        look = annotation.get("/MK", pikepdf.Dictionary())
        look["/R"] = (int(look.get("/R", 0)) + turn) % 360
        annotation["/MK"] = look


def _turned(pdf: pikepdf.Pdf, form: pikepdf.Object, turn: Turn) -> pikepdf.Object:
    """A copy of an appearance, for others may share it."""
    made = pdf.make_stream(form.read_bytes())
    for key, value in form.stream_dict.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            made.stream_dict[key] = value
    a, b, c, d, e, f = (float(each) for each in form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    by = rotation(turn)
    made.stream_dict["/Matrix"] = coordinates(*by.point(a, b), *by.point(c, d), *by.point(e, f))
    return made


def _box(sides: pikepdf.Object) -> Box:
    return Box(*(float(each) for each in sides))
