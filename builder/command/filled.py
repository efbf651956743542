"""``build-book checklists --read``: what was filled in on a screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.command.session import Told
from builder.diagnostics import BuildFailed, Diagnostic
from builder.filled import read_filled
from builder.filled.records import state_csv
from builder.filled.summary import summary_text
from builder.state import State, state_text

if TYPE_CHECKING:
    from builder.book import Book
FORMATS: Mapping[str, Callable[[State], str]] = {"json": state_text, "csv": state_csv}


@dataclass(frozen=True, slots=True)
class FilledAsked:
    """What is asked of a file: the form it is wanted in, and where; nothing for a summary."""

    path: Path
    format: str = ""
    target: Path | None = None

    @property
    def wanted(self) -> str:
        """The form that is named, or that the target's name ends with."""
        ending = self.target.suffix.lower().removeprefix(".") if self.target else ""
        return self.format or (ending if ending in FORMATS else "json" if self.target else "")


def tell_filled(asked: FilledAsked, books: Sequence[Book], columns: int) -> Told:
    """What stands in a file: the state where one is wanted, else a summary alone.

    Raises ``BuildFailed`` where it cannot be read.
    """
    filled = read_filled(asked.path, _bytes_of(asked.path), books)
    summary = summary_text(filled.state, filled.book, columns)
    if not asked.wanted:
        return Told(f"{summary}\n", filled.findings)
    return Told(FORMATS[asked.wanted](filled.state), filled.findings, summary)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f'"{path}" cannot be read: {(error.strerror or "error").lower()}'
        hint = "name the file that was filled in and saved"
        raise BuildFailed([Diagnostic("no-form", message, None, hint)], exit_code=2) from None
