"""Form fields: the links that stand for marked boxes -> widgets (ISO 32000-1, 12.7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pydyf

from builder.render.pdf.elements import number_of, object_number
from builder.render.pdf.fields import FIELD_SCHEME, Field
from builder.render.pdf.tags import PRINT

# The resource name of the font that readers write in (12.7.3.3).
WRITING_FONT = "Writing"
# The encoding of that font; what it does not have is left to the reader to show.
WRITING_ENCODING = "cp1252"
_MULTILINE, _RADIO = 1 << 12, 1 << 15
_TICK = (
    b"0 g\n19 54 m\n24 59 30 58 33 52 c\n42 33 l\n44 40 54 65 76 88 c\n80 92 88 90 91 85 c\n"
    b"69 61 57 38 49 15 c\n47 9 37 8 34 14 c\nh\nf"
)
# A ring around what is chosen, on the edge of its box: two circles of four curves each.
_RING = (
    b"0 g\n100 50 m\n100 78 78 100 50 100 c\n22 100 0 78 0 50 c\n0 22 22 0 50 0 c\n"
    b"78 0 100 22 100 50 c\nh\n85 50 m\n85 69 69 85 50 85 c\n31 85 15 69 15 50 c\n"
    b"15 31 31 15 50 15 c\n69 15 85 31 85 50 c\nh\nf*"
)
_SIDE = 100


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written in a field from the start: binding draws it in the stream ``number``.

    Sizes are in points; the font's is 0 where the text is set as large as there is room for.
    """

    number: int
    width: float
    height: float
    font_size: float
    text: str


def make_widgets(pdf: pydyf.PDF, fields: Sequence[Field]) -> list[Writing]:
    """Turn the links of marked boxes into widgets; what stands in them is left to binding."""
    if not fields:
        return []
    return list(_Widgets(pdf).make(fields))


class _Widgets:
    """Knows whose object references stand where in the structure."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._tick, self._ring, self._nothing = map(self._draw, (_TICK, _RING, b""))
        self._choices: dict[str, pydyf.Dictionary] = {}
        root = pdf.objects[number_of(pdf.catalog["StructTreeRoot"])]
        self._nums = pdf.objects[number_of(root["ParentTree"])]["Nums"]

    def make(self, fields: Sequence[Field]) -> Iterator[Writing]:
        """Turn each link into a widget."""
        for kid in self._pdf.pages["Kids"][::3]:
            page = self._pdf.objects[int(kid)]
            for reference in page.get("Annots", ()):
                link = self._pdf.objects[number_of(reference)]
                address = link["A"]["URI"].string if "A" in link else ""
                if address.startswith(FIELD_SCHEME):
                    field = fields[int(address.removeprefix(FIELD_SCHEME))]
                    yield from self._make_one(link, field, page)

    def _make_one(
        self, link: pydyf.Dictionary, field: Field, page: pydyf.Dictionary
    ) -> Iterator[Writing]:
        left, top, right, bottom = link["Rect"]
        link.update(
            {
                "Subtype": "/Widget",
                "Rect": pydyf.Array([left, bottom, right, top]),
                "P": page.reference,
                "F": PRINT,
                "T": pydyf.String(field.name),
                "TU": pydyf.String(field.title),
            }
        )
        for key in ("A", "BS", "Contents"):
            link.pop(key, None)
        self._tag(link)
        if field.kind == "check":
            self._make_box(link, field)
        elif field.kind == "choice":
            self._make_choice(link, field)
        else:
            yield from self._make_text(link, field, right - left, top - bottom)

    def _make_box(self, widget: pydyf.Dictionary, field: Field) -> None:
        state = "/Yes" if field.is_checked else "/Off"
        widget.update({"FT": "/Btn", "V": state, "DV": state, "AS": state})
        # In ZapfDingbats, for readers that draw boxes on their own (12.5.6.19).
        self._look(widget, "Yes", self._tick, "4")

    def _make_choice(self, widget: pydyf.Dictionary, field: Field) -> None:
        """A kid of the field that all choices of the name have in common."""
        owner = self._choices.get(field.name) or self._add_choices(field)
        owner["Kids"].append(widget.reference)
        state = f"/{field.value}" if field.is_checked else "/Off"
        if field.is_checked:
            owner["V"] = owner["DV"] = state
        del widget["T"]
        widget.update({"Parent": owner.reference, "AS": state})
        self._look(widget, field.value, self._ring, "l")

    def _add_choices(self, field: Field) -> pydyf.Dictionary:
        owner = pydyf.Dictionary(
            {
                "FT": "/Btn",
                "Ff": _RADIO,
                "T": pydyf.String(field.name),
                "TU": pydyf.String(field.title.rpartition(", ")[0] or field.title),
                "V": "/Off",
                "DV": "/Off",
                "Kids": pydyf.Array([]),
            }
        )
        self._pdf.add_object(owner)
        self._choices[field.name] = owner
        return owner

    def _look(self, widget: pydyf.Dictionary, state: str, drawn: bytes, sign: str) -> None:
        states = pydyf.Dictionary({state: drawn, "Off": self._nothing})
        widget["AP"] = pydyf.Dictionary({"N": states})
        widget["MK"] = pydyf.Dictionary({"CA": pydyf.String(sign)})

    def _make_text(
        self, widget: pydyf.Dictionary, field: Field, width: float, height: float
    ) -> Iterator[Writing]:
        is_block = field.kind in ("text", "cell")
        size = 0.0 if is_block else field.font_size
        widget["FT"] = "/Tx"
        widget["DA"] = pydyf.String(f"/{WRITING_FONT} {size:g} Tf 0 g")
        widget["V"] = widget["DV"] = pydyf.String(field.value)
        if is_block:
            widget["Ff"] = _MULTILINE
        if field.kind == "text":
            # What is written stands on white, not across the lines made for a pen.
            widget["MK"] = pydyf.Dictionary({"BG": pydyf.Array([1])})
        if not is_writable(field.value):
            return
        drawn = pydyf.Dictionary()
        self._pdf.add_object(drawn)
        widget["AP"] = pydyf.Dictionary({"N": drawn.reference})
        yield Writing(drawn.number, width, height, size, field.value)

    def _tag(self, widget: pydyf.Dictionary) -> None:
        """An element Form around the reference to the widget alone (14.8.4.5)."""
        at = self._nums[::2].index(widget["StructParent"]) * 2 + 1
        owner = self._pdf.objects[number_of(self._nums[at])]
        index = next(i for i, kid in enumerate(owner["K"]) if self._leads_to(kid, widget))
        form = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/Form",
                "K": pydyf.Array([owner["K"][index]]),
                "P": owner.reference,
                "Pg": owner["Pg"],
            }
        )
        self._pdf.add_object(form)
        owner["K"][index] = form.reference
        self._nums[at] = form.reference

    def _leads_to(self, kid: object, widget: pydyf.Dictionary) -> bool:
        number = object_number(kid)
        if number is None:
            return False
        item = self._pdf.objects[number]
        return bool(item.get("Type") == "/OBJR" and item["Obj"] == widget.reference)

    def _draw(self, content: bytes) -> bytes:
        """A look of a box; readers fit it to the box (12.5.5)."""
        keys = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([0, 0, _SIDE, _SIDE]),
            "Resources": pydyf.Dictionary(),
        }
        form = pydyf.Stream([content], keys)
        self._pdf.add_object(form)
        reference: bytes = form.reference
        return reference


def is_writable(text: str) -> bool:
    """Whether the font that fields are written in has all letters of a text."""
    try:
        text.encode(WRITING_ENCODING)
    except UnicodeEncodeError:
        return False
    return True
