"""Mends of how the engine begins and ends lines: none is short, and none shifted, for a space.

Where a text goes on in another element and fits its line but for the space at its end, WeasyPrint
breaks it behind its first word: in version 70, ``split_first_line`` counts that space in. Where
``word-spacing`` is set, it puts a mark of no width behind a space between two elements, and then
no longer knows the space at the end of a line. Where words are read from right to left, it takes
that space from the width of the line but not from its place, and puts an indent at the other end.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text import line_break

if TYPE_CHECKING:
    from weasyprint.css import ComputedStyle
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext
    from weasyprint.text.line_break import Layout

_MARKED_SPACE = " \u200b"
_COLLAPSING = frozenset(("normal", "nowrap", "pre-line"))


class _Line(NamedTuple):
    """What the engine tells of a line: where the next begins in bytes, None where all fits."""

    layout: "Layout"
    length: int
    resume_at: int | None
    width: float
    height: float
    baseline: float


def let_spaces_hang() -> None:
    """Let the engine of this process measure and place lines without the space at their end."""
    inline.split_first_line = _split_first_line
    inline.remove_last_whitespace = _remove_last_whitespace


def _split_first_line(
    text: str,
    style: "ComputedStyle",
    context: "LayoutContext",
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> _Line:
    def split(text: str, width: float | None) -> _Line:
        given = (text, style, context, width, justification_spacing, is_line_start, minimum)
        return _unmarked(_Line(*line_break.split_first_line(*given)))

    line = split(text, max_width)
    if max_width is None or not text.endswith(" ") or not _is_one_word(text, line):
        return line
    without = split(text.rstrip(" "), max_width)
    fits = without.resume_at is None and without.width <= max_width
    return split(text, None) if fits else line


def _unmarked(line: _Line) -> _Line:
    if line.layout.text == _MARKED_SPACE:
        line.layout.text = " "
    return line


def _is_one_word(text: str, line: _Line) -> bool:
    return line.resume_at is not None and b" " not in text.encode()[: line.resume_at].strip(b" ")


def _remove_last_whitespace(context: "LayoutContext", line: LineBox) -> None:
    """Take the space at the end from a line, and close the gap where the line ends on the left."""
    if _is_from_right(line):
        _move(line.children, -line.text_indent)
    *owners, last = _ends_of(line)
    if not isinstance(last, TextBox) or last.style["white_space"] not in _COLLAPSING:
        return
    space = _stripped(context, last)
    for owner in owners if space else ():
        owner.width -= space
        if _is_from_right(owner):
            _move(owner.children[:-1], -space)


def _ends_of(box: "Box") -> Iterator["Box"]:
    """A line, the last of its boxes, the last in that one, and so on."""
    yield box
    if isinstance(box, LineBox | InlineBox) and box.children:
        yield from _ends_of(box.children[-1])


def _stripped(context: "LayoutContext", box: TextBox) -> float:
    """Take the space at its end from a text, and say how wide it was."""
    text, width = box.text.rstrip(" "), box.width
    if text == box.text:
        return 0
    box.text, box.width = text, 0
    if text:
        without, *_ = inline.split_text_box(context, box, None, 0)
        box.width, box.pango_layout = without.width, without.pango_layout
    space: float = width - box.width
    return space


def _is_from_right(box: "Box") -> bool:
    from_right: bool = box.style["direction"] == "rtl"
    return from_right


def _move(boxes: Iterable["Box"], distance: float) -> None:
    for box in boxes:
        if box.is_in_normal_flow():
            box.translate(dx=distance, ignore_floats=True)
