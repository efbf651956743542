"""The options of the printable checklists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.command.asked import Asked, added

if TYPE_CHECKING:  # help and completion answer at once
    from builder.request import ChecklistsAsked

# As in builder.config, which takes long to import.
SHAPES = ("pages", "cards", "fold", "poster", "planner", "booklet")
PAPERS = ("a4", "a5", "letter", "a3")
EDGES = ("long", "short")
FORMATS = ("json", "csv")
_ASKED = Asked("builder.checklists")

checklist_options = added(
    (
        _ASKED.option(
            "--shape",
            "shapes",
            type=click.Choice(SHAPES, case_sensitive=False),
            multiple=True,
            help="The shape of the set [pages]; each that is named makes a file.",
        ),
        _ASKED.choice("--paper", PAPERS, "Paper size [a4]."),
        _ASKED.option(
            "--chapter",
            "chapters",
            multiple=True,
            metavar="CHAPTER",
            help="Only this chapter, by number, id or title; may be repeated.",
        ),
        _ASKED.option(
            "--per-sheet",
            type=click.IntRange(1, 2),
            metavar="N",
            help="Pages on a sheet: 2 are half as large, side by side.",
        ),
        _ASKED.choice("--duplex", EDGES, "The edge over which the printer turns a sheet [long]."),
        _ASKED.switch("large-print", "All type of 18 pt and more, in black on white."),
        _ASKED.switch("ink-saver", "Outlines alone, and nothing filled."),
        _ASKED.option(
            "--weeks",
            type=click.IntRange(1, 104),
            metavar="N",
            help="Spread the planner over N weeks.",
        ),
        _ASKED.switch("exercises", "The exercises of each chapter on pages behind its list."),
        _ASKED.switch("fillable", "Form fields to tick and to write in on a screen."),
        _ASKED.option(
            "--state",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Tick what this file says is done.",
        ),
    )
)

read_options = added(
    (
        click.option(
            "--read",
            "filled",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Instead, tell what was filled in and saved in this PDF.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS, case_sensitive=False),
            help="Print what was read for other programs.",
        ),
        click.option(
            "-o",
            "--output",
            "target",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Write what was read to this file.",
        ),
    )
)


def refuse_mixture(context: click.Context, is_read: bool, *given: object) -> None:
    """Raise a usage error where options to read and to make checklists stand together."""
    if is_read and _ASKED.given(context):
        raise click.UsageError("--read goes with --format and -o alone", context)
    if not is_read and any(given):
        raise click.UsageError("--format and -o say how to tell what --read has read", context)


def asked_of(context: click.Context) -> ChecklistsAsked:
    """What the options say."""
    from builder.request import ChecklistsAsked

    return ChecklistsAsked(**_ASKED.given(context))  # type: ignore[arg-type] # as the options
