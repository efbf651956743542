"""Mends of how the engine ends lines: none ends early, and none is left unfilled, for a space.

Where a text goes on in another element and fits its line but for the space at its end, WeasyPrint
breaks it behind its first word: in version 70, ``split_first_line`` counts that space in. Where
``word-spacing`` is set, it puts a mark of no width behind a space between two elements, and then no
longer knows the space at the end of a line.
"""

from typing import TYPE_CHECKING, NamedTuple

from weasyprint.layout import inline
from weasyprint.text import line_break

if TYPE_CHECKING:
    from weasyprint.css import ComputedStyle
    from weasyprint.layout import LayoutContext
    from weasyprint.text.line_break import Layout

_MARKED_SPACE = " \u200b"


class _Line(NamedTuple):
    """What the engine tells of a line: where the next begins in bytes, None where all fits."""

    layout: "Layout"
    length: int
    resume_at: int | None
    width: float
    height: float
    baseline: float


def let_spaces_hang() -> None:
    """Let the engine of this process measure lines without the space at their end."""
    inline.split_first_line = _split_first_line


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
