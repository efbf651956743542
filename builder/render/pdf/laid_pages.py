"""What the engine's pages say of themselves: anchors, links, bookmarks, names and strings."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.render.pdf.annotations import join_links
from builder.render.pdf.gathering import PageKind, Spot
from builder.render.pdf.outline import Mark
from builder.render.pdf.part import ELSEWHERE

if TYPE_CHECKING:
    from weasyprint import Document, Page

_POINTS = 0.75


def boxes_of(document: "Document") -> Iterator[object]:
    """Every box of all pages."""
    for page in document.pages:
        yield from page._page_box.descendants(placeholders=True)


def anchors_of(pages: Sequence["Page"]) -> dict[str, Spot]:
    """Where each anchor first lies."""
    anchors: dict[str, Spot] = {}
    for number, page in enumerate(pages):
        for name, (left, top, _, bottom) in page.anchors.items():
            anchors.setdefault(name, Spot(number, left, top, bottom))
    return anchors


def tidy_links(pages: Sequence["Page"], anchors: dict[str, Spot]) -> tuple[str, ...]:
    """Keep one annotation a link, and send links to other gatherings on their way."""
    elsewhere: dict[str, None] = {}
    for page in pages:
        kept = []
        for kind, target, area, box in join_links(page.links):
            if kind == "internal" and target not in anchors:
                elsewhere[target] = None
                kind, target = "external", ELSEWHERE + target
            kept.append((kind, target, area, box))
        page.links[:] = kept
    return tuple(elsewhere)


def marks_of(pages: Sequence["Page"]) -> Iterator[Mark]:
    """The bookmarks, in points from the lower left corner of their pages."""
    for number, page in enumerate(pages):
        for level, title, (x, y), state in page.bookmarks:
            yield Mark(
                level, title, number, x * _POINTS, (page.height - y) * _POINTS, state != "closed"
            )


def kind_of(page: "Page") -> PageKind:
    """What decides the furniture of a page."""
    box = page._page_box
    kind = box.page_type
    strings = tuple(
        (name, text)
        for child in box.descendants(placeholders=True)
        for name, text in child.string_set or ()
    )
    name = kind.name if kind.name not in ("", "auto", None) else ""
    return PageKind(name, kind.blank, kind.side == "right", strings)
