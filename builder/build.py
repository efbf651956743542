"""The pipeline, one stage a line: the program's table of contents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from builder.config import OutputName
from builder.diagnostics import Diagnostic

# Called with the name of a stage, what is done of it, and what there is of it in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be built: outputs of the book in ``root``, written to ``out``.

    ``paper`` and ``only`` (numbers, ids or titles of chapters) concern the printable
    checklists; ``epoch`` stands in for the date of the book (SOURCE_DATE_EPOCH).
    """

    root: Path
    out: Path
    outputs: tuple[OutputName, ...] = ()
    strict: bool = False
    paper: str = ""
    only: tuple[str, ...] = ()
    epoch: datetime | None = None


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file that was made; ``pages`` is None where it has none."""

    kind: OutputName
    path: Path
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made and found, and the seconds each stage took."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Diagnostic, ...]
    timings: Mapping[str, float]


def build(request: Request, progress: Progress) -> Report:
    """Build what is asked for; raises ``BuildFailed`` and leaves the last good files as they are."""
    raise NotImplementedError


def check(root: Path, strict: bool, progress: Progress) -> Report:
    """Read, parse and resolve the book for every output, and report; nothing is written."""
    raise NotImplementedError
