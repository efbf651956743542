"""How deep lists and quotes are nested, told before they make Markdown stumble."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic, Place
from builder.parse.prose import Prose
from builder.parse.tree import offset_of
from builder.source import Source

_MOST, _MOST_ELEMENTS = 12, 150
_BOX = "admonition"
_NESTING = frozenset(("blockquote", "ul", "ol", "dl"))
# So many marks or so much space before a line that no page has room for it.
_RUN = re.compile(
    r"^(?:[ \t]*+(?:(?:>[ \t]*+){40}|(?:[-*+][ \t]++){40})|[ \t]{160,}+\S)", re.MULTILINE
)
# Marks that Markdown tries one with every other; nobody means so many.
_MARKS = re.compile(r"([\[\]<#]|!\[)\1{99,}+")


def check_runs(prose: Prose) -> Iterator[Diagnostic]:
    """Lines in which quotes or lists are nested, or marks repeated, beyond all reason."""
    if run := _RUN.search(prose.plain):
        yield too_deep(prose.source.place(run.start(), len(run[0])))
    if marks := _MARKS.search(prose.plain):
        yield Diagnostic(
            "run-of-marks",
            f'"{marks[1]}" stands {len(marks[0]) // len(marks[1])} times in a row',
            prose.source.place(marks.start(), len(marks[0])),
            "delete them, or write them as code",
        )


def check_depth(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Lists and quotes nested deeper than a page has room for."""
    stack = [(body, 0, 0)]
    while stack:
        element, depth, nesting = stack.pop()
        nesting += element.tag in _NESTING or element.get("class", "").startswith(_BOX)
        if nesting > _MOST or depth > _MOST_ELEMENTS:
            inner = next((each for each in element.iter() if offset_of(each)), element)
            yield too_deep(source.place(offset_of(inner)))
            return
        stack.extend((child, depth + 1, nesting) for child in element)


def too_deep(place: Place) -> Diagnostic:
    """The finding for lists or quotes nested too deep."""
    return Diagnostic(
        "nested-too-deep",
        f"lists or quotes nested more than {_MOST} deep",
        place,
        "a page has no room for this; flatten it",
    )
