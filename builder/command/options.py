"""The options that the commands share, and the settings that they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # help and completion answer at once
    from builder.command.settings import Settings

_GIVEN = "builder.given"
EDITIONS = ("reader", "leader")
PROFILES = ("generic", "kindle", "kobo", "apple")
_Function = Callable[..., int | None]


def common(*names: str) -> Callable[[_Function], _Function]:
    """Add the common options of these names, or all, to a command."""

    def add(command: _Function) -> _Function:
        for name, option in reversed(_COMMON.items()):
            if name in names or not names:
                command = option(command)
        return command

    return add


def settings_of(context: click.Context) -> Settings:
    """What the common options say, wherever they stood."""
    from builder.command.settings import Settings

    return Settings(**context.meta.get(_GIVEN, {}))


def refuse_strays(context: click.Context, command: click.Command) -> None:
    """Raise a usage error where an option stands before a command that has no use for it."""
    known = {option.name for option in command.params}
    for option in context.command.params:
        if option.name in context.meta.get(_GIVEN, {}) and option.name not in known:
            raise click.UsageError(f"{option.opts[-1]} means nothing to {command.name}", context)


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    """Keep a common option; it may stand before the command or behind it, there it wins."""
    if value:
        context.meta.setdefault(_GIVEN, {})[option.name] = value


def _folder(name: str, text: str) -> Callable[[_Function], _Function]:
    kind = click.Path(path_type=Path)
    return click.option(
        name, type=kind, metavar="DIR", help=text, callback=_remember, expose_value=False
    )


def _flag(*names: str, text: str) -> Callable[[_Function], _Function]:
    return click.option(*names, is_flag=True, help=text, callback=_remember, expose_value=False)


_COMMON: dict[str, Callable[[_Function], _Function]] = {
    "book": _folder("--book", "The book's folder [book, else the current folder]."),
    "out": _folder("--out", "Where the files are written [out]."),
    "strict": _flag("--strict", text="Count warnings as errors."),
    "theme": click.option(
        "--theme",
        metavar="NAME",
        help="The theme, or a folder of the book with one [that of book.toml].",
        callback=_remember,
        expose_value=False,
    ),
    "json": _flag("--json", "as_json", text="Print one JSON object: outputs, findings, timings."),
    "quiet": _flag("-q", "--quiet", text="Say nothing but errors."),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Work in N processes at most [the cores].",
        callback=_remember,
        expose_value=False,
    ),
    "edition": click.option(
        "--edition",
        type=click.Choice(EDITIONS),
        help="For whom: the leader's has text of its own [the book's, else reader].",
        callback=_remember,
        expose_value=False,
    ),
    "cache": _folder("--cache", "Where work is kept for the next build [the user's cache]."),
    "no_cache": _flag("--no-cache", text="Keep nothing, and use nothing that was kept."),
    "verbose": _flag("-v", "--verbose", text="Say what is going on, and how long it took."),
}
