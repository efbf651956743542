"""Tables: captions in place, header cells that say what they head, alignment as a class."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic
from builder.parse.headings import unique
from builder.parse.positions import place_of
from builder.parse.tree import (
    AT,
    add_class,
    move_content,
    new,
    parents,
    replace,
    text_of,
    walk,
    with_class,
)
from builder.source import Source

# Notes under a table, and the table with them.
NOTES, BLOCK = "table-notes", "table-block"


def shape_tables(body: Element) -> None:
    """Captions move into their tables, and header cells say what they head."""
    _take_captions(body)
    _take_notes(body)
    for table in walk(body, "table"):
        _drop_empty_head(table)
        for row in table.iterfind("thead/tr"):
            for cell in row.iterfind("th"):
                cell.set("scope", cell.get("scope", "col"))
    for cell in walk(body, "td", "th"):
        align = cell.get("style", "").removeprefix("text-align:").strip(" ;")
        if align in ("left", "right", "center"):
            del cell.attrib["style"]
            add_class(cell, f"align-{align}")


def check_table_notes(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Notes that stand under no table."""
    for parent in list(body.iter()):
        before = None
        for child in parent:
            if NOTES in child.get("class", "").split() and (
                before is None or (before.find(".//table") is None and before.tag != "table")
            ):
                yield Diagnostic(
                    "stray-table-notes",
                    "notes to a table that does not stand right above",
                    place_of(child, source),
                    "put the block right behind the table, or behind its caption",
                )
            before = child


def _take_notes(body: Element) -> None:
    """Put a table and the notes under it into one block, and say that they belong together."""
    taken = {element.get("id", "") for element in body.iter()}
    for notes in with_class(body, NOTES):
        owner = parents(body)[notes]
        index = list(owner).index(notes)
        table = owner[index - 1] if index else None
        if table is None or table.tag != "table":
            continue
        name = notes.get("id") or unique("table-notes", taken)
        notes.set("id", name)
        table.set("aria-describedby", name)
        block = new("div", "\n", class_=BLOCK)
        block.set(AT, table.get(AT, "0"))
        owner.remove(notes)
        replace(owner, table, block)
        block.extend((table, notes))
        block.tail, table.tail, notes.tail = notes.tail, "\n", "\n"


def _take_captions(body: Element) -> None:
    owners = parents(body)
    for figure in walk(body, "figure"):
        table = figure.find("table")
        caption = figure.find("figcaption")
        if table is not None and caption is not None and len(figure) == 2:
            made = new("caption")
            move_content(caption, made)
            table.insert(0, made)
            for key, value in figure.items():
                table.set(key, value)
            replace(owners[figure], figure, table)


def _drop_empty_head(table: Element) -> None:
    """A table whose header says nothing has none."""
    head = table.find("thead")
    if head is not None and not any(text_of(cell) or len(cell) for cell in walk(head, "th")):
        table.remove(head)
