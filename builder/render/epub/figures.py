"""Figures get ids to link to; tables say what a narrow page needs to stack them."""

from xml.etree.ElementTree import Element

from builder.parse.headings import unique
from builder.parse.tree import add_class, text_of, walk

# A row longer than the line of a phone, in a table of this many columns, is better stacked.
_WIDE_ROW, _WIDE_COLUMNS = 60, 3
# Letters that a line of a phone holds. Columns are at least as wide as their longest words.
_PHONE_LINE, _BETWEEN_COLUMNS = 40, 2
_SHORT_TABLE = 10


def name_figures(tree: Element, chapter_id: str) -> None:
    """An id for each figure and its caption."""
    taken = {element.get("id", "") for element in tree.iter()}
    for number, figure in enumerate(walk(tree, "figure"), start=1):
        if not figure.get("id"):
            figure.set("id", unique(f"{chapter_id}.figure-{number}", taken))
        caption = figure.find("figcaption")
        if caption is not None and not caption.get("id"):
            caption.set("id", unique(f"{figure.get('id')}-caption", taken))


def prepare_tables(tree: Element) -> None:
    """Mark the short tables and the wide; the cells of a wide one carry their columns' names.

    One too wide for any phone is stacked on every page.
    """
    for table in walk(tree, "table"):
        rows = [row for row in walk(table, "tr") if row.find("td") is not None]
        if len(rows) <= _SHORT_TABLE:
            add_class(table, "short")
        names = [text_of(cell) for cell in table.iterfind("thead/tr[last()]/th")]
        if _is_wide(names, rows):
            add_class(table, "stacked" if _is_too_wide(names, rows) else "wide")
            for row in rows:
                for cell, name in zip(row, names, strict=True):
                    cell.set("data-label", name)


def _is_wide(names: list[str], rows: list[Element]) -> bool:
    """Whether rows are long, and as regular as stacking them asks."""
    return (
        len(names) >= _WIDE_COLUMNS
        and all(len(row) == len(names) for row in rows)
        and not any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row)
        and any(sum(len(text_of(cell)) for cell in row) > _WIDE_ROW for row in rows)
    )


def _is_too_wide(names: list[str], rows: list[Element]) -> bool:
    """Whether no phone could hold the columns beside each other."""
    columns = zip(names, *(map(text_of, row) for row in rows), strict=True)
    longest = (
        max(len(word) for text in column for word in (text.split() or [""])) for column in columns
    )
    return sum(length + _BETWEEN_COLUMNS for length in longest) > _PHONE_LINE
