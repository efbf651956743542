"""The boxes of the layout that are marked as form fields, each with a link in its place.

A template marks a box with ``field="check"``, ``"choice"``, ``"line"``, ``"text"`` or ``"cell"``,
and with the field's ``name``, ``title`` (what a screen reader says), ``checked`` or ``value``.
Choices of one name are one field, whose value is that of the chosen one. The box travels
through the engine as a link with an address of its own kind; so it comes to its place on
the page and in the structure, where ``forms.py`` turns the link into a widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.field_names import name_again
from builder.render.pdf.annotations import Area

FIELD = "field"
FIELD_SCHEME = "urn:x-book-field:"
_EDGE = 1.5
_POINTS = 0.75


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the template describes it: a box to tick, a line, lines to write on, a cell.

    A choice is one of several of the same name, and ``value`` what it stands for.
    """

    kind: str
    name: str
    title: str
    value: str
    is_checked: bool
    font_size: float


def mark_fields(pages: Sequence[Any]) -> list[Field]:
    """Give every marked box of the pages a link that leads to its place in the list returned."""
    found: list[Field] = []
    times: dict[str, int] = {}
    for page in pages:
        seen = set()
        for box in page._page_box.descendants(placeholders=True):
            element = box.element
            kind = element.get(FIELD) if element is not None else None
            if not kind or element in seen or box.element_tag != element.tag:
                continue
            seen.add(element)
            name = element.get("name", "")
            times[name] = times.get(name, 0) + (kind != "choice")
            page.links.append(("external", f"{FIELD_SCHEME}{len(found)}", _area(box, kind), box))
            found.append(
                Field(
                    kind,
                    name_again(name, str(times[name])) if times[name] > 1 else name,
                    element.get("title", ""),
                    element.get("value", ""),
                    "checked" in element.attrib,
                    box.style["font_size"] * _POINTS,
                )
            )
    return found


def _area(box: Any, kind: str) -> Area:
    """The box as drawn; around lines to write on a little more, to cover their ends as well.

    A tick is as wide as high, in the middle of its box.
    """
    left, top, width, height = box.hit_area()
    if kind in ("check", "choice"):
        side = min(width, height)
        left, top, width, height = (
            left + (width - side) / 2,
            top + (height - side) / 2,
            side,
            side,
        )
    more = _EDGE if kind == "text" else 0
    return left - more, top - more, left + width + more, top + height + more
