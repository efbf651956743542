"""What is said about a manuscript: findings, where they are, and how a stage returns them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How bad a finding is; an error stops the build."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of one line in a file of the book, for a person to go to.

    The path is relative to the book's folder, with forward slashes; line and column
    count from 1, the column in characters.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = field(default=1, compare=False)
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong, where, and what to do about it."""

    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage made, with everything it found on the way."""

    value: T
    findings: tuple[Diagnostic, ...] = ()


class BuildFailed(Exception):  # noqa: N818
    """The build cannot go on; carries the findings that say why.

    ``exit_code`` is 1 for the manuscript, 2 for the configuration, 3 for the machine.
    """

    def __init__(self, findings: Iterable[Diagnostic], exit_code: int = 1) -> None:
        self.findings = tuple(findings)
        self.exit_code = exit_code
        super().__init__("; ".join(finding.message for finding in self.findings))


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops the build."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without repetitions, in the order of the book's files and lines."""

    def key(finding: Diagnostic) -> tuple[bool, Place, str]:
        return finding.place is not None, finding.place or Place(""), finding.code

    return tuple(sorted(dict.fromkeys(findings), key=key))
