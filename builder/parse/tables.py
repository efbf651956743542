"""Tables: captions in place, header cells that say what they head, alignment as a class."""

from xml.etree.ElementTree import Element

from builder.parse.tree import add_class, move_content, new, parents, replace, text_of, walk


def shape_tables(body: Element) -> None:
    """Captions move into their tables, and header cells say what they head."""
    _take_captions(body)
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
