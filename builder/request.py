"""What is asked of a build, and what it reports: light to import."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from builder.cache import MemoryStore, Store
from builder.diagnostics import Diagnostic

if TYPE_CHECKING:
    from builder.config import Edge, Edition, OutputName, Paper, Profile, ShapeName

# Called with the name of a stage, what is done of it, what there is of it in all, and of what:
# "lay out", 7, 23, "chapters, 212 pages".
Progress = Callable[[str, int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistsAsked:
    """What is asked of the printable checklists; None or nothing leaves it to ``book.toml``.

    ``chapters`` (numbers, ids or titles) are all that are printed where there are any;
    ``state`` is a file that says what is done.
    """

    shapes: tuple[ShapeName, ...] = ()
    paper: Paper | None = None
    per_sheet: Literal[1, 2] | None = None
    duplex: Edge | None = None
    large_print: bool | None = None
    ink_saver: bool | None = None
    weeks: int | None = None
    exercises: bool | None = None
    fillable: bool | None = None
    chapters: tuple[str, ...] = ()
    state: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletAsked:
    """What is asked of the book as a booklet; None leaves it to ``book.toml``."""

    paper: Paper | None = None
    signature: int | None = None
    creep: str | None = None
    duplex: Edge | None = None
    fit: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be built: outputs of the book in ``root``, written to ``out``.

    ``theme`` takes the place of the one in ``book.toml``, and so do ``edition`` and ``profile``
    where they are not None; ``epoch`` stands in for the date of the book (SOURCE_DATE_EPOCH).
    ``validate`` has the e-book judged by EPUBCheck. ``jobs`` processes at most do the work, as
    many as the machine has cores where it is 0.
    """

    root: Path
    out: Path
    outputs: tuple[OutputName, ...] = ()
    strict: bool = False
    theme: str = ""
    checklists: ChecklistsAsked = ChecklistsAsked()
    booklet: BookletAsked = BookletAsked()
    edition: Edition | None = None
    epoch: datetime | None = None
    validate: bool = False
    profile: Profile | None = None
    jobs: int = 0
    store: Store = field(default_factory=MemoryStore, compare=False)


# When a book without a date was last changed: the same on every day and every machine.
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)


def stamp_of(published: date | None, epoch: datetime | None) -> datetime:
    """What is written for the time of making: the epoch, else the day of publication."""
    if epoch or not published:
        return epoch or _NO_DATE
    return datetime(published.year, published.month, published.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file that was made: ``pages`` is None where it has none, ``digest`` its SHA-256."""

    kind: OutputName
    path: Path
    size: int
    pages: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file to be written: its bytes in pieces, to be taken once, and the shape of checklists."""

    kind: OutputName
    pieces: Iterable[bytes]
    pages: int | None = None
    shape: ShapeName = "pages"


class Clock:
    """Adds up the seconds that each stage takes."""

    def __init__(self) -> None:
        self.timings: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time that passes inside for a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.timings[name] = self.timings.get(name, 0.0) + spent


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made and found, the seconds each stage took, and what was laid out anew."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Diagnostic, ...]
    timings: Mapping[str, float]
    laid: tuple[str, ...] = ()
