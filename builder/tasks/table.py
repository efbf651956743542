"""The list of tasks for a terminal: chapter by chapter, page and marks beside each task."""

import textwrap
from collections.abc import Iterator
from unicodedata import east_asian_width

from builder.tasks.listing import Listed, Listing, by_chapter, said_of

_INDENT, _GAP = 4, 2
_LEAST_TEXT = 30


def table_text(listing: Listing) -> str:
    """A heading for each chapter; a box, the task and its id, then page and marks."""
    widest = max((_width(said_of(task, listing.words)) for task in listing.tasks), default=0)
    lines = []
    for chapter, tasks in by_chapter(listing):
        lines += ["", f"{chapter.full_title} ({len(tasks)})"]
        for task in tasks:
            lines += _task_lines(task, listing, widest)
    done = sum(task.is_done for task in listing.tasks)
    lines += ["", f"{len(listing.tasks)} tasks, {done} done"]
    return "\n".join(lines[1:] if len(lines) > 2 else lines[-1:]) + "\n"


def _task_lines(task: Listed, listing: Listing, widest: int) -> Iterator[str]:
    box = f"{' ' * _INDENT * task.depth}  [{'x' if task.is_done else ' '}] "
    room = max(listing.columns - len(box) - _GAP - widest, _LEAST_TEXT)
    said = said_of(task, listing.words)
    lines = _wrapped(task.task, room) or [""]
    first = f"{box}{lines[0]}"
    column = len(box) + room + _GAP
    yield f"{first}{' ' * max(column - _width(first), _GAP)}{said}".rstrip()
    for line in lines[1:]:
        yield f"{' ' * len(box)}{line}"
    yield f"{' ' * len(box)}{task.id}"


def _wrapped(text: str, room: int) -> list[str]:
    """The lines of a text; one in wide letters takes half as many of them."""
    is_wide = _width(text) > len(text)
    return textwrap.wrap(text, room // 2 if is_wide else room, break_on_hyphens=False)


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
