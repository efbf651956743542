"""Findings and reports -> terminal text with a caret line, or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.command.excerpt import excerpt, visible
from builder.diagnostics import Diagnostic, Place, Severity, has_errors

if TYPE_CHECKING:  # the pipeline takes a second to import, and --help has no use for it
    from builder.request import Artifact, Report

_RESET, _BOLD, _BLUE = "\x1b[0m", "\x1b[1m", "\x1b[1;34m"
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.NOTE: "\x1b[1;36m",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal shows text: with colours or without, and in how many columns."""

    colours: bool = False
    columns: int = 100


def finding_text(finding: Diagnostic, root: Path, look: Look) -> str:
    """A finding as a compiler prints it, its path as seen from the current folder."""
    severity = _painted(f"{finding.severity}[{finding.code}]", _COLOURS[finding.severity], look)
    lines = [f"{severity}{_painted(f': {visible(finding.message)}', _BOLD, look)}"]
    if finding.place:
        lines += _place_lines(finding.place, _COLOURS[finding.severity], root, look)
    if finding.hint:
        blank = " " * len(str(finding.place.line if finding.place else 0))
        label = f"{_painted('=', _BLUE, look)} {_painted('help', _BOLD, look)}"
        lines.append(f"{blank} {label}: {visible(finding.hint)}")
    return "\n".join(lines)


def shown_path(place: Place, root: Path) -> str:
    """The file of a place as the current folder sees it; a theme's file has its own name."""
    path = root / place.path
    return str(path if path.exists() else Path(place.path))


def count_text(findings: Iterable[Diagnostic]) -> str:
    """How many findings of each kind there are: ``2 errors, 1 warning``; empty if none."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(
        _counted(counts[severity], severity.value)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        if counts[severity]
    )


def closing_text(report: Report, seconds: float) -> str:
    """What was made, how large, in what time: a line a file, and one for all where not one."""
    lines = [_artifact_text(artifact) for artifact in report.artifacts]
    found = count_text(report.findings)
    if not lines:
        return f"{found or 'no errors, no warnings'} in {seconds:.1f} s"
    if len(lines) > 1:
        lines.append(_counted(len(lines), "file"))
    return "\n".join(lines) + f" in {seconds:.1f} s{', ' if found else ''}{found}"


def failure_text(report: Report, seconds: float) -> str:
    """How many findings stopped a run."""
    stopped = "failed" if has_errors(report.findings) else "failed (--strict)"
    return f"{stopped}: {count_text(report.findings)} in {seconds:.1f} s"


def timing_text(report: Report) -> str:
    """The seconds of each stage, one a line."""
    width = max(map(len, report.timings), default=0)
    lines = [f"{name:{width}} {took:7.2f} s" for name, took in report.timings.items()]
    if report.laid:
        lines.append(f"laid out anew: {', '.join(report.laid)}")
    return "\n".join(lines)


def report_json(report: Report, root: Path, exit_code: int) -> str:
    """Everything a run said, as one JSON object for programs."""
    return json.dumps(
        {
            "exit_code": exit_code,
            "outputs": [
                {
                    "kind": artifact.kind,
                    "path": str(artifact.path),
                    "bytes": artifact.size,
                    "pages": artifact.pages,
                }
                for artifact in report.artifacts
            ],
            "findings": [_finding_record(finding, root) for finding in report.findings],
            "timings": {name: round(took, 3) for name, took in report.timings.items()},
            "laid_out": list(report.laid),
        },
        indent=2,
    )


def _place_lines(place: Place, colour: str, root: Path, look: Look) -> Iterator[str]:
    number = str(place.line)
    blank, bar = " " * len(number), _painted("|", _BLUE, look)
    arrow = _painted("-->", _BLUE, look)
    yield f"{blank}{arrow} {shown_path(place, root)}:{number}:{place.column}"
    if place.text:
        part = excerpt(place, look.columns - len(number) - len(" | "))
        yield f"{blank} {bar}"
        yield f"{_painted(number, _BLUE, look)} {bar} {part.line}"
        yield f"{blank} {bar} {_painted(part.mark, colour, look)}"


def _painted(text: str, colour: str, look: Look) -> str:
    return f"{colour}{text}{_RESET}" if look.colours else text


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _artifact_text(artifact: Artifact) -> str:
    pages = "" if artifact.pages is None else f" {_counted(artifact.pages, 'page')}"
    return f"{artifact.path}{pages} {_size_text(artifact.size)}"


def _size_text(size: int) -> str:
    if size < 100_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def _finding_record(finding: Diagnostic, root: Path) -> dict[str, object]:
    record: dict[str, object] = {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
    }
    if place := finding.place:
        record |= {
            "path": shown_path(place, root),
            "line": place.line,
            "column": place.column,
            "length": place.length,
        }
    return record
