"""Repairs of the structure tree that the engine makes (ISO 32000-1, 14.7 and 14.8).

Works on the engine's objects before they are written: each repair names what PDF/UA-1
or a screen reader misses.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

import pydyf

from builder.render.pdf.elements import kids, number_of, object_number
from builder.render.pdf.print_tree import DECORATION, FORMULA
from builder.render.pdf.table_tags import repair_table

# Annotation flag: print it (12.5.3, bit 3).
PRINT = 4
_POINTS = 0.75


def hide_unspoken(boxes: Iterable[Any]) -> None:
    """Make the engine tag what is hidden from screen readers as pictures that say nothing."""
    for box in boxes:
        element = box.element
        if element is not None and element.get("aria-hidden") == "true":
            element.set("alt", DECORATION)
            box.element_tag = "img"


def repair_tags(pdf: pydyf.PDF) -> None:
    """Make of the engine's tags what PDF/UA-1 and screen readers expect."""
    _free_decorations(pdf)
    for item in tuple(pdf.objects):
        if not isinstance(item, dict):
            continue
        if item.get("Subtype") == "/Link":
            item["F"] = PRINT
        elif item.get("Type") == "/StructElem" and item["S"] in _REPAIRS:
            _REPAIRS[item["S"]](pdf, item)


def _repair_document(pdf: pydyf.PDF, document: pydyf.Dictionary) -> None:
    """What the engine sets at the foot of a page are notes, each with an id (14.8.4.4.1)."""
    areas = [kid for kid in kids(pdf, document) if kid.get("S") == "/NonStruct"]
    notes = [kid for area in areas for kid in kids(pdf, area) if kid.get("S") == "/Span"]
    for number, note in enumerate(notes):
        note["S"], note["ID"] = "/Note", pydyf.String(f"note-{number}")


def _repair_link(pdf: pydyf.PDF, link: pydyf.Dictionary) -> None:
    """A link that leads nowhere is a span of text."""
    if all(kid.get("Type") != "/OBJR" for kid in kids(pdf, link)):
        link["S"] = "/Span"


def _repair_block(pdf: pydyf.PDF, block: pydyf.Dictionary) -> None:
    """The engine's anonymous blocks within a paragraph or heading are no more of them."""
    for kid in kids(pdf, block):
        if kid.get("S") == block["S"]:
            kid["S"] = "/NonStruct"


def _scope_headers(pdf: pydyf.PDF, row: pydyf.Dictionary) -> None:
    """A row of header cells alone heads columns; a header cell beside data heads its row."""
    cells = list(kids(pdf, row))
    scope = "/Column" if all(cell.get("S") == "/TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell.get("S") == "/TH":
            cell["A"].setdefault("Scope", scope)


def _wrap_list_body(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    """All of a list item but its label belongs into one LBody (14.8.4.3.3)."""
    labels, others = pydyf.Array(), pydyf.Array()
    body: pydyf.Dictionary | None = None
    for kid in item["K"]:
        number = object_number(kid)
        kind = pdf.objects[number].get("S") if number is not None else None
        if kind == "/LBody" and body is None and number is not None:
            body = pdf.objects[number]
            body["K"] = pydyf.Array([*others, *body["K"]])
            continue
        (labels if kind == "/Lbl" else others if body is None else body["K"]).append(kid)
    if body is None and not others:
        return
    if body is None:
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": others})
        body["P"], body["Pg"] = item.reference, item["Pg"]
        pdf.add_object(body)
    for kid in body["K"]:
        number = object_number(kid)
        if number is not None and "P" in pdf.objects[number]:
            pdf.objects[number]["P"] = body.reference
    item["K"] = pydyf.Array([*labels, body.reference])


def _repair_figure(pdf: pydyf.PDF, figure: pydyf.Dictionary) -> None:
    """Give a picture its place on the page in points."""
    page = pdf.objects[number_of(figure["Pg"])]
    words = figure["Alt"].string if "Alt" in figure else ""
    if words.startswith(FORMULA):
        figure["S"], figure["Alt"] = "/Formula", pydyf.String(words.removeprefix(FORMULA))
    left, top, right, bottom = (side * _POINTS for side in figure["A"]["BBox"])
    height = page["TrimBox"][3]
    figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _free_decorations(pdf: pydyf.PDF) -> None:
    """Pictures that say nothing are artifacts, outside the structure (14.8.2.2)."""
    marks: dict[int, set[int]] = {}
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and _says_nothing(item):
            marks.setdefault(number_of(item["Pg"]), set()).update(_marks(pdf, item))
            _detach(pdf, item)
    if not marks:
        return
    root = pdf.objects[number_of(pdf.catalog["StructTreeRoot"])]
    numbers = pdf.objects[number_of(root["ParentTree"])]["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number, freed in marks.items():
        page = pdf.objects[number]
        stream = pdf.objects[number_of(page["Contents"])]
        stream.stream = _with_artifacts(stream.stream, freed)
        for mark in freed:
            owners[page["StructParents"]][mark] = b"null"


def _says_nothing(figure: pydyf.Dictionary) -> bool:
    return "Alt" in figure and figure["Alt"].string == DECORATION


def _with_artifacts(lines: Iterable[object], freed: Container[int]) -> list[object]:
    """The lines of a page, with marked content of these numbers made artifacts.

    Such content begins with three of them: its tag, its properties, and an operator.
    """
    kept: list[object] = []
    is_freed = False
    for line in lines:
        if isinstance(line, dict) and line.get("MCID") in freed:
            kept[-1] = b"/Artifact"
            is_freed = True
        else:
            kept.append(b"BMC" if is_freed else line)
            is_freed = False
    return kept


def _marks(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[int]:
    """The numbers of all marked content in an element."""
    yield from (kid for kid in element["K"] if isinstance(kid, int))
    for kid in kids(pdf, element):
        if "K" in kid:
            yield from _marks(pdf, kid)


def _detach(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    """Take an element out of the structure, and what is left empty with it."""
    parent = pdf.objects[number_of(element["P"])]
    parent["K"].remove(element.reference)
    if not parent["K"] and parent["S"] in ("/Div", "/NonStruct", "/P", "/Span"):
        _detach(pdf, parent)


_REPAIRS: Mapping[str, Callable[[pydyf.PDF, pydyf.Dictionary], None]] = {
    "/Document": _repair_document,
    "/Figure": _repair_figure,
    "/LI": _wrap_list_body,
    "/Link": _repair_link,
    "/TR": _scope_headers,
    "/Table": repair_table,
    **dict.fromkeys(("/P", *(f"/H{level}" for level in range(1, 7))), _repair_block),
}
