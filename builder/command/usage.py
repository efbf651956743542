"""Mistakes on the command line as findings, with the nearest thing that there is."""

import difflib
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from builder.diagnostics import Diagnostic

# What people type who know other tools, and what it is here.
_OTHER_NAMES = {
    "all": "build-book",
    "build": "build-book",
    "create": "build-book new",
    "help": "build-book --help",
    "init": "build-book new",
    "lint": "build-book check",
    "validate": "build-book check",
}


def usage_finding(error: click.UsageError, program: click.Group, name: str) -> Diagnostic:
    """What is wrong with a command line of a program of this name."""
    path = error.ctx.command_path if error.ctx else name
    see = f"see: {path} --help"
    if isinstance(error, click.NoSuchCommand):
        return unknown_command(error.command_name, list(program.commands), see)
    if isinstance(error, click.NoSuchOption):
        return unknown_option(error.option_name, path, _options(program, name), see)
    return misuse(error.format_message(), see)


def unknown_command(name: str, known: Sequence[str], see: str) -> Diagnostic:
    """A word that is no command: a folder, another tool's word, or a slip of the fingers."""
    names = {command: f"build-book {command}" for command in known} | _OTHER_NAMES
    near = difflib.get_close_matches(name.lower(), names, n=1)
    if Path(name).is_dir():
        hint = f"to build the book in a folder: build-book --book {shlex.quote(name)}"
    else:
        hint = f'did you mean "{names[near[0]]}"?' if near else see
    return Diagnostic("unknown-command", f'no such command: "{name}"', None, hint)


def unknown_option(
    name: str, command: str, options: Mapping[str, Sequence[str]], see: str
) -> Diagnostic:
    """An option that a command does not have: another's, or a slip; ``options`` by command."""
    own = options.get(command, ())
    others = {flag: other for other in reversed([*options]) for flag in options[other]}
    near = difflib.get_close_matches(name, own, n=1)
    far = difflib.get_close_matches(name, others, n=1)
    hint = see
    if near and name not in others:
        hint = f'did you mean "{near[0]}"?'
    elif far:
        hint = f"did you mean: {others[far[0]]} {far[0]}"
    return Diagnostic("unknown-option", f'no such option: "{name}"', None, hint)


def misuse(message: str, see: str) -> Diagnostic:
    """Any other mistake, in the words of the command line's library."""
    text = message.strip().rstrip(".")
    return Diagnostic("usage", text[:1].lower() + text[1:], None, see)


def _options(program: click.Group, name: str) -> Mapping[str, Sequence[str]]:
    """The options of each command, and of the program itself."""
    commands = {name: program} | {f"{name} {each}": it for each, it in program.commands.items()}
    return {
        path: [flag for option in command.params for flag in option.opts]
        for path, command in commands.items()
    }
