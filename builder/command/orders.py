"""What the commands ask of the pipeline.

Each function imports what it needs of the builder, so that help and completion answer at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from builder.command.options import settings_of

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from builder.build import Proof
    from builder.command.session import Pipeline
    from builder.command.settings import Settings
    from builder.config import OutputName, Profile
    from builder.request import BookletAsked, ChecklistsAsked, Progress, Report, Request


def build(
    context: click.Context,
    outputs: tuple[OutputName, ...],
    *,
    checklists: ChecklistsAsked | None = None,
    booklet: BookletAsked | None = None,
    validate: bool = False,
    profile: Profile | None = None,
) -> int:
    """Build what is asked for, or what the book asks for; returns the exit code."""
    from builder.command.session import run

    settings = settings_of(context)

    def work(root: Path, progress: Progress) -> Report:
        from builder.command.settings import check_out, open_store, read_epoch
        from builder.request import BookletAsked, ChecklistsAsked, Request

        request = Request(
            root=root,
            out=check_out(settings.out),
            outputs=outputs,
            strict=settings.strict,
            theme=settings.theme,
            checklists=checklists or ChecklistsAsked(),
            booklet=booklet or BookletAsked(),
            edition=settings.edition,
            epoch=read_epoch(os.environ),
            validate=validate,
            profile=profile,
            jobs=settings.jobs,
            store=open_store(settings),
        )
        return pipeline_of(context).build(request, progress)

    return run(settings, work)


def look(
    context: click.Context, root: Path, progress: Progress, state: Path | None = None
) -> Proof:
    """The book laid out to look at."""
    request = request_of(settings_of(context), root, state)
    return pipeline_of(context).proof(request, progress)


def inspect(
    context: click.Context, root: Path, progress: Progress, state: Path | None = None
) -> Report:
    """All that can be checked: the manuscript, the e-book as EPUBCheck sees it, the pages."""
    from dataclasses import replace

    # One request for both, so that the pages are laid out once.
    request = request_of(settings_of(context), root, state)
    checked = pipeline_of(context).check(replace(request, validate=True), progress)
    laid = pipeline_of(context).proof(request, progress).report
    timings = {**checked.timings, **laid.timings}
    return replace(laid, findings=(*checked.findings, *laid.findings), timings=timings)


def request_of(settings: Settings, root: Path, state: Path | None) -> Request:
    """What is asked where nothing is to be built."""
    from builder.command.settings import open_store
    from builder.request import ChecklistsAsked, Request

    return Request(
        root=root,
        out=settings.out,
        outputs=("pdf",),
        strict=settings.strict,
        theme=settings.theme,
        edition=settings.edition,
        checklists=ChecklistsAsked(state=state),
        jobs=settings.jobs,
        store=open_store(settings),
    )


def pipeline_of(context: click.Context) -> Pipeline:
    """The functions that do the work: those that the program was given, else the real ones."""
    from builder.command.session import load_pipeline

    given: Pipeline | None = context.obj
    return given or load_pipeline()
