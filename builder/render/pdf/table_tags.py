"""Tables whose cells span others, as PDF/UA wants them: full rows, and each cell with its heads.

The engine counts columns as if no cell reached down from a row above (ISO 32000-1, 14.8.5.7).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pydyf

from builder.render.pdf.elements import kids

_SECTIONS = frozenset(("/THead", "/TBody", "/TFoot"))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with the rows and columns that it takes, from 0."""

    element: pydyf.Dictionary
    rows: range
    columns: range


def repair_table(pdf: pydyf.PDF, table: pydyf.Dictionary) -> None:
    """Fill rows up and find heads anew, where any cell spans others or did on the page before."""
    sections = [kid for kid in kids(pdf, table) if kid.get("S") in _SECTIONS]
    rows = [[*kids(pdf, section)] for section in sections]
    cells_of = [[*kids(pdf, row)] for section in rows for row in section]
    is_regular = len({len(cells) for cells in cells_of}) == 1
    if is_regular and not any(_spans(cell) for cells in cells_of for cell in cells):
        return
    laid = [_lay(pdf, section) for section in rows]
    width = max(cell.columns.stop for cells in laid for cell in cells)
    for section, cells in zip(rows, laid, strict=True):
        _fill(pdf, section, cells, width)
    heads = [cell for cells in laid for cell in cells if cell.element["S"] == "/TH"]
    for cells in laid:
        for cell in cells:
            if cell.element["S"] == "/TD":
                own = {id(each.element) for each in cells}
                cell.element["A"]["Headers"] = pydyf.Array(_heads_of(cell, heads, own))


def _spans(cell: pydyf.Dictionary) -> bool:
    return "ColSpan" in cell.get("A", {}) or "RowSpan" in cell.get("A", {})


def _lay(pdf: pydyf.PDF, rows: list[pydyf.Dictionary]) -> list[_Cell]:
    """The cells of a section in their places; none reaches below its last row."""
    taken: dict[int, set[int]] = defaultdict(set)
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for element in kids(pdf, row):
            while column in taken[number]:
                column += 1
            attributes = element["A"]
            height = min(attributes.get("RowSpan", 1), len(rows) - number)
            if "RowSpan" in attributes:
                attributes["RowSpan"] = height
            columns = range(column, column + attributes.get("ColSpan", 1))
            cells.append(_Cell(element, range(number, number + height), columns))
            for below in cells[-1].rows:
                taken[below].update(columns)
            column = columns.stop
    return cells


def _fill(pdf: pydyf.PDF, rows: list[pydyf.Dictionary], cells: list[_Cell], width: int) -> None:
    """Put an empty cell into each row that is short: what spans it stands on the page before."""
    for number, row in enumerate(rows):
        missing = width - sum(len(cell.columns) for cell in cells if number in cell.rows)
        if missing > 0:
            attributes = pydyf.Dictionary({"O": "/Table", "ColSpan": missing})
            cell = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/TD",
                    "K": pydyf.Array(),
                    "P": row.reference,
                    "Pg": row["Pg"],
                    "A": attributes,
                }
            )
            pdf.add_object(cell)
            row["K"].append(cell.reference)


def _heads_of(cell: _Cell, heads: list[_Cell], own: set[int]) -> Iterator[pydyf.String]:
    """The heads above a cell, then those beside it in its own part of the table."""
    for head in heads:
        is_beside = id(head.element) in own
        one, other = (head.rows, cell.rows) if is_beside else (head.columns, cell.columns)
        if one.start < other.stop and other.start < one.stop:
            yield head.element["ID"]
