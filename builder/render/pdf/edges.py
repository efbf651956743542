"""The edges of a page: pictures that reach over them, what is cut off, and marks to cut along.

A picture of the class ``bleed`` is as wide as the page, one of ``full-page`` is a page; notes
of the class ``margin`` stand in the outer margin, where that is wide. The text around them does
not depend on the side that they stand on, so they are laid out on the right, without taking
room, and moved to their edge afterwards.
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
# Notes in the margin, by block or in a line.
MARGIN = "margin"
# What holds a note together: the engine parts no line.
WHOLE = "margin-note"
# Shares of the width of a page in hundredths: the margins, a note, and what parts it from the text.
_SPINE, _OUTER, _NOTE, _GAP = 12, 29, 20, 3.2
# What parts two notes, in CSS pixels.
_BETWEEN = 6.0


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


def margin_rules(trim: Trim) -> Iterator[str]:
    """CSS for notes in a wide outer margin: what they take of the width of a page."""
    yield f"@page :right {{ margin-left: {_SPINE}%; margin-right: {_OUTER}% }}"
    yield f"@page :left {{ margin-left: {_OUTER}%; margin-right: {_SPINE}% }}"
    width = trim.width_mm * _NOTE / 100
    yield (
        f".{MARGIN} {{ position: absolute; float: none; width: {width:.3f}mm;"
        f" margin: 0; padding: 0; border: 0 }}"
    )
    yield f".{WHOLE} {{ display: inline-block; width: 100%; vertical-align: top }}"


def move_to_edges(pages: Sequence["Page"]) -> None:
    """Move pictures that bleed to the left edge of what is printed, notes to the outer margin."""
    for page in pages:
        notes = []
        for box in _boxes(page):
            if _bleeds(box):
                slug = _SLUG_POINTS / 0.75 if page._page_box.style["marks"] else 0
                edge = slug - page.bleed["left"]
                box.translate(dx=edge - box.position_x)
            elif _is_in_margin(box):
                notes.append(box)
        _stack(notes, page)


def _boxes(page: "Page") -> "list[Box]":
    """All boxes of a page, also what stands out of its place."""
    return [getattr(each, "_box", each) for each in page._page_box.descendants(placeholders=True)]


def _stack(notes: "list[Box]", page: "Page") -> None:
    """Put the notes of a page into its outer margin, each by its line or below the one before.

    Those that would reach below the text are moved up, and those above them as far as need be.
    """
    text = page._page_box
    limit = text.content_box_y() + text.height
    notes.sort(key=lambda box: box.position_y)
    tops, at = [], 0.0
    for note in notes:
        tops.append(max(note.position_y, at))
        at = tops[-1] + note.margin_height() + _BETWEEN
    for index in reversed(range(len(notes))):
        tops[index] = min(tops[index], limit - notes[index].margin_height())
        limit = tops[index] - _BETWEEN
    for note, top in zip(notes, tops, strict=True):
        note.translate(_outer_edge(note, page) - note.position_x, top - note.position_y)


def set_bleed_boxes(pdf: pydyf.PDF, pages: Sequence["Page"]) -> None:
    """Say how far what is cut off reaches: the engine only guesses (ISO 32000-1, 14.11.2)."""
    for number, page in zip(pdf.pages["Kids"][::3], pages, strict=True):
        entries = pdf.objects[int(number)]
        slug = _SLUG_POINTS if page._page_box.style["marks"] else 0
        left, bottom, right, top = (float(each) for each in entries["MediaBox"])
        entries["BleedBox"] = pydyf.Array([left + slug, bottom + slug, right - slug, top - slug])


def _is_in_margin(box: "Box") -> bool:
    """Whether it is a note that takes no room in the text."""
    element = box.element
    return (
        element is not None
        and MARGIN in element.get("class", "").split()
        and box.is_absolutely_positioned()
    )


def _outer_edge(box: "Box", page: "Page") -> float:
    """Where a note in the outer margin begins."""
    text, gap = page._page_box, page.width * _GAP / 100
    if text.page_type.side == "right":
        return float(text.content_box_x() + text.width + gap)
    return float(text.content_box_x() - gap - box.margin_width())


def _bleeds(box: "Box") -> bool:
    """Whether it is the picture of a figure that bleeds."""
    element = box.element
    return element is not None and element.tag == "img" and element.get("data-edge") == BLEED
