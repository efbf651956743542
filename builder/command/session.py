"""One run on one book: the work, what is shown of it, and the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from builder.command import console
from builder.command.screen import Screen, open_screen
from builder.command.settings import Settings, book_folder, find_book
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, Severity, has_errors
from builder.write import write_all

if TYPE_CHECKING:  # the pipeline takes long to import, and --help has no use for it
    from builder.build import Proof
    from builder.request import Progress, Report, Request

WRONG_USAGE, INTERRUPTED = 2, 130


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The functions that do the work."""

    build: Callable[[Request, Progress], Report]
    check: Callable[[Request, Progress], Report]
    proof: Callable[[Request, Progress], Proof]


def load_pipeline() -> Pipeline:
    """The real functions, imported when there is something for them to do."""
    from builder.recall import build

    return Pipeline(build, _check, _proof)


def _check(request: Request, progress: Progress) -> Report:
    from builder.build import check

    return check(request, progress)


def _proof(request: Request, progress: Progress) -> Proof:
    from builder.build import proof

    return proof(request, progress)


def run(settings: Settings, work: Callable[[Path, Progress], Report]) -> int:
    """Do the work on the book, show what came of it, and return the exit code."""
    began, screen = perf_counter(), _screen(settings)
    root = book_folder(settings.book)
    try:
        with screen.progress() as progress:
            report, code = work(find_book(settings.book), progress), 0
    except BuildFailed as failure:
        report, code = _without_outputs(failure), failure.exit_code
    except KeyboardInterrupt:
        screen.warn("interrupted")
        return INTERRUPTED
    code = code or _verdict(report, settings)
    closing = console.failure_text if code else console.closing_text
    screen.show_report(report, root, code, closing(report, perf_counter() - began))
    return code


def answer(settings: Settings, ask: Callable[[Path, Progress], str]) -> int:
    """Ask something about the book, print the answer, and return the exit code."""
    screen = _screen(settings)
    try:
        with screen.progress() as progress:
            said = ask(find_book(settings.book), progress)
    except BuildFailed as failure:
        screen.show_findings(failure.findings, book_folder(settings.book))
        return failure.exit_code
    except KeyboardInterrupt:
        screen.warn("interrupted")
        return INTERRUPTED
    screen.answer(said)
    return 0


def hand_out(
    settings: Settings, ask: Callable[[Path, Progress, int], Outcome[str]], file: Path | None
) -> int:
    """Ask for a text, write it to a file or as it is to standard output; returns the exit code.

    ``ask`` takes the columns that a line may have as well.
    """
    screen, root = _screen(settings), book_folder(settings.book)
    try:
        with screen.progress() as progress:
            made = ask(find_book(settings.book), progress, screen.columns)
        if file:
            write_all({file: [made.value.encode()]})
    except BuildFailed as failure:
        screen.show_findings(failure.findings, root)
        return failure.exit_code
    except KeyboardInterrupt:
        screen.warn("interrupted")
        return INTERRUPTED
    screen.show_findings(made.findings, root)
    if not file:
        screen.deliver(made.value.encode())
    return 0


def attempt(settings: Settings, work: Callable[[], str]) -> int:
    """Do a small piece of work, say what came of it, and return the exit code."""
    screen = _screen(settings)
    try:
        screen.say(work())
    except BuildFailed as failure:
        screen.show_findings(failure.findings, book_folder(settings.book))
        return failure.exit_code
    return 0


def tell(settings: Settings, text: str) -> int:
    """Print what was asked for, where there is no work to do; returns the exit code."""
    _screen(settings).answer(text)
    return 0


def refuse(mistake: Diagnostic) -> int:
    """Show a mistake on the command line, and return its exit code."""
    _screen(Settings()).show_findings((mistake,), Path())
    return WRONG_USAGE


def _screen(settings: Settings) -> Screen:
    return open_screen(sys.stdout, sys.stderr, settings, os.environ)


def _verdict(report: Report, settings: Settings) -> int:
    warned = any(finding.severity is Severity.WARNING for finding in report.findings)
    return 1 if has_errors(report.findings) or (settings.strict and warned) else 0


def _without_outputs(failure: BuildFailed) -> Report:
    from builder.request import Report

    return Report((), failure.findings, {})
