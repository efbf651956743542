"""A mend of how the engine draws leaders: one text a line, and not one for each dot.

WeasyPrint 70 makes of a leader as many boxes as its pattern fits into the line, each drawn apart
(``layout/leader.py``). In a long table of contents they are most of its time and memory.
"""

from typing import TYPE_CHECKING

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, leader

if TYPE_CHECKING:
    from weasyprint.layout import LayoutContext


def join_leaders() -> None:
    """Let the engine of this process draw each leader in one."""
    inline.handle_leader = _handle_leader


def _handle_leader(
    context: "LayoutContext", line: boxes.LineBox, containing_block: boxes.Box
) -> None:
    leader.handle_leader(context, line, containing_block)
    _, found = leader.leader_index(line)
    if found is None or len(found.children) < 2:
        return
    # From right to left, as the engine lays them.
    right, left = found.children[0], found.children[-1]
    pattern = left.copy_with_text(left.text * len(found.children))
    joined, _, _ = inline.split_text_box(context, pattern, None, 0)
    joined.position_x = right.position_x + right.width - joined.width
    joined.position_y = left.position_y
    found.children = (joined,)
