"""The list of tasks in the format todo.txt, one line a task.

See https://github.com/todotxt/todo.txt: ``x`` for done, ``+project``, ``@context``, ``key:value``.
"""

import re
from collections.abc import Iterator

from builder.schedule import due_date
from builder.tasks.listing import Listed, Listing

# What at the beginning of a line would be read as done, as a priority, or as a date.
_MEANS_MORE = re.compile(r"x |\([A-Z]\) |\d{4}-\d{2}-\d{2}\b")
# What within it would be read as a project or a context.
_TAG = re.compile(r"(?:(?<=\s)|\A)([+@])(?=\S)")


def todo_text(listing: Listing) -> str:
    """The chapter is the project, the marks are contexts; dates only from a first day."""
    return "".join(f"{_line(task, listing)}\n" for task in listing.tasks)


def _line(task: Listed, listing: Listing) -> str:
    text = _TAG.sub(r"\1 ", task.task)
    words = [text, f"+{task.chapter.id}", *_tags(task, listing)]
    if _MEANS_MORE.match(text):
        words[:2] = [words[1], words[0]]
    return " ".join((*(["x"] if task.is_done else []), *words))


def _tags(task: Listed, listing: Listing) -> Iterator[str]:
    if task.when.week is not None:
        yield f"@week-{task.when.week}"
    if task.when.day is not None:
        yield f"@day-{task.when.day}"
    if due := due_date(task.when, listing.start):
        yield f"due:{due.isoformat()}"
    if task.marks.minutes is not None:
        yield f"min:{task.marks.minutes}"
    if task.page:
        yield f"page:{task.page}"
    if task.under:
        yield f"under:{task.under}"
    yield f"id:{task.id}"
