"""The list of tasks as JSON and CSV, one record a task."""

import json

from builder.csv_text import csv_text
from builder.tasks.listing import Listed, Listing

_FIELDS = (
    "id",
    "chapter",
    "number",
    "title",
    "page",
    "task",
    "under",
    "week",
    "day",
    "minutes",
    "done",
    "notes",
)
_Value = str | int | bool | None


def json_records(listing: Listing) -> str:
    """One JSON object; it can be read as the state of the book."""
    record = {
        "book": listing.urn,
        "title": listing.title,
        "tasks": [_record(task) for task in listing.tasks],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def csv_records(listing: Listing) -> str:
    """A table with a row of names on top (RFC 4180)."""
    records = (_record(task) for task in listing.tasks)
    rows = ([_cell(record[name]) for name in _FIELDS] for record in records)
    return csv_text([_FIELDS, *rows])


def _record(task: Listed) -> dict[str, _Value]:
    values = (
        task.id,
        task.chapter.id,
        task.chapter.caption,
        task.chapter.title,
        task.page,
        task.task,
        task.under,
        task.marks.week,
        task.marks.day,
        task.marks.minutes,
        task.is_done,
        task.notes,
    )
    return dict(zip(_FIELDS, values, strict=True))


def _cell(value: _Value) -> str | int:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
