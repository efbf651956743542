"""What was filled in, as a table for other programs."""

from collections.abc import Iterator

from builder.csv_text import csv_text
from builder.state import State

_NAMES = ("id", "chapter", "task", "done", "notes")


def state_csv(state: State) -> str:
    """A row a task (RFC 4180), and one for each text that stands beside no task."""
    return csv_text([_NAMES, *_rows(state)])


def _rows(state: State) -> Iterator[tuple[str, ...]]:
    for task in state.tasks:
        done = "true" if task.done else "false"
        yield task.id, task.chapter, task.task, done, task.notes
    for place, text in sorted(state.fields.items()):
        yield place, place.partition("/")[2].partition(".")[0], "", "", text
