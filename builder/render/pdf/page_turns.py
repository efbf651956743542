"""Mends of how the engine ends and begins pages: WeasyPrint 70 knows neither rule.

It ends a page behind any line that ``orphans`` and ``widows`` let it. Where the reader then turns
the page and that line ends in a hyphen that is not the author's, it goes to the next page with the
rest of its paragraph, as TeX does for a high penalty on broken pages.

It leaves a margin at the head of every page that has a name, as if each break before it were
forced; CSS Fragmentation 3 (section 5.2) cuts off the margin behind an unforced one.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import block, page

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import BlockContainerBox, Box, PageBox
    from weasyprint.layout import LayoutContext

# Lines that are taken from a page at most; where no whole word ends there, all of them stay.
_MOST = 2
_Break = tuple[bool, bool, object]
_EarlierBreak = tuple[Sequence["Box"], dict[int, object]]

_own_break_line = block._break_line
_own_find_earlier_page_break = block.find_earlier_page_break
_own_make_page = page.make_page


def keep_words_on_page() -> None:
    """Let the engine of this process divide no word where the page is turned."""
    block._break_line = _break_line
    block.find_earlier_page_break = _find_earlier_page_break


def cut_margins_at_heads() -> None:
    """Let the engine of this process begin named pages as it begins all others."""
    page.make_page = _make_page


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


def _find_earlier_page_break(
    context: "LayoutContext", children: Sequence["Box"], *placed: object
) -> _EarlierBreak | None:
    """Where what follows has to stay with the end of a paragraph: which of its lines stay."""
    found: _EarlierBreak | None = _own_find_earlier_page_break(context, children, *placed)
    if found is None or not isinstance(children[0], LineBox):
        return found
    lines, _ = found
    orphans = children[0].style["orphans"]
    count = _lines_to_take(lines, orphans) if _is_turned(context) else 0
    if not count:
        return found
    block.remove_placeholders(context, lines[-count:], *placed)
    return lines[:-count], {0: lines[-count - 1].resume_at}


def _make_page(
    context: "LayoutContext",
    root: "Box",
    kind: object,
    resume_at: object,
    number: int,
    state: object,
) -> "tuple[PageBox, object, object]":
    """Make a page, of which the engine is told whether the break before it is forced."""
    _, before, *_ = context.page_maker[number - 1]
    _, earlier, *_ = context.page_maker[max(number - 2, 0)]
    context.forced_break = before["break"] != "any" or before["page"] != earlier["page"]
    made: tuple[PageBox, object, object] = _own_make_page(
        context, root, kind, resume_at, number, state
    )
    return made


def _is_turned(context: "LayoutContext") -> bool:
    """Whether text runs to the foot of a recto; a column may have another beside it.

    The engine takes odd pages for right ones in books of either direction.
    """
    _, _, is_recto, _, _ = context.page_maker[context.current_page - 1]
    return is_recto and not context.in_column


def _lines_to_take(lines: Sequence["Box"], orphans: int) -> int:
    for count in range(min(_MOST, len(lines) - orphans) + 1):
        if not _ends_in_hyphen(lines[-1 - count]):
            return count
    return 0


def _ends_in_hyphen(line: "Box") -> bool:
    """Whether the engine divided the word at the end of a line."""
    last = next(_texts_from_end(line), None)
    return last is not None and last.text.endswith(last.style["hyphenate_character"])


def _texts_from_end(box: "Box") -> Iterator[TextBox]:
    for child in reversed(box.children):
        if isinstance(child, InlineBox):
            yield from _texts_from_end(child)
        elif isinstance(child, TextBox) and child.text:
            yield child
