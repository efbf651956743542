"""Repairs of the structure tree that the engine makes (ISO 32000-1, 14.7 and 14.8).

Works on the engine's objects before they are written: each repair names what PDF/UA-1
or a screen reader misses.
"""

from collections.abc import Iterator

import pydyf

# Annotation flag: print it (12.5.3, bit 3).
_PRINT = 4


def repair_tags(pdf: pydyf.PDF) -> None:
    """Give links their print flag, header cells their scope, list items their body."""
    for item in tuple(pdf.objects):
        if not isinstance(item, dict):
            continue
        if item.get("Subtype") == "/Link":
            item["F"] = _PRINT
        elif item.get("Type") == "/StructElem" and item["S"] == "/TR":
            _scope_headers(pdf, item)
        elif item.get("Type") == "/StructElem" and item["S"] == "/LI":
            _wrap_list_body(pdf, item)


def object_number(reference: object) -> int | None:
    """The number that a reference names; None for anything else."""
    if isinstance(reference, bytes) and reference.endswith(b" R"):
        return int(reference.split()[0])
    return None


def number_of(reference: object) -> int:
    """The number that a reference names, where there has to be one."""
    number = object_number(reference)
    assert number is not None
    return number


def _kids(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    for kid in element["K"]:
        number = object_number(kid)
        if number is not None:
            yield pdf.objects[number]


def _scope_headers(pdf: pydyf.PDF, row: pydyf.Dictionary) -> None:
    """A row of header cells alone heads columns; a header cell beside data heads its row."""
    cells = list(_kids(pdf, row))
    scope = "/Column" if all(cell.get("S") == "/TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell.get("S") == "/TH":
            cell["A"].setdefault("Scope", scope)


def _wrap_list_body(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    """All of a list item but its label belongs into one LBody (14.8.4.3.3)."""
    labels, others = pydyf.Array(), pydyf.Array()
    kinds = []
    for kid in item["K"]:
        number = object_number(kid)
        kind = pdf.objects[number].get("S") if number is not None else None
        kinds.append(kind)
        (labels if kind == "/Lbl" else others).append(kid)
    if not others or "/LBody" in kinds:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": others, "P": item.reference, "Pg": item["Pg"]}
    )
    pdf.add_object(body)
    for kid in others:
        number = object_number(kid)
        if number is not None and "P" in pdf.objects[number]:
            pdf.objects[number]["P"] = body.reference
    item["K"] = pydyf.Array([*labels, body.reference])
