"""The options of the book imposed as a booklet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from builder.command.asked import Asked, added
from builder.command.checklists import EDGES, PAPERS

if TYPE_CHECKING:  # help and completion answer at once
    from builder.request import BookletAsked

_ASKED = Asked("builder.booklet")
# As in builder.config, which takes long to import.
CREEP = r"^\d+(\.\d+)?(mm|cm|in|pt)$"


class _Length(click.ParamType[str]):
    """A length with its unit."""

    name = "length"

    def convert(
        self, value: str, param: click.Parameter | None, context: click.Context | None
    ) -> str:
        """The length as it stands, if it is one."""
        if not re.fullmatch(CREEP, value):
            self.fail(f"{value!r} is not a length such as 0.1mm", param, context)
        return value


booklet_options = added(
    (
        click.option(
            "--booklet", is_flag=True, help="Also the pages on sheets, to fold and to staple."
        ),
        _ASKED.choice("--paper", PAPERS, "The sheets of the booklet [the smallest that will do]."),
        _ASKED.option(
            "--signature",
            type=click.IntRange(min=0),
            metavar="N",
            help="Put N sheets into each other and sew these together [0: all of them].",
        ),
        _ASKED.option(
            "--creep",
            type=_Length(),
            metavar="LENGTH",
            help="Move the pages of each sheet inwards, beyond the one around it [0mm].",
        ),
        _ASKED.choice("--duplex", EDGES, "The edge over which the printer turns a sheet [long]."),
        _ASKED.switch("fit", "Make pages smaller that are too large for half a sheet."),
    )
)


def booklet_asked(context: click.Context, is_wanted: bool) -> BookletAsked:
    """What the options say; raises a usage error where there is no booklet to say it of."""
    from builder.request import BookletAsked

    given = _ASKED.given(context)
    if given and not is_wanted:
        name = next(iter(given))
        raise click.UsageError(f"--{name} means nothing without --booklet", context)
    return BookletAsked(**given)  # type: ignore[arg-type] # the names are those of the options
