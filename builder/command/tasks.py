"""``build-book tasks``: all tasks of a book, for people and for other programs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # help and completion answer at once
    from builder.build import Proof
    from builder.diagnostics import Outcome
    from builder.tasks import FormatName

# As in builder.tasks, which takes long to import.
FORMATS = ("table", "json", "csv", "md", "todo.txt", "ics")
_Function = Callable[..., int | None]


@dataclass(frozen=True, slots=True)
class TasksAsked:
    """The options of the command; ``epoch`` stands for now, ``columns`` is a line's width."""

    form: FormatName
    chapters: tuple[str, ...]
    start: datetime.date | None
    epoch: datetime.datetime | None
    columns: int


class _Day(click.ParamType[datetime.date]):
    """A day as ISO 8601 has it."""

    name = "day"

    def convert(
        self, value: str, param: click.Parameter | None, context: click.Context | None
    ) -> datetime.date:
        """The day, if it is one of the calendar."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day such as 2026-01-05", param, context)


def tasks_options(command: _Function) -> _Function:
    """Add the options of the list of tasks to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def tasks_text(proof: Proof, asked: TasksAsked) -> Outcome[str]:
    """The list of the tasks of a book that is laid out.

    Raises ``BuildFailed`` (exit code 2) where a chapter that is asked for has none.
    """
    from builder.diagnostics import Outcome
    from builder.render.checklists.picking import pick_chapters
    from builder.request import stamp_of
    from builder.state.compare import with_state
    from builder.tasks import FORMATS, list_tasks
    from builder.tasks.listing import Listing
    from builder.words import words_of

    state, config = proof.state.value, proof.book.config
    book = with_state(proof.book, state) if state else proof.book
    chapters = pick_chapters(book, asked.chapters)
    listing = Listing(
        title=config.title,
        urn=config.urn,
        words=words_of(config.language),
        tasks=list_tasks(chapters, proof.settled.folios, state),
        stamp=stamp_of(config.date, asked.epoch),
        start=asked.start,
        columns=asked.columns,
    )
    return Outcome(FORMATS[asked.form](listing), proof.state.findings)


_OPTIONS: tuple[Callable[[_Function], _Function], ...] = (
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS, case_sensitive=False),
        default="table",
        help="The form of the list [table].",
    ),
    click.option(
        "-o",
        "--output",
        "file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write the list to this file [the terminal].",
    ),
    click.option(
        "--chapter",
        "chapters",
        multiple=True,
        metavar="CHAPTER",
        help="Only this chapter, by number, id or title; may be repeated.",
    ),
    click.option(
        "--start",
        type=_Day(),
        metavar="DATE",
        help="The first day, 2026-01-05: weeks and days become dates (todo.txt, ics).",
    ),
    click.option(
        "--state",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Tick what this file says is done.",
    ),
)
