"""One run on one book: the work, what is shown of it, and the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
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
    from builder.book import Book
    from builder.build import Proof
    from builder.request import Progress, Report, Request

WRONG_USAGE, INTERRUPTED = 2, 130


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The functions that do the work."""

    build: Callable[[Request, Progress], Report]
    check: Callable[[Request, Progress], Report]
    proof: Callable[[Request, Progress], Proof]
    resolve: Callable[[Request, Progress], tuple[Book, ...]]


def load_pipeline() -> Pipeline:
    """The real functions, imported when there is something for them to do."""
    from builder.recall import build

    return Pipeline(build, _check, _proof, _resolve)


def _check(request: Request, progress: Progress) -> Report:
    from builder.build import check

    return check(request, progress)


def _proof(request: Request, progress: Progress) -> Proof:
    from builder.build import proof

    return proof(request, progress)


def _resolve(request: Request, progress: Progress) -> tuple[Book, ...]:
    from builder.build import resolve

    return resolve(request, progress)


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
    code = code or _verdict(report.findings, settings)
    closing = console.failure_text if code else console.closing_text
    screen.show_report(report, root, code, closing(report, perf_counter() - began))
    return code


@dataclass(frozen=True, slots=True)
class Told:
    """What is told when something is asked: a text, what was found, a few words for people."""

    text: str
    findings: tuple[Diagnostic, ...] = ()
    words: str = ""


def answer(settings: Settings, ask: Callable[[Path, Progress], str]) -> int:
    """Ask something about the book, print the answer, and return the exit code."""
    return ask_about(settings, lambda root, progress, _: Told(f"{ask(root, progress)}\n"))


def hand_out(
    settings: Settings, ask: Callable[[Path, Progress, int], Outcome[str]], file: Path | None
) -> int:
    """Ask for a text, write it to a file or as it is to standard output; returns the exit code."""

    def told(root: Path, progress: Progress, columns: int) -> Told:
        made = ask(root, progress, columns)
        return Told(made.value, made.findings)

    return ask_about(settings, told, file)


def ask_about(
    settings: Settings, ask: Callable[[Path, Progress, int], Told], file: Path | None = None
) -> int:
    """Ask something, show what was found, and write the text as ``hand_out`` does.

    ``ask`` takes the columns that a line may have as well.
    """
    screen, root = _screen(settings), book_folder(settings.book)
    try:
        with screen.progress() as progress:
            told = ask(find_book(settings.book), progress, screen.columns)
        if file:
            write_all({file: [told.text.encode()]})
    except BuildFailed as failure:
        screen.show_findings(failure.findings, root)
        return failure.exit_code
    except KeyboardInterrupt:
        screen.warn("interrupted")
        return INTERRUPTED
    screen.show_findings(told.findings, root)
    screen.say(told.words)
    if not file:
        screen.deliver(told.text.encode())
    return _verdict(told.findings, settings)


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


def _verdict(findings: Iterable[Diagnostic], settings: Settings) -> int:
    warned = any(finding.severity is Severity.WARNING for finding in findings)
    return 1 if has_errors(findings) or (settings.strict and warned) else 0


def _without_outputs(failure: BuildFailed) -> Report:
    from builder.request import Report

    return Report((), failure.findings, {})
