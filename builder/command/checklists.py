"""The options of the printable checklists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # help and completion answer at once
    from builder.request import ChecklistsAsked

# As in builder.config, which takes long to import.
SHAPES = ("pages", "cards", "fold", "poster", "booklet")
PAPERS = ("a4", "a5", "letter", "a3")
EDGES = ("long", "short")
FORMATS = ("json", "csv")
_ASKED = "builder.checklists"
_Function = Callable[..., int | None]


def checklist_options(command: _Function) -> _Function:
    """Add the options of the printable checklists to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_options(command: _Function) -> _Function:
    """Add the options with which checklists are read and not made."""
    for option in reversed(_READING):
        command = option(command)
    return command


def refuse_mixture(context: click.Context, is_read: bool, *given: object) -> None:
    """Raise a usage error where options to read and to make checklists stand together."""
    if is_read and context.meta.get(_ASKED):
        raise click.UsageError("--read goes with --format and -o alone", context)
    if not is_read and any(given):
        raise click.UsageError("--format and -o say how to tell what --read has read", context)


def asked_of(context: click.Context) -> ChecklistsAsked:
    """What the options say."""
    from builder.request import ChecklistsAsked

    return ChecklistsAsked(**context.meta.get(_ASKED, {}))


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    if value not in (None, ()):
        context.meta.setdefault(_ASKED, {})[option.name] = value


def _option(*names: str, **facts: object) -> Callable[[_Function], _Function]:
    return click.option(*names, callback=_remember, expose_value=False, **facts)  # type: ignore[arg-type] # handed on


def _choice(name: str, choices: tuple[str, ...], text: str) -> Callable[[_Function], _Function]:
    return _option(name, type=click.Choice(choices, case_sensitive=False), help=text)


def _switch(name: str, text: str) -> Callable[[_Function], _Function]:
    return _option(f"--{name}/--no-{name}", is_flag=True, default=None, help=text)


_OPTIONS = (
    _option(
        "--shape",
        "shapes",
        type=click.Choice(SHAPES, case_sensitive=False),
        multiple=True,
        help="The shape of the set [pages]; each that is named makes a file.",
    ),
    _choice("--paper", PAPERS, "Paper size [a4]."),
    _option(
        "--chapter",
        "chapters",
        multiple=True,
        metavar="CHAPTER",
        help="Only this chapter, by number, id or title; may be repeated.",
    ),
    _option(
        "--per-sheet",
        type=click.IntRange(1, 2),
        metavar="N",
        help="Pages on a sheet: 2 are half as large, side by side.",
    ),
    _choice("--duplex", EDGES, "The edge over which the printer turns a sheet [long]."),
    _switch("large-print", "All type of 18 pt and more, in black on white."),
    _switch("ink-saver", "Outlines alone, and nothing filled."),
    _option(
        "--weeks", type=click.IntRange(1, 104), metavar="N", help="Spread the planner over N weeks."
    ),
    _switch("fillable", "Form fields to tick and to write in on a screen."),
    _option(
        "--state",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Tick what this file says is done.",
    ),
)
_READING = (
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
