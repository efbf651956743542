"""The page doctor: what a careful printer would send back, found in the boxes of a laid-out run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weasyprint.formatting_structure.boxes import (
    BlockContainerBox,
    Box,
    FootnoteAreaBox,
    InlineBlockBox,
    LineBox,
    MarginBox,
    ReplacedBox,
    TableBox,
    TableRowGroupBox,
    TextBox,
)
from weasyprint.images import RasterImage

from builder.parse.equations import NUMBER as EQUATION_NUMBER
from builder.render.pdf.breaks import (
    Findings,
    Line,
    find_breaks,
    find_short_pages,
    find_split_checklists,
    page_starts,
)
from builder.render.pdf.gathering import Flaw, Survey
from builder.render.pdf.places import PLACE
from builder.render.pdf.print_tree import SLOT

if TYPE_CHECKING:
    from weasyprint import Page

# Pictures with fewer dots an inch look coarse in print.
LEAST_DPI = 200
# The widest space between words of a justified line, in ems of its type.
WIDEST_SPACE = 0.8
_TOLERANCE = 1.0
_SNIPPET = 4
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CHECKLIST, _RULE, _LANDSCAPE = "checklist-page", "line-rule", "landscape"
_AT_EDGES = frozenset(("bleed", "full-page", "margin"))
# What print alone adds to the text of the manuscript.
_ADDED = frozenset((SLOT, "ref-page", "note-call", "note-again", EQUATION_NUMBER))
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walk has come to."""

    page: int
    place: int
    right: float
    bottom: float
    is_heading: bool = False
    flows: bool = True
    checks_edges: bool = True


def examine(pages: Sequence["Page"]) -> Survey:
    """Which blocks lie on which pages, and what is not well with them."""
    found = Findings()
    for number, page in enumerate(pages):
        box = page._page_box
        right = box.content_box_x() + box.width
        bottom = box.content_box_y() + box.height
        for child in box.children:
            if not isinstance(child, MarginBox):
                flows = not isinstance(child, FootnoteAreaBox)
                _walk(child, _Spot(number, _NOWHERE, right, bottom, flows=flows), found)
    found.flaws += find_breaks(found)
    found.flaws += find_short_pages(found, len(pages))
    found.flaws += find_split_checklists(found)
    blocks = tuple((place, *span) for place, span in sorted(found.blocks.items()))
    flaws = tuple(dict.fromkeys(sorted(found.flaws, key=_order)))
    return Survey(blocks, tuple(page_starts(found, len(pages))), flaws)


def _order(flaw: Flaw) -> tuple[int, int, str]:
    return flaw.page, flaw.place, flaw.code


def _walk(box: Box, spot: _Spot, found: Findings) -> None:
    box = getattr(box, "_box", box)
    spot = _enter(box, spot, found)
    if isinstance(box, LineBox):
        _take_line(box, spot, found)
    elif isinstance(box, ReplacedBox):
        found.solid_pages.add(spot.page)
        found.flaws += _picture_flaws(box, spot)
    elif isinstance(box, TableBox):
        cut = [*_edge_flaws(box, spot, "table")]
        found.flaws += cut
        # Of a table that is too wide, no line is said to be too long as well.
        spot = replace(spot, checks_edges=spot.checks_edges and not cut)
    if _is_added(box):
        return
    for child in getattr(box, "children", ()):
        _walk(child, spot, found)


def _enter(box: Box, spot: _Spot, found: Findings) -> _Spot:
    """The spot within a box: its block, and whether it is part of the flow of text."""
    element = box.element
    place, is_heading, checks = spot.place, spot.is_heading, spot.checks_edges
    if element is not None:
        number = element.get(PLACE, "")
        if number.isdecimal():
            place = int(number)
            first, _ = found.blocks.get(place, (spot.page, spot.page))
            found.blocks[place] = (first, spot.page)
        names = element.get("class", "").split()
        if _CHECKLIST in names:
            found.checklist_pages.setdefault(spot.page, place)
        if _RULE in names or _LANDSCAPE in names:
            found.solid_pages.add(spot.page)
        is_heading = is_heading or element.tag in _HEADINGS
        checks = checks and not _AT_EDGES.intersection(names)
    flows = spot.flows and (isinstance(box, LineBox | TextBox) or box.is_in_normal_flow())
    flows = flows and not _is_repeated(box, spot, found)
    return _Spot(spot.page, place, spot.right, spot.bottom, is_heading, flows, checks)


def _is_repeated(box: Box, spot: _Spot, found: Findings) -> bool:
    """Whether a table's head stood on a page before already."""
    if not isinstance(box, TableRowGroupBox) or not box.is_header or box.element is None:
        return False
    return found.heads.setdefault(box.element, spot.page) != spot.page


def _take_line(line: LineBox, spot: _Spot, found: Findings) -> None:
    texts = list(_texts(line))
    words = " ".join("".join(str(box.text) for box in texts).split())
    if not words:
        return
    snippet = " ".join(words.split()[:_SNIPPET])
    if spot.flows:
        block = line.element
        letters = sum(map(str.isalnum, words))
        found.lines.append(
            Line(spot.page, spot.place, block, spot.is_heading, line.position_y, snippet, letters)
        )
    edge = max(box.position_x + _inked_width(box) for box in texts)
    if spot.checks_edges and edge > spot.right + _TOLERANCE:
        over = f"{(edge - spot.right) / 96 * 25.4:.1f}"
        found.flaws.append(Flaw("line-too-long", spot.page, spot.place, snippet, over))
    size = max(box.style["font_size"] for box in texts)
    spaces = [box.justification_spacing for box in texts if box.justification_spacing]
    if spaces and max(spaces) + size / 4 > WIDEST_SPACE * size:
        found.flaws.append(Flaw("loose-line", spot.page, spot.place, snippet))


def _inked_width(box: TextBox) -> float:
    """The width of a text but for the spaces that hang over its end, as in folded code."""
    text = str(box.text)
    return float(box.width) * len(text.rstrip(" ")) / max(len(text), 1)


def _texts(box: Box) -> Iterator[TextBox]:
    """The texts of a line that come from the manuscript."""
    for child in box.children:
        inner = getattr(child, "_box", child)
        if "::" in (inner.element_tag or "") or _is_added(inner):
            continue
        if isinstance(inner, TextBox):
            yield inner
        elif not isinstance(inner, BlockContainerBox) or isinstance(inner, InlineBlockBox):
            yield from _texts(inner)


def _is_added(box: Box) -> bool:
    names = box.element.get("class", "") if box.element is not None else ""
    return bool(_ADDED.intersection(names.split()))


def _picture_flaws(box: ReplacedBox, spot: _Spot) -> Iterator[Flaw]:
    yield from _edge_flaws(box, spot, "picture")
    picture = box.replacement
    if not isinstance(picture, RasterImage) or not box.width or not box.height:
        return
    dpi = min(picture.width / box.width, picture.height / box.height) * 96
    if round(dpi) < LEAST_DPI:
        words = box.element.get("alt", "") if box.element is not None else ""
        yield Flaw("low-resolution", spot.page, spot.place, words, str(round(dpi)))


def _edge_flaws(box: Box, spot: _Spot, what: str) -> Iterator[Flaw]:
    if not spot.checks_edges:
        return
    right = box.border_box_x() + box.border_width()
    bottom = box.border_box_y() + box.border_height()
    if right > spot.right + _TOLERANCE or (spot.flows and bottom > spot.bottom + _TOLERANCE):
        over = max(right - spot.right, bottom - spot.bottom) / 96 * 25.4
        yield Flaw("cut-at-edge", spot.page, spot.place, what, f"{over:.1f}")
