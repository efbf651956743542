"""Pages with as many lines for notes as there is room for below what is printed on them."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from builder.render.checklists.common import fixed_run
from builder.render.pdf.gathering import Gathering, Html, Sheet
from builder.render.pdf.plan import Run
from builder.render.pdf.press import Press

# Pages laid out together: one document for each would take longer to set up than to lay out.
_PAGES_A_RUN = 16
# Fewer lines than these are always of use; on larger paper they take half of it.
_MOST_LINES, _SHARE = 14, 0.47

_Page = TypeVar("_Page")
# Pages with so many lines each; without numbers they show where lines would begin.
Fill = Callable[[Sequence[_Page], Sequence[int] | None], str]
# How many lines a page has room for, by a layout that shows where they would begin.
Room = Callable[[_Page, Sheet], int]


def runs_with_lines(
    name: str,
    pages: Sequence[_Page],
    html: Fill[_Page],
    room: Room[_Page],
    css: tuple[str, ...],
    press: Press,
) -> Iterator[Run]:
    """Runs of some pages each, laid out once to see what is left, and filled with lines."""
    starts = range(0, len(pages), _PAGES_A_RUN)
    groups = [pages[start : start + _PAGES_A_RUN] for start in starts]
    bare = [
        Gathering(f"{name}-{number}", Html.of(html(group, None)), css)
        for number, group in enumerate(groups, 1)
    ]
    for group, gathering, sheet in zip(groups, bare, press.lay_all(bare), strict=True):
        lines = [room(page, sheet) for page in group]
        yield fixed_run(gathering.id, html(group, lines))


def lines_below(top: float, pitch: float, sheet: Sheet) -> int:
    """How many lines go from a height to the end of a page, but never more than are of use."""
    bottom = sheet.anchors["page-end"].bottom
    most = max(_MOST_LINES, int(bottom * _SHARE / pitch))
    return max(0, min(most, int((bottom - top) / pitch)))
