"""The two streams of a run: progress while it works, then what it made and found."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from builder.command import console
from builder.command.console import Look
from builder.command.settings import Settings
from builder.diagnostics import Diagnostic, Severity, in_order

if TYPE_CHECKING:  # the pipeline takes long to import, and --help has no use for it
    from builder.request import Progress, Report

_BAR = 24


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a run speaks: paths and JSON go to ``out``, all that is for people to ``err``."""

    out: TextIO
    err: TextIO
    settings: Settings
    look: Look
    draws: bool = False

    @property
    def columns(self) -> int:
        """The columns of a line that is printed: those of the terminal, if it is printed there."""
        return self.look.columns if self.out.isatty() else Look().columns

    def say(self, text: str) -> None:
        """Tell the person at the terminal, unless they want quiet."""
        if text and not self.settings.quiet and not self.settings.as_json:
            _write(self.err, text)

    def answer(self, text: str) -> None:
        """Print what was asked for."""
        _write(self.out, text)

    def deliver(self, data: bytes) -> None:
        """Print what was asked for as it is, with its own line ends."""
        self.out.flush()
        if isinstance(self.out, TextIOWrapper):
            self.out.buffer.write(data)
            self.out.buffer.flush()
        else:
            self.out.write(data.decode())

    def warn(self, text: str) -> None:
        """Tell the person at the terminal, in any case."""
        _write(self.err, text)

    def show_findings(self, findings: tuple[Diagnostic, ...], root: Path) -> None:
        """Print findings in the book's order, an empty line behind each; errors alone if quiet."""
        for finding in in_order(findings):
            stops = self.settings.strict or finding.severity is Severity.ERROR
            if stops or not self.settings.quiet:
                _write(self.err, console.finding_text(finding, root, self.look) + "\n")

    def show_report(self, report: Report, root: Path, exit_code: int, closing: str) -> None:
        """Print what a run found and made."""
        if self.settings.as_json:
            _write(self.out, console.report_json(report, root, exit_code))
            return
        self.show_findings(report.findings, root)
        if self.settings.verbose:
            self.say(console.timing_text(report))
        self.say(closing)
        # On a terminal the closing lines name the files already.
        if not self.out.isatty():
            for artifact in report.artifacts:
                _write(self.out, os.fspath(artifact.path))

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A function to report progress to: a bar, lines, or nothing at all."""
        if self.settings.quiet:
            yield _ignore
        elif self.draws:
            bar = ProgressBar(self.err, self.look.columns)
            try:
                yield bar
            finally:
                bar.clear()
        else:
            yield ProgressLines(self.err) if self.settings.verbose else _ignore


def open_screen(
    out: TextIO, err: TextIO, settings: Settings, environment: Mapping[str, str]
) -> Screen:
    """The screen of a run; it draws and colours where the terminal can and nobody objects."""
    draws = err.isatty() and environment.get("TERM") != "dumb"
    columns = shutil.get_terminal_size((100, 24)).columns if err.isatty() else 100
    look = Look(draws and not environment.get("NO_COLOR"), max(columns, 40))
    return Screen(out, err, settings, look, draws)


class ProgressBar:
    """A bar in the last line of a terminal, drawn over itself."""

    def __init__(self, stream: TextIO, columns: int = 100) -> None:
        self._stream, self._columns = stream, columns
        self._drawn = False

    def __call__(self, stage: str, done: int, total: int, counted: str) -> None:
        """Draw how much of a stage is done."""
        filled = _BAR * done // max(total, 1)
        bar = f"[{'#' * filled}{'-' * (_BAR - filled)}]"
        # A line that is too long would go on in the next, and could not be drawn over.
        line = f"{stage:14} {bar} {done}/{total} {counted}"[: self._columns - 1]
        _write(self._stream, f"\r{line}\x1b[K", "")
        self._drawn = True

    def clear(self) -> None:
        """Leave an empty line for what is printed next."""
        if self._drawn:
            _write(self._stream, "\r\x1b[K", "")
        self._drawn = False


class ProgressLines:
    """A line for each stage as it begins, and for each tenth of a long one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last = ("", 0)

    def __call__(self, stage: str, done: int, total: int, counted: str) -> None:
        """Print how much of a stage is done, if that is news."""
        now = (stage, 10 * done // max(total, 1))
        if now != self._last:
            _write(self._stream, f"{stage} {done}/{total} {counted}")
        self._last = now


def _ignore(_stage: str, _done: int, _total: int, _counted: str) -> None:
    """Take no notice of progress."""


def _write(stream: TextIO, text: str, end: str = "\n") -> None:
    stream.write(text + end)
    stream.flush()
