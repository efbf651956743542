"""All tasks of a book as a list for people and for other programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from builder.book import Numbered
from builder.schedule import dated
from builder.state import State
from builder.tasks.calendar import calendar_text
from builder.tasks.listing import Listed, Listing
from builder.tasks.markdown import markdown_text
from builder.tasks.records import csv_records, json_records
from builder.tasks.table import table_text
from builder.tasks.todo_txt import todo_text

FormatName = Literal["table", "json", "csv", "md", "todo.txt", "ics"]

FORMATS: Mapping[FormatName, Callable[[Listing], str]] = {
    "table": table_text,
    "json": json_records,
    "csv": csv_records,
    "md": markdown_text,
    "todo.txt": todo_text,
    "ics": calendar_text,
}


def list_tasks(
    chapters: Iterable[Numbered], folios: Mapping[str, str], state: State | None = None
) -> tuple[Listed, ...]:
    """The tasks of some chapters; ``folios`` has the page of every id, as printed."""
    notes = {task.id: task.notes for task in state.tasks} if state else {}
    return tuple(task for numbered in chapters for task in _tasks_of(numbered, folios, notes))


def _tasks_of(
    numbered: Numbered, folios: Mapping[str, str], notes: Mapping[str, str]
) -> Iterator[Listed]:
    for checklist in numbered.chapter.checklists:
        for task in dated(checklist.items):
            item = task.item
            yield Listed(
                id=item.id,
                chapter=numbered,
                page=folios.get(item.id, ""),
                task=item.text,
                under=task.under.id if task.under else "",
                depth=task.depth,
                marks=item.marks,
                when=task.marks,
                is_done=item.is_done,
                notes=notes.get(item.id, ""),
            )
