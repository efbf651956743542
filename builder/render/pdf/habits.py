"""Lists of habits as tables to tick: a row for each habit, a column for each day."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from builder.parse.blanks import DAYS, DAYS_A_ROW
from builder.parse.tree import move_content, new, parents, replace, text_of, walk
from builder.words import Words


def draw_habits(tree: Element, words: Words) -> None:
    """Make tables of the lists of habits: as many as it takes for all days to have room."""
    owners = parents(tree)
    for habits in [each for each in walk(tree, "ul", "ol") if DAYS in each.attrib]:
        days, width = int(habits.attrib[DAYS]), int(habits.attrib[DAYS_A_ROW])
        block = new("div", "\n", class_="blank-habits")
        if id_ := habits.get("id"):
            block.set("id", id_)
        texts = [text_of(habit) for habit in habits]
        for start in range(1, days + 1, width):
            numbers = range(start, min(start + width, days + 1))
            # What stands in a habit, notes and all, stands there once.
            names = [new("th", text, scope="row") for text in texts] if start > 1 else habits
            block.append(_table(names, numbers, words))
        replace(owners[habits], habits, block)


def _table(names: Iterable[Element], days: range, words: Words) -> Element:
    table = new("table", class_=f"habits of-{len(days)}")
    head, body = new("tr"), new("tbody")
    head.extend(new("th", text, scope="col") for text in (words.days, *map(str, days)))
    for name in names:
        row, cell = new("tr"), new("th", scope="row")
        move_content(name, cell)
        row.extend((cell, *(new("td") for _ in days)))
        body.append(row)
    table.append(new("thead"))
    table[0].append(head)
    table.append(body)
    return table
