"""When tasks are to be done, as far as their marks say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from builder.book import Item, Marks

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A task, the one that it is nested under, how deep, and its marks.

    Where it says nothing of week and day, ``marks`` has those of the task above it.
    """

    item: Item
    under: Item | None
    depth: int
    marks: Marks


def dated(
    items: Iterable[Item], above: Marks | None = None, under: Item | None = None, depth: int = 0
) -> Iterator[Dated]:
    """Every task, each before those under it."""
    for item in items:
        marks = inherited(item.marks, above or Marks())
        yield Dated(item, under, depth, marks)
        yield from dated(item.items, marks, item, depth + 1)


def last_day(marks: Marks) -> int | None:
    """The day, counted from 1, by which a task is to be done; the last of its week."""
    if marks.week is None:
        return marks.day
    return (marks.week - 1) * DAYS_A_WEEK + (marks.day or DAYS_A_WEEK)


def due_date(marks: Marks, start: date | None) -> date | None:
    """The date by which a task is to be done, where the first day has one."""
    day = last_day(marks)
    return start + timedelta(days=day - 1) if start and day else None


def week_and_day(marks: Marks) -> tuple[int | None, int | None]:
    """The week and the day of that week; a day of all days is one of its week as well."""
    if marks.week is not None or marks.day is None:
        return marks.week, marks.day
    weeks, day = divmod(marks.day - 1, DAYS_A_WEEK)
    return weeks + 1, day + 1


def inherited(own: Marks, above: Marks) -> Marks:
    """The marks of a task under another, whose week and day it shares where it names none."""
    if own.week is None and own.day is None:
        return replace(own, week=above.week, day=above.day)
    if own.week is None and above.week is not None and own.day and own.day <= DAYS_A_WEEK:
        # A day under a week is one of that week.
        return replace(own, week=above.week)
    return own
