"""No short word is left alone on the last line of a paragraph.

WeasyPrint 70 fills each line as far as it goes and does not look at what is left for the next.
Where that is a few letters, the line before them gives another word, or the end of one, to the
last line, unless its own words would then stand far apart. ``endings`` holds the very last words
together, whatever that costs; this adds to them where there is room.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext

_Place = dict[int, "_Place | None"]
_Split = tuple["Box", _Place | None, bool, object, object, object]

# Letters and signs that a last line has at least.
_LEAST = 8
# In narrower lines (ems), as in the cells of tables, short lines are no exception.
_NARROW = 16
# The widest space (ems) between the words of a line that gives one away.
_WIDEST = 0.62
_SPACE = 0.25
# The largest share of a ragged line that may be left empty at its end.
_RAGGED = 0.25
# In pixels of CSS: less than any word, more than the engine rounds by.
_A_LITTLE = 3.0

_own_split = inline.split_inline_box


def fill_last_lines() -> None:
    """Let the engine of this process look at what is left for the last line."""
    inline.split_inline_box = _split


def _split(
    context: "LayoutContext",
    box: "Box",
    position_x: float,
    max_x: float,
    bottom_space: float,
    skip_stack: _Place | None,
    containing_block: "Box",
    *given: object,
) -> _Split:
    def split(end: float) -> _Split:
        where = (position_x, end, bottom_space, skip_stack, containing_block)
        made: _Split = _own_split(context, box, *where, *given)
        return made

    full = split(max_x)
    if not _leaves_too_little(box, full, max_x):
        return full
    line, *_ = full
    end = _right(line) - inline.trailing_whitespace_size(context, line)
    shorter = split(end - _A_LITTLE)
    return shorter if _is_well_filled(context, shorter, max_x) else full


def _leaves_too_little(box: "Box", made: _Split, max_x: float) -> bool:
    """Whether what does not fit a line is too short to be a line of its own."""
    line, resume_at, is_forced, *_ = made
    if resume_at is None or is_forced or not isinstance(box, LineBox):
        return False
    width, size = max_x - line.content_box_x(), box.style["font_size"]
    if width < _NARROW * size or not _is_plain(line):
        return False
    return 0 < _length_from(box, resume_at) < _LEAST


def _is_plain(line: "Box") -> bool:
    """Whether a line holds words that may be moved, and nothing that floats."""
    is_wrapped = line.style["white_space"] == "normal"
    return is_wrapped and all(child.is_in_normal_flow() for child in line.children)


def _length_from(box: "Box", resume_at: _Place) -> int:
    """How many letters and signs are left; as many as are enough, where all are not known."""
    text = ""
    for each in _texts_from(box, resume_at):
        text += each
        if len(text.strip()) >= _LEAST or "\n" in text:
            return _LEAST
    return len(text.strip())


def _texts_from(box: "Box", place: _Place | None) -> Iterator[str]:
    """The texts of a box from a place on; what is no text counts as much."""
    ((start, within),) = place.items() if place else ((0, None),)
    if isinstance(box, TextBox):
        yield box.text.encode()[start:].decode()
    elif isinstance(box, InlineBox | LineBox):
        for child in box.children[start:]:
            yield from _texts_from(child, within)
            within = None
    else:
        yield "\n"


def _is_well_filled(context: "LayoutContext", made: _Split, max_x: float) -> bool:
    """Whether a line that gave something away still looks full."""
    line, resume_at, *_ = made
    if resume_at is None or not line.children:
        return False
    trailing = inline.trailing_whitespace_size(context, line)
    gap = max_x - _right(line) + trailing
    if line.style["text_align_all"] != "justify":
        return bool(gap < _RAGGED * (max_x - line.content_box_x()))
    spaces = inline.count_expandable_spaces(line) - (1 if trailing else 0)
    widest = (_WIDEST - _SPACE) * line.style["font_size"]
    return bool(spaces > 0 and gap / spaces <= widest)


def _right(line: "Box") -> float:
    right: float = line.content_box_x() + line.width
    return right
