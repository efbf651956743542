"""What every form of the list of tasks is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from builder.book import Marks, Numbered
from builder.parse.mark_spans import mark_words
from builder.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One task: ``marks`` are its own, ``when`` has week and day of the task above as well.

    ``under`` is the id of the task above, ``page`` the folio in the book; both may be empty.
    """

    id: str
    chapter: Numbered
    page: str
    task: str
    under: str
    depth: int
    marks: Marks
    when: Marks
    is_done: bool
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The tasks of a book, whose they are, and what a form may want besides.

    ``start`` is the first day where there is one, ``stamp`` stands for now, and ``columns``
    is how wide a line for people is.
    """

    title: str
    urn: str
    words: Words
    tasks: tuple[Listed, ...]
    stamp: datetime
    start: date | None = None
    columns: int = 100


def by_chapter(listing: Listing) -> Iterator[tuple[Numbered, tuple[Listed, ...]]]:
    """The tasks of each chapter."""
    for _, group in groupby(listing.tasks, key=lambda task: task.chapter.id):
        tasks = tuple(group)
        yield tasks[0].chapter, tasks


def said_of(task: Listed, words: Words) -> str:
    """Page and marks of a task in words: ``page 47, week 2, 20 min``."""
    page = [words.page.format(page=task.page)] if task.page else []
    return words.mark_between.join([*page, *mark_words(task.marks, words)])
