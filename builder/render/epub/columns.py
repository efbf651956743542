"""Columns of tables that large type on a small screen would push off the page.

Where a browser lays a table out by its content, no column is narrower than its longest word, and
what is too wide is cut off. So the table gives way, or its columns get shares of the page instead:
wide enough for their words in normal type, and in large type a word is broken at the column's edge.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.parse.tree import add_class, new, parents, text_of, walk
from builder.render.epub.fitting import LARGE_LINE, fit_table

# Letters on the line of a phone in type as large as usual.
_LINE = 50
# The room between two columns, in letters, and the letters of a cell beyond which it is just long.
_GAP, _LONG = 2, 60
# A cell: its column, and the element.
_Placed = tuple[int, Element]


def set_columns(tree: Element) -> None:
    """Give each table whose words may not fit side by side the widths of its columns."""
    owners = parents(tree)
    for table in walk(tree, "table"):
        cells = [*_cells_of(table)]
        words, lengths = _measures(cells)
        needed = [word + _GAP for word in words]
        if len(words) < 2 or sum(needed) <= LARGE_LINE or table.find("colgroup") is not None:
            continue
        add_class(table, "tight")
        group = new("colgroup")
        group.extend(new("col", style=f"width: {share}%") for share in _shares(needed, lengths))
        table.insert(1 if table.find("caption") is not None else 0, group)
        fit_table(table, owners[table], sum(needed))


def _cells_of(table: Element) -> Iterator[_Placed]:
    """Every cell with its column, from 0; cells may reach over columns and rows."""
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(walk(table, "tr")):
        column = 0
        for cell in row:
            while (row_number, column) in taken:
                column += 1
            width, height = (_span(cell, name) for name in ("colspan", "rowspan"))
            taken |= {
                (row_number + down, column + right)
                for down in range(height)
                for right in range(width)
            }
            yield column, cell
            column += width


def _span(cell: Element, name: str) -> int:
    text = cell.get(name, "")
    return max(1, int(text)) if text.isdecimal() else 1


def _measures(cells: list[_Placed]) -> tuple[list[int], list[int]]:
    """Of each column, the letters of its longest word and of its longest cell."""
    count = max((column + _span(cell, "colspan") for column, cell in cells), default=0)
    words, lengths = [0] * count, [0] * count
    for column, cell in cells:
        if _span(cell, "colspan") > 1:
            continue
        text = text_of(cell)
        words[column] = max(words[column], *map(len, text.split() or ("",)))
        lengths[column] = max(lengths[column], min(len(text), _LONG))
    return words, lengths


def _shares(needed: list[int], lengths: list[int]) -> list[int]:
    """The widths in hundredths: what the words need, and of the rest more for longer cells."""
    rest = max(0, _LINE - sum(needed))
    whole = sum(lengths) or 1
    widths = [need + rest * length / whole for need, length in zip(needed, lengths, strict=True)]
    shares = [round(100 * width / sum(widths)) for width in widths]
    return [*shares[:-1], 100 - sum(shares[:-1])]
