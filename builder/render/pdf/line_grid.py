"""Text behind a figure, a table, code or a box stands on the lines of the page again.

What is no whole number of lines high gets the rest of a line into the margin below it; a figure
stands in the middle of its lines. WeasyPrint 70 knows neither ``block-step`` (CSS Rhythmic
Sizing 1) nor ``line-grid``. Only a justified book is set so: in one with ragged lines and gaps
between its paragraphs, no lines of facing pages agree.
"""

from math import inf
from typing import TYPE_CHECKING

from weasyprint.layout import block
from weasyprint.text.line_break import strut

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext

_FIGURE = "figure"
_STEPPED = frozenset((_FIGURE, "table", "pre", "aside"))
_BLANKS = ("blank-boxes", "blank-grid", "blank-dots", "blank-scale", "blank-days", "blank-habits")
_STEPPED_CLASSES = frozenset(("message", "equation", "lines", "table-block", *_BLANKS))
# What the engine takes for the end of the page in notes and in the cells of tables.
_NO_PAGE = -inf
# In pixels of CSS: less is not seen, and is what rounding leaves.
_LEAST = 0.2

_own_layout = block.block_level_layout_switch


def keep_lines_on_grid() -> None:
    """Let the engine of this process fill up what is no whole number of lines high."""
    block.block_level_layout_switch = _layout


def _layout(
    context: "LayoutContext", box: "Box", bottom_space: float, *given: object, **named: object
) -> tuple[object, ...]:
    laid, resume_at, next_page, margins, *others = _own_layout(
        context, box, bottom_space, *given, **named
    )
    is_ended = laid is not None and resume_at is None and bottom_space != _NO_PAGE
    if is_ended and _is_stepped(context, box):
        rest = _rest_of_line(context, laid)
        laid.margin_bottom += rest
        margins = [*margins, laid.margin_bottom]
        if laid.element_tag == _FIGURE and laid.style["break_inside"] == "avoid":
            _lower(context, laid, rest / 2, bottom_space)
    return (laid, resume_at, next_page, margins, *others)


def _is_stepped(context: "LayoutContext", box: "Box") -> bool:
    """Whether a block has a height of its own; a table is stepped with its caption, as one."""
    if context.in_column or not (box.element_tag in _STEPPED or _has_stepped_class(box)):
        return False
    is_inner = box.element_tag == "table" and not box.is_table_wrapper
    is_justified: bool = box.style.root_style["text_align_all"] == "justify"
    return is_justified and not is_inner


def _has_stepped_class(box: "Box") -> bool:
    if box.element_tag != "div":
        return False
    return not _STEPPED_CLASSES.isdisjoint(box.element.get("class", "").split())


def _rest_of_line(context: "LayoutContext", laid: "Box") -> float:
    """How far the next line of the page is below a box with its margin."""
    leading, _ = strut(laid.style.root_style)
    top = context.current_footnote_area.page.content_box_y()
    end = laid.border_box_y() + laid.border_height() + laid.margin_bottom
    rest: float = (top - end) % leading
    return rest if _LEAST < rest < leading - _LEAST else 0


def _lower(context: "LayoutContext", laid: "Box", by: float, bottom_space: float) -> None:
    """Move what is in a box down, where that leaves it on the page."""
    bottom = laid.border_box_y() + laid.border_height() + by
    if not context.overflows_page(bottom_space, bottom):
        for child in laid.children:
            child.translate(dy=by)
