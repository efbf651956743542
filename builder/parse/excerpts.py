"""Pieces of files that a chapter includes as code: all of a file, a region of it, some lines."""

import difflib
import re
from collections.abc import Iterator
from textwrap import dedent
from typing import NamedTuple

from builder.book import Included
from builder.diagnostics import Diagnostic, Place
from builder.fences import Fence
from builder.parse.references import outside_book

# A comment of any language that begins or ends a region.
_REGION = re.compile(
    r"^\s*(?:#|//|--|/\*+|<!--|;+|%+|\"|\(\*)\s*(?P<end>end)?region\b[ \t]*(?P<name>[\w.-]*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


class BadExcerpt(Exception):  # noqa: N818
    """Why there is nothing to include."""

    def __init__(self, finding: Diagnostic) -> None:
        self.finding = finding
        super().__init__(finding.message)


def excerpt(fence: Fence, included: Included | None) -> str:
    """The code that a fence asks for; raises ``BadExcerpt``."""
    options, place = fence.options, fence.place("file")
    if included is None or included.problem:
        raise BadExcerpt(_no_file(options["file"], included, place))
    if "region" in options and "lines" in options:
        message = "both a region and lines of a file"
        hint = "keep one of them"
        raise BadExcerpt(Diagnostic("bad-code-option", message, fence.place("lines"), hint))
    lines = included.text.splitlines()
    if "region" in options:
        lines = _region(lines, options["region"], included.path, fence.place("region"))
    elif "lines" in options:
        start, end = _range(options["lines"], len(lines), fence.place("lines"))
        lines = lines[start - 1 : end]
    return dedent("\n".join(line for line in lines if not _REGION.match(line)))


def _no_file(name: str, included: Included | None, place: Place) -> Diagnostic:
    if not name:
        return Diagnostic("missing-code", "no file is named", place, 'write {file="pump.py"}')
    if included is None or included.problem == "outside":
        return outside_book(name, "included code", place)
    if included.problem == "no-text":
        hint = "include a text file in UTF-8 of at most 1 MB"
        return Diagnostic("bad-code-option", f'not a file of code: "{name}"', place, hint)
    hint = f'did you mean "{included.near}"?' if included.near else "put the file there"
    return Diagnostic("missing-code", f'file not found: "{name}"', place, hint)


def _range(text: str, count: int, place: Place) -> tuple[int, int]:
    found = _RANGE.fullmatch(text.strip())
    start, end = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= start <= end <= count:
        message = f'not lines of the file: "{text}"'
        hint = f'write the first and the last: lines="1-{count}"'
        raise BadExcerpt(Diagnostic("bad-code-option", message, place, hint))
    return start, end


def _region(lines: list[str], name: str, path: str, place: Place) -> list[str]:
    """The lines between a region's marks."""
    regions = sorted(_regions(lines), key=lambda region: region.start)
    found = [region for region in regions if region.name == name]
    if not found:
        names = sorted({region.name for region in regions})
        near = difflib.get_close_matches(name, names, n=1)
        known = f"there are: {', '.join(names)}" if names else _HOW
        hint = f'did you mean "{near[0]}"?' if near else known
        message = f'no region "{name}" in {path}'
        raise BadExcerpt(Diagnostic("unknown-region", message, place, hint))
    region = found[0]
    if len(found) > 1:
        message = f'{len(found)} regions "{name}" in {path}'
        hint = "give each of them a name of its own"
        raise BadExcerpt(Diagnostic("unclear-region", message, place, hint))
    if region.end is None:
        message = f'the region "{name}" of {path} has no end'
        hint = "write a comment `endregion` behind its last line"
        raise BadExcerpt(Diagnostic("unclear-region", message, place, hint))
    return lines[region.start : region.end]


_HOW = "mark it in the file: a comment `region NAME` before it, `endregion` behind it"


class _Region(NamedTuple):
    """A region of a file: its first line, and the one behind its last, None where it has no end."""

    name: str
    start: int
    end: int | None


def _regions(lines: list[str]) -> Iterator[_Region]:
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        mark = _REGION.match(line)
        if not mark:
            continue
        if not mark["end"]:
            opened.append((mark["name"], number + 1))
        elif opened:
            yield _Region(*opened.pop(), number)
    for name, start in opened:
        yield _Region(name, start, None)
