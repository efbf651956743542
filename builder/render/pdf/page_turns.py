"""A mend of how the engine ends pages: no word is divided where the reader turns the page.

WeasyPrint 70 ends a page behind any line that ``orphans`` and ``widows`` let it. Where that line
stands on a recto and ends in a hyphen that is not the author's, it goes to the next page with the
rest of its paragraph, as TeX does for a high penalty on broken pages.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from weasyprint.formatting_structure.boxes import InlineBox, TextBox
from weasyprint.layout import block

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import BlockContainerBox, Box, LineBox
    from weasyprint.layout import LayoutContext

# Lines that are taken from a page at most; where no whole word ends there, all of them stay.
_MOST = 2
_Break = tuple[bool, bool, object]

_own_break_line = block._break_line


def keep_words_on_page() -> None:
    """Let the engine of this process divide no word between a recto and the page behind it."""
    block._break_line = _break_line


def _break_line(
    context: "LayoutContext",
    box: "BlockContainerBox",
    line: "LineBox",
    lines: list["LineBox"],
    *given: object,
) -> _Break:
    """Take lines from the end of a page, and say where its box goes on.

    The engine goes on behind the last of ``lines``.
    """
    abort, stop, resume_at = _own_break_line(context, box, line, lines, *given)
    if stop and _is_turned(context):
        *_, absolute_boxes, fixed_boxes = given
        for _ in range(_lines_to_take(lines, box.style["orphans"])):
            taken = lines.pop()
            block.remove_placeholders(context, taken.children, absolute_boxes, fixed_boxes)
    return abort, stop, resume_at


def _is_turned(context: "LayoutContext") -> bool:
    """Whether text runs to the foot of a recto; a column may have another beside it."""
    _, _, is_recto, _, _ = context.page_maker[context.current_page - 1]
    return is_recto and not context.in_column


def _lines_to_take(lines: list["LineBox"], orphans: int) -> int:
    for count in range(min(_MOST, len(lines) - orphans) + 1):
        if not _ends_in_hyphen(lines[-1 - count]):
            return count
    return 0


def _ends_in_hyphen(line: "LineBox") -> bool:
    """Whether the engine divided the word at the end of a line."""
    last = next(_texts_from_end(line), None)
    return last is not None and last.text.endswith(last.style["hyphenate_character"])


def _texts_from_end(box: "Box") -> Iterator[TextBox]:
    for child in reversed(box.children):
        if isinstance(child, InlineBox):
            yield from _texts_from_end(child)
        elif isinstance(child, TextBox) and child.text:
            yield child
