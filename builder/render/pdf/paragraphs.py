"""The engine breaks a paragraph where all its lines are best, not one after the other.

WeasyPrint 70 fills each line as far as it goes and does not look at what is left for the next. It
is told here how far each line may go, so that it ends where ``line_breaks`` wants it to; where it
would end elsewhere all the same, the line is filled as ever. Nor does it let the spaces of a line
shrink. ``endings`` holds the very last words of a text together, whatever that costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.layout import inline

from builder.render.pdf.line_breaks import SHRINK, Break, LineBreaks, Measure
from builder.render.pdf.paragraph_text import Place, Text, measured

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext

_Split = tuple["Box", Place | None, bool, object, object, object]

# In narrower lines (ems), as in the cells of tables, there is no choice.
_NARROW = 16
# A letter has less than so many ems; a text that fits a line then is not looked at.
_LETTER = 0.55
# In ems: less than any part of a word, more than the engine rounds by; and less than a space.
_A_LITTLE, _SPACE = 0.08, 0.2
# Of widths in ems, beyond which they are the same.
_DIGITS = 5
# The most (ems) that a space shrinks, in a face that has wide ones.
_SHRINK = SHRINK / 3

_own_split = inline.split_inline_box
_own_text_align = inline.text_align


def break_paragraphs() -> None:
    """Let the engine of this process look at whole paragraphs."""
    inline.split_inline_box = _Breaker().split
    inline.text_align = _text_align


class _Line(NamedTuple):
    """Where a line ends: how wide the engine may call it, and what the next one starts with."""

    width: float
    next_at: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text, the same in the letters of its first line, and the lines for each measure.

    The lines that end at a break end in so many hyphens, one after the other.
    """

    children: Sequence["Box"]
    text: Text | None
    first: Text | None
    lines: dict[Measure, LineBreaks] = field(default_factory=dict)
    hyphens: dict[int, int] = field(default_factory=dict)


class _Breaker:
    """Knows the paragraphs that the engine is at work on."""

    def __init__(self) -> None:
        self._paragraphs: WeakKeyDictionary[Box, _Paragraph] = WeakKeyDictionary()

    def split(
        self,
        context: "LayoutContext",
        box: "Box",
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Place | None,
        containing_block: "Box",
        *given: object,
    ) -> _Split:
        """Take the place of the engine's own function; only lines are planned."""

        def split(end: float) -> _Split:
            where = (position_x, end, bottom_space, skip_stack, containing_block)
            made: _Split = _own_split(context, box, *where, *given)
            return made

        width = max_x - position_x
        if not _has_choice(box, width):
            return split(max_x)
        *_, styles = given
        paragraph = self._paragraph(context, box, containing_block, styles)
        line = _planned(context, paragraph, box, skip_stack, width, max_x - box.position_x)
        if line is None or paragraph.text is None:
            return split(max_x)
        lists = [(each, len(each)) for each in given if isinstance(each, list)]
        made = split(position_x + line.width)
        if _next_offset(paragraph.text, box, made) == line.next_at:
            if line.next_at == paragraph.text.end:
                # Few are laid out again; to keep them all would make a worker grow.
                del self._paragraphs[box]
            return made
        for each, length in lists:
            del each[length:]
        return split(max_x)

    def _paragraph(
        self, context: "LayoutContext", box: LineBox, containing_block: "Box", styles: object
    ) -> _Paragraph:
        """What is known of a paragraph; the engine gives it other boxes for a drop cap."""
        known = self._paragraphs.get(box)
        if known is None or known.children is not box.children:
            text = measured(context, box, containing_block, {})
            first = None
            if isinstance(styles, Mapping) and styles:
                first = measured(context, box, containing_block, styles)
            known = self._paragraphs[box] = _Paragraph(box.children, text, first)
        return known


def _has_choice(box: "Box", width: float) -> bool:
    """Whether a box is a paragraph of several lines that are not too narrow."""
    if not isinstance(box, LineBox) or box.style["white_space"] != "normal":
        return False
    em = box.style["font_size"]
    return bool(_NARROW * em <= width < _letters(box) * _LETTER * em)


def _letters(box: "Box") -> int:
    return len(box.text) if isinstance(box, TextBox) else sum(map(_letters, box.children))


def _planned(
    context: "LayoutContext",
    paragraph: _Paragraph,
    box: LineBox,
    skip_stack: Place | None,
    width: float,
    rest: float,
) -> _Line | None:
    """What is planned for the line that starts at a place; None where nothing is."""
    text = paragraph.text
    start = None if text is None else text.index(skip_stack)
    if text is None or start is None:
        return None
    em, is_justified = box.style["font_size"], box.style["text_align_all"] == "justify"
    may_shrink = not _is_beside_float(context, box)
    measure = Measure(round(rest / em, _DIGITS), text.space, is_justified, may_shrink)
    if measure not in paragraph.lines:
        paragraph.lines[measure] = LineBreaks(text.breaks, measure)
    breaks: Sequence[Break] = text.breaks
    if paragraph.first is not None and not start:
        breaks = _first_breaks(breaks, paragraph.first.breaks)
    line_width, before = round(width / em, _DIGITS), paragraph.hyphens.get(start, 0)
    index = paragraph.lines[measure].end_of_line(start, line_width, breaks, before)
    end = breaks[index]
    if measure.least(breaks[start], end) > line_width + _A_LITTLE:
        return None
    paragraph.hyphens[index] = before + 1 if end.divides else 0
    slack = _A_LITTLE + (_SPACE if end.skipped else 0)
    return _Line((end.end - breaks[start].start + slack) * em, end.at)


def _first_breaks(breaks: Sequence[Break], first: Sequence[Break]) -> Sequence[Break]:
    """The breaks of a text as they lie in its first line.

    Where that divides words by other rules, a line that would end at a break goes on to the next.
    """
    found = {each.at: each for each in first}
    placed, behind = [], breaks[-1]
    for each in reversed(breaks):
        behind = found.get(each.at, behind)
        placed.append(behind)
    return placed[::-1]


def _next_offset(text: Text, box: LineBox, made: _Split) -> int:
    """Where the line goes on that the engine made."""
    _, resume_at, *_ = made
    place = resume_at and inline.skip_first_whitespace(box, resume_at)
    return text.end if place in (None, "continue") else text.offset(place)


def _is_beside_float(context: "LayoutContext", box: LineBox) -> bool:
    """Whether the engine would put a line that is too wide below a float."""
    shapes = context.excluded_shapes
    return any(each.position_y + each.margin_height() > box.position_y for each in shapes)


def _text_align(
    context: "LayoutContext", line: LineBox, available_width: float, last: bool
) -> float:
    """Let the spaces of a justified line that is a little too wide shrink."""
    gap = available_width - line.width
    is_justified = line.style["text_align_all"] == "justify"
    if gap < 0 and is_justified and line.style["white_space"] == "normal":
        spaces = inline.count_expandable_spaces(line)
        if spaces and -gap / spaces <= _SHRINK * line.style["font_size"]:
            inline.justify_line(context, line, gap)
            return 0
    aligned: float = _own_text_align(context, line, available_width, last)
    return aligned
