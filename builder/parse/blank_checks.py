"""Blanks that cannot be made as they are asked for: wrong numbers, tables that are not there."""

import difflib
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic, Place, Severity
from builder.parse.attributes import BLANK_KEYS
from builder.parse.blanks import (
    MOST_DAYS,
    MOST_DAYS_A_ROW,
    MOST_POINTS,
    MOST_WEEKS,
    days_of,
    points_of,
)
from builder.parse.leftovers import find_in_prose
from builder.parse.positions import place_of
from builder.parse.prose import Prose
from builder.parse.tree import BLOCKS, classes, offset_of, parents, walk
from builder.source import Source

# What is counted, and the most that there may be of it.
_COUNTED: Mapping[str, tuple[str, int]] = {
    "boxes": ("boxes", 24),
    "dots": ("rows of dots", 60),
    "grid": ("rows of squares", 60),
    "lines": ("lines", 99),
    "rows": ("rows", 99),
}
_BRACES = re.compile(r"\{:?[ ]*(?P<key>[a-z]+)=[^{}\n]+\}")
_ALSO_CALLED: Mapping[str, str] = {
    "habit": "days",
    "habits": "days",
    "squares": "grid",
    "weeks": "days",
}
_SCALE_HINT = (
    f"write two numbers, at most {MOST_POINTS - 1} apart, and words at the ends if you like: "
    '{scale="1-10"}, {scale="not at all 1-5 very much"}'
)
_DAYS_HINT = (
    f"write a number from 1 to {MOST_DAYS}, {{days=30}}, or weeks and days, {{days=4x7}}, "
    f"of at most {MOST_WEEKS} and {MOST_DAYS_A_ROW}"
)


def check_blanks(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Blanks that cannot be made as they are asked for; they are left out."""
    owners = parents(body)
    for element in body.iter():
        for key in [key for key in element.attrib if key in BLANK_KEYS]:
            problem = _problem(key, element, owners)
            if problem:
                code = "invalid-lines" if key == "lines" else "invalid-blank"
                yield Diagnostic(code, problem[0], _place(element, key, source), problem[1])
                del element.attrib[key]


def check_stray_blanks(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Braces that stayed text, though they look as if they asked for room to write."""
    for offset, braces in find_in_prose(body, _BRACES, prose):
        key = braces["key"]
        if near := blank_meant(key):
            place = prose.source.place(offset, len(braces[0]))
            hint = (
                f"write {{{near}=...}} at the end of a paragraph, or in the first line of a block"
            )
            message = f'"{braces[0]}" makes no room to write here'
            yield Diagnostic("stray-blank", message, place, hint, Severity.WARNING)


def blank_meant(key: str) -> str:
    """The room to write that a key was meant for; empty where it was meant for something else."""
    return _ALSO_CALLED.get(key) or next(iter(difflib.get_close_matches(key, BLANK_KEYS, 1)), "")


def _problem(
    key: str, element: Element, owners: Mapping[Element, Element]
) -> tuple[str, str] | None:
    """What is wrong with one, and what to do."""
    value = element.attrib[key]
    if element.tag not in BLOCKS:
        return (
            f"no room for {key} within a line",
            f"write {{{key}=...}} at the end of the paragraph",
        )
    if key == "scale":
        return None if points_of(value) else (f'not a scale: "{value}"', _SCALE_HINT)
    if key == "days":
        return None if days_of(value) else (f'not a number of days: "{value}"', _DAYS_HINT)
    what, most = _COUNTED[key]
    if not (value.isdecimal() and 0 < int(value) <= most):
        hint = f"write a number from 1 to {most}: {{{key}=6}}"
        return f'not a number of {what}: "{value}"', hint
    if key == "rows":
        holder = owners[element] if "admonition-title" in classes(element) else element
        return _table_problem(holder, int(value))
    return None


def _table_problem(holder: Element, rows: int) -> tuple[str, str] | None:
    tables = [*walk(holder, "table")]
    if not tables:
        hint = "write it right below the table, or in the first line of the exercise around it"
        return "no table here to add rows to", hint
    written = max(len(table.findall("tbody/tr")) for table in tables)
    if written > rows:
        return (
            f"the table has {written} rows already",
            f"write all that there are: {{rows={written}}}",
        )
    return None


def _place(element: Element, key: str, source: Source) -> Place:
    """Where the attribute stands: the nearest such to the element's first words."""
    first = next((each for each in element.iter() if offset_of(each)), element)
    start, value = offset_of(first), element.get(key, "")
    written = [f"{key}={quote}{value}{quote}" for quote in ("", '"', "'")]
    found = [(at, text) for text in written for at in _all_of(text, source.text)]
    if not found:
        return place_of(first, source)
    at, text = min(found, key=lambda each: (abs(each[0] - start), each))
    return source.place(at, len(text))


def _all_of(text: str, within: str) -> Iterator[int]:
    at = within.find(text)
    while at >= 0:
        yield at
        at = within.find(text, at + 1)
