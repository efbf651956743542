"""The edges of a page: pictures that reach over them, what is cut off, and marks to cut along.

A picture of the class ``bleed`` is as wide as the page, one of ``full-page`` is a page. The
text around it does not depend on the side that it stands on, so it is laid out anywhere in
its line, and moved to the edge afterwards.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pydyf

from builder.parse.figures import BLEED, FULL_PAGE
from builder.render.trim import Trim

if TYPE_CHECKING:
    from weasyprint import Page
    from weasyprint.formatting_structure.boxes import Box

# Room for marks around what is cut off; they take its outer half, and are drawn by the engine.
_SLUG = "7mm"
_SLUG_POINTS = 7 / 25.4 * 72


def edge_rules(trim: Trim, bleed: str, marks: bool) -> Iterator[str]:
    """CSS for pictures at the edges, for the bleed and for the marks."""
    if marks:
        yield f"@page {{ bleed: calc({bleed} + {_SLUG}); marks: crop cross }}"
    elif not bleed.startswith("0") or bleed.strip("0.cmintp"):
        yield f"@page {{ bleed: {bleed} }}"
    both = f"{trim.width} + 2 * {bleed}", f"{trim.height} + 2 * {bleed}"
    yield (
        f"figure.{BLEED} img {{ display: block; width: calc({both[0]}); max-width: none;"
        f" max-height: none; margin: 0 calc(({both[0]}) * -1) 0 0 }}"
    )
    yield f"figure.{FULL_PAGE} {{ width: {trim.width}; height: {trim.height} }}"
    yield (
        f"figure.{FULL_PAGE} img {{ left: calc({bleed} * -1); top: calc({bleed} * -1);"
        f" width: calc({both[0]}); height: calc({both[1]}); max-width: none; max-height: none }}"
    )
    sides = f"left: calc({bleed} * -1); right: calc({bleed} * -1); bottom: calc({bleed} * -1)"
    yield (
        f"figure.{FULL_PAGE} figcaption {{ {sides};"
        f" border: {bleed} solid transparent; border-top-width: 0 }}"
    )


def move_to_edges(pages: Sequence["Page"]) -> None:
    """Move pictures that bleed to the left edge of what is printed."""
    for page in pages:
        for box in page._page_box.descendants(placeholders=True):
            if _bleeds(box):
                slug = _SLUG_POINTS / 0.75 if page._page_box.style["marks"] else 0
                edge = slug - page.bleed["left"]
                box.translate(dx=edge - box.position_x)


def set_bleed_boxes(pdf: pydyf.PDF, pages: Sequence["Page"]) -> None:
    """Say how far what is cut off reaches: the engine only guesses (ISO 32000-1, 14.11.2)."""
    for number, page in zip(pdf.pages["Kids"][::3], pages, strict=True):
        entries = pdf.objects[int(number)]
        slug = _SLUG_POINTS if page._page_box.style["marks"] else 0
        left, bottom, right, top = (float(each) for each in entries["MediaBox"])
        entries["BleedBox"] = pydyf.Array([left + slug, bottom + slug, right - slug, top - slug])


def _bleeds(box: "Box") -> bool:
    """Whether it is the picture of a figure that bleeds."""
    element = box.element
    return element is not None and element.tag == "img" and element.get("data-edge") == BLEED
