"""Cells that reach over columns and rows, and heads of several rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic
from builder.parse.positions import place_of
from builder.parse.tree import add_class, classes, new, walk
from builder.source import Source

# Marks of Markdown's: a cell that belongs to the one before it or above it, a row of rules.
JOIN, LEFT, ABOVE, RULE = "data-join", "left", "above", "data-rule"
# How many cells a row has and should have, where the two differ.
CELLS = "data-cells"


# A row into which cells reach from above; one whose last column such a cell takes.
JOINED, OPEN = "joined", "open"
# Rows beside one cell that a page can be expected to keep together.
_MOST_TOGETHER = 12


@dataclass(slots=True)
class _Cell:
    """A cell with the column that it starts in and the columns that it takes."""

    element: Element
    start: int
    width: int = 1


def join_cells(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Make the spans that tables ask for; a cell that joins nothing stays."""
    for table in walk(body, "table"):
        _split_at_rules(table)
        for section in walk(table, "thead", "tbody"):
            yield from _join_rows(section, source)


def _split_at_rules(table: Element) -> None:
    """What stands above the first row of rules belongs to the head; others part the body."""
    head, section = table.find("thead"), table.find("tbody")
    if head is None or section is None or not any(row.get(RULE) for row in section):
        return
    rows = list(section)
    first = next(index for index, row in enumerate(rows) if row.get(RULE))
    for row in rows[:first]:
        head.append(row)
        for cell in row:
            cell.tag = "th"
    del section[:]
    for row in rows[first:]:
        if not row.get(RULE):
            section.append(row)
        elif len(section):
            section = new("tbody")
            table.append(section)


def _join_rows(section: Element, source: Source) -> Iterator[Diagnostic]:
    above: dict[int, _Cell] = {}
    for row in section:
        owners: dict[int, _Cell] = {}
        width = len(row)
        for cell in _cells_of(row):
            if cell.width > 1:
                cell.element.set("colspan", str(cell.width))
            if cell.element.attrib.pop(JOIN, "") != ABOVE:
                owners[cell.start] = cell
                continue
            owner = above.get(cell.start)
            if owner is None or owner.width != cell.width:
                yield _joins_nothing(cell, source)
                owners[cell.start] = cell
                continue
            rows = int(owner.element.get("rowspan", "1"))
            if rows < _MOST_TOGETHER and JOINED not in classes(row):
                add_class(row, JOINED)
            if cell.start + cell.width == width:
                add_class(row, OPEN)
            owner.element.set("rowspan", str(rows + 1))
            row.remove(cell.element)
            owners[cell.start] = owner
        above = owners


def _cells_of(row: Element) -> list[_Cell]:
    """The cells of a row; those that belong to the one before it are taken out."""
    cells: list[_Cell] = []
    for column, element in enumerate(list(row)):
        if element.get(JOIN) == LEFT:
            del element.attrib[JOIN]
            if cells:
                cells[-1].width += 1
                row.remove(element)
                continue
        cells.append(_Cell(element, column))
    return cells


def _joins_nothing(cell: _Cell, source: Source) -> Diagnostic:
    return Diagnostic(
        "bad-span",
        "no cell of the same width stands above ^^",
        place_of(cell.element, source),
        "put it below a cell that takes the same columns, in the same part of the table",
    )
