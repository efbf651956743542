"""Columns: how many a block is set in."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic
from builder.parse.positions import place_of
from builder.parse.tree import add_class, classes
from builder.source import Source

COLUMNS = "columns"
_COUNTS = ("2", "3", "4")


def check_columns(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Numbers of columns that no page has room for; they are left out."""
    for element in body.iter():
        count = element.get("count")
        if count is not None and count not in _COUNTS:
            yield Diagnostic(
                "invalid-columns",
                f'not a number of columns: "{count}"',
                place_of(element, source),
                "write a number from 2 to 4: /// columns {count=3}",
            )
            del element.attrib["count"]


def shape_columns(body: Element) -> None:
    """Say by a class how many columns a block has: those of ``{count=3}``, else two."""
    for element in body.iter():
        count = element.attrib.pop("count", "2")
        if COLUMNS in classes(element):
            add_class(element, f"{COLUMNS}-{count}")
