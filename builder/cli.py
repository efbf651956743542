"""Click commands: options in, report out, exit code.

Each function imports what it needs of the builder, so that help and completion answer at once.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

from builder import __version__
from builder.command.booklet import booklet_asked, booklet_options
from builder.command.checklists import asked_of, checklist_options, read_options, refuse_mixture
from builder.command.options import PROFILES, common, refuse_strays, settings_of
from builder.command.orders import build, inspect, look, pipeline_of, request_of
from builder.command.tasks import TasksAsked, tasks_options, tasks_text

if TYPE_CHECKING:
    from datetime import date

    from builder.command.session import Pipeline
    from builder.config import OutputName, Profile
    from builder.diagnostics import Outcome
    from builder.request import Progress
    from builder.tasks import FormatName

NAME = "build-book"
# A build makes trees of a million objects and hardly a cycle among them: to look for cycles
# as often as small programs do would take it a tenth of its time.
_OBJECTS = 500_000


class _Commands(click.Group):
    """The commands in the order in which an author meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)


def main(arguments: Sequence[str] | None = None, pipeline: Pipeline | None = None) -> int:
    """Run a command line; returns the exit code."""
    gc.set_threshold(_OBJECTS)
    try:
        code = cli.main(arguments, prog_name=NAME, standalone_mode=False, obj=pipeline)
    except click.UsageError as error:
        from builder.command.session import refuse
        from builder.command.usage import usage_finding

        return refuse(usage_finding(error, cli, NAME))
    except click.Abort:
        from builder.command.session import INTERRUPTED

        click.echo("interrupted", err=True)
        return INTERRUPTED
    return int(code or 0)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog=f"Example: {NAME} --book my-book --out made",
)
@common()
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> int | None:
    """Build a book from Markdown and CSS: a paginated PDF, an EPUB, printable checklists.

    Without a command, everything is built that the book's book.toml asks for.
    """
    if context.invoked_subcommand is None:
        return build(context, ())
    refuse_strays(context, cli.commands[context.invoked_subcommand])
    return None


@cli.command(epilog=f"Example: {NAME} pdf --booklet --paper a4 --fit")
@booklet_options
@common()
@click.pass_context
def pdf(context: click.Context, booklet: bool) -> int:
    """Build the paginated book, and on demand a booklet of it."""
    outputs: tuple[OutputName, ...] = ("pdf", "booklet") if booklet else ("pdf",)
    return build(context, outputs, booklet=booklet_asked(context, booklet))


@cli.command(epilog=f"Example: {NAME} epub --validate")
@click.option(
    "--for",
    "profile",
    type=click.Choice(PROFILES, case_sensitive=False),
    help="Whose guidelines to follow [those of book.toml, else generic].",
)
@click.option("--validate", is_flag=True, help="Have EPUBCheck judge it; write no faulty one.")
@common()
@click.pass_context
def epub(context: click.Context, profile: Profile | None, validate: bool) -> int:
    """Build the e-book."""
    return build(context, ("epub",), validate=validate, profile=profile)


@cli.command(epilog=f"Example: {NAME} checklists --shape cards --shape planner --weeks 12")
@checklist_options
@read_options
@common()
@click.pass_context
def checklists(
    context: click.Context, filled: Path | None, form: str | None, target: Path | None
) -> int:
    """Build the checklists to print, a page each or in other shapes, or to fill in."""
    refuse_mixture(context, filled is not None, form, target)
    if filled is None:
        return build(context, ("checklists",), checklists=asked_of(context))
    from builder.command.filled import FilledAsked, tell_filled
    from builder.command.session import Told, ask_about

    settings = settings_of(context)
    asked = FilledAsked(filled, "json" if settings.as_json else form or "", target)

    def ask(root: Path, progress: Progress, columns: int) -> Told:
        books = pipeline_of(context).resolve(request_of(settings, root, None), progress)
        return tell_filled(asked, books, columns)

    return ask_about(settings, ask, target)


@cli.command(epilog=f"Example: {NAME} check --pages --json")
@click.option("--pages", is_flag=True, help="Lay the book out as well, and look at its pages.")
@click.option("--full", is_flag=True, help="The same, and have EPUBCheck judge the e-book.")
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold this file of what is done against the book as well.",
)
@common("book", "strict", "theme", "json", "quiet", "verbose", "jobs", "cache", "no_cache")
@click.pass_context
def check(context: click.Context, pages: bool, full: bool, state: Path | None) -> int:
    """Report what is wrong with the book; build nothing."""
    from builder.command.session import run

    settings = settings_of(context)
    if full:
        return run(settings, lambda root, on: inspect(context, root, on, state))
    if pages:
        return run(settings, lambda root, on: look(context, root, on, state).report)
    check_book = pipeline_of(context).check
    return run(settings, lambda root, on: check_book(request_of(settings, root, state), on))


@cli.command(epilog=f"Example: {NAME} tasks --format csv -o tasks.csv")
@tasks_options
@common("book", "theme", "quiet", "verbose", "jobs", "edition", "cache", "no_cache")
@click.pass_context
def tasks(
    context: click.Context,
    form: FormatName,
    file: Path | None,
    chapters: tuple[str, ...],
    start: date | None,
    state: Path | None,
) -> int:
    """List the tasks of the book, with their pages, for people or for other programs."""
    from builder.command.session import hand_out
    from builder.command.settings import read_epoch

    def ask(root: Path, progress: Progress, columns: int) -> Outcome[str]:
        asked = TasksAsked(form, chapters, start, read_epoch(os.environ), columns)
        return tasks_text(look(context, root, progress, state), asked)

    return hand_out(settings_of(context), ask, file)


@cli.command(epilog=f"Example: {NAME} where part-1/03-water.md:41")
@click.argument("spot", metavar="PAGE|FILE[:LINE]")
@common("book", "theme", "json", "quiet", "verbose", "jobs", "edition", "cache", "no_cache")
@click.pass_context
def where(context: click.Context, spot: str) -> int:
    """Say what of the manuscript lies on a page, or on which page a line of it lies."""
    from builder.command.session import answer
    from builder.command.where import where_json, where_text

    def ask(root: Path, progress: Progress) -> str:
        proof = look(context, root, progress)
        find = where_json if settings.as_json else where_text
        return find(proof.book, proof.settled, spot)

    settings = settings_of(context)
    return answer(settings, ask)


@cli.command(epilog=f"Example: {NAME} new my-book")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@common("quiet")
@click.pass_context
def new(context: click.Context, folder: Path) -> int:
    """Start a small book that builds at once and shows the syntax."""
    from builder.command.new import start_book
    from builder.command.session import attempt

    return attempt(settings_of(context), lambda: start_book(folder))


@cli.command(epilog=f"Example: {NAME} themes --json")
@common("json")
@click.pass_context
def themes(context: click.Context) -> int:
    """List the themes that there are."""
    from builder.command.session import tell
    from builder.command.themes import themes_told

    settings = settings_of(context)
    return tell(settings, themes_told(settings.as_json))


@cli.command(epilog=f"Example: {NAME} clean --book my-book --out made")
@click.option(
    "--cache",
    "cache",
    is_flag=False,
    flag_value="",
    metavar="[DIR]",
    help="Instead, remove what builds have kept for the next.",
)
@common("book", "out", "quiet")
@click.pass_context
def clean(context: click.Context, cache: str | None) -> int:
    """Remove what was built for the book, and nothing else."""
    from builder.command import clean as cleaning
    from builder.command.session import attempt

    settings = settings_of(context)
    return attempt(settings, lambda: cleaning.clean(settings, cache))


@cli.command(epilog=f'Example: eval "$({NAME} completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a script that completes commands and options in a shell."""
    make = get_completion_class(shell)
    assert make is not None, "click knows these three shells"
    click.echo(make(cli, {}, NAME, "_BUILD_BOOK_COMPLETE").source())
    return 0
