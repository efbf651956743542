"""Options that belong together, remembered as one thing that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click

_Function = Callable[..., int | None]
_Option = Callable[[_Function], _Function]


@dataclass(frozen=True, slots=True)
class Asked:
    """Options under one key of a command's context; what is not given is not remembered."""

    key: str

    def option(self, *names: str, **facts: object) -> _Option:
        """One option."""
        return click.option(*names, callback=self._remember, expose_value=False, **facts)  # type: ignore[arg-type] # handed on

    def choice(self, name: str, choices: tuple[str, ...], text: str) -> _Option:
        """An option with some values, in any case."""
        return self.option(name, type=click.Choice(choices, case_sensitive=False), help=text)

    def switch(self, name: str, text: str) -> _Option:
        """An option that is on, off, or left to the configuration."""
        return self.option(f"--{name}/--no-{name}", is_flag=True, default=None, help=text)

    def given(self, context: click.Context) -> Mapping[str, object]:
        """What was given, by the names of the options."""
        found: Mapping[str, object] = context.meta.get(self.key, {})
        return found

    def _remember(self, context: click.Context, option: click.Parameter, value: object) -> None:
        if value not in (None, ()):
            context.meta.setdefault(self.key, {})[option.name] = value


def added(options: tuple[_Option, ...]) -> _Option:
    """All of these options on a command, in their order."""

    def add(command: _Function) -> _Function:
        for option in reversed(options):
            command = option(command)
        return command

    return add
