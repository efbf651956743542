"""Blanks: lines, boxes, grids, tables, scales and days to write and draw in.

An author asks for them with one attribute each, ``{lines=6}`` or ``{scale="1-10"}``: in a block
of their own kind, or behind a paragraph, an item or a heading.
"""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from builder.parse.attributes import BLANK_KEYS
from builder.parse.leader import LEADER
from builder.parse.tree import (
    add_class,
    classes,
    new,
    parents,
    text_of,
    walk,
    with_class,
)

# The class of a list whose items are habits; print makes a table of it.
HABITS, DAYS, DAYS_A_ROW = "habits", "data-days", "data-days-a-row"
# What there is to write in nowhere but on paper.
FOR_A_PEN = ("lines", "blank-boxes", "blank-grid", "blank-dots", "blank-days")
SCALE = "blank-scale"
_FILL_IN, _BLANK_ROW = "fill-in", "blank-row"
_HOLDERS = frozenset("section aside div li td dd blockquote".split())
_SCALE = re.compile(
    r"(?P<low>.*?)(?<!\S)(?P<first>\d{1,3})[-\u2013](?P<last>\d{1,3})(?!\S)(?P<high>.*)"
)
_WEEKS = re.compile(r"(\d{1,2})[x\u00d7](\d{1,2})")
MOST_POINTS, MOST_DAYS, MOST_DAYS_A_ROW, MOST_WEEKS = 11, 100, 14, 12
_BOXES_A_ROW, _DAYS_A_ROW, _WEEK = 3, 10, 7


def shape_blanks(body: Element) -> None:
    """Make the blanks that are asked for, in the block or behind it."""
    owners = parents(body)
    for element in [each for each in body.iter() if not each.attrib.keys().isdisjoint(BLANK_KEYS)]:
        # Markdown sorts attributes, so that the order in which they were written is lost.
        asked = {key: element.attrib.pop(key) for key in BLANK_KEYS if key in element.attrib}
        _shape(element, owners[element], asked)
    for exercise in with_class(body, "exercise"):
        for table in walk(exercise, "table"):
            if _FILL_IN not in classes(table):
                _fill_in(table, 0)


def _shape(element: Element, owner: Element, asked: Mapping[str, str]) -> None:
    behind = element
    for key, value in asked.items():
        if key == "rows":
            for table in walk(element, "table"):
                _fill_in(table, int(value))
        elif key == "days" and (habits := _habits_in(element)) is not None:
            _mark_habits(habits, value)
        elif element.tag in _HOLDERS:
            element.append(_MADE[key](value))
        else:
            behind = _put_behind(behind, owner, _MADE[key](value))


def _put_behind(element: Element, owner: Element, blank: Element) -> Element:
    if LEADER in classes(element):
        add_class(blank, LEADER)
    blank.tail, element.tail = element.tail, "\n"
    owner.insert(list(owner).index(element) + 1, blank)
    return blank


def _lines(count: str) -> Element:
    return _rows("lines", "line-rule", int(count))


def _grid(rows: str) -> Element:
    return _rows("blank-grid", "grid-row", int(rows))


def _dots(rows: str) -> Element:
    return _rows("blank-dots", "grid-row", int(rows))


def _rows(name: str, row_name: str, count: int) -> Element:
    made = new("div", class_=name)
    made.extend(new("div", class_=row_name) for _ in range(count))
    return made


def _boxes(count: str) -> Element:
    """Boxes side by side in rows as even as can be."""
    made = new("div", class_="blank-boxes")
    left, width = int(count), _even(int(count), _BOXES_A_ROW)
    while left > 0:
        row = new("div", class_=f"box-row of-{width}")
        row.extend(new("div", class_="draw-box") for _ in range(min(width, left)))
        made.append(row)
        left -= width
    return made


def _scale(value: str) -> Element:
    """The words at one end, the numbers, the words at the other."""
    low, points, high = points_of(value) or ("", range(0), "")
    made = new("div", class_=f"{SCALE} of-{len(points)}")
    numbers = new("span", class_="points")
    for number in points:
        numbers.append(new("span", str(number), class_="point"))
        numbers[-1].tail = " "
    numbers[-1].tail = None
    low_end, high_end = (new("span", words, class_="scale-end") for words in (low, high))
    made.extend([*([low_end] if low else []), numbers, *([high_end] if high else [])])
    for part in made[:-1]:
        part.tail = " "
    return made


def points_of(value: str) -> tuple[str, range, str] | None:
    """The words at the ends of a scale and its numbers; None where it is none."""
    found = _SCALE.fullmatch(value.strip())
    if not found:
        return None
    points = range(int(found["first"]), int(found["last"]) + 1)
    if not 2 <= len(points) <= MOST_POINTS:
        return None
    return found["low"].strip(" ,"), points, found["high"].strip(" ,")


def _days_to_tick(value: str) -> Element:
    """Numbered boxes, row by row."""
    days, width = days_of(value) or (0, 1)
    made = new("div", class_="blank-days")
    for start in range(0, days, width):
        row = new("div", class_="days-row")
        numbers = range(start + 1, min(start + width, days) + 1)
        row.extend(new("span", str(day), class_="day") for day in numbers)
        for day in row[:-1]:
            day.tail = " "
        row.tail = "\n"
        made.append(row)
    return made


def days_of(value: str) -> tuple[int, int] | None:
    """How many days, and how many of them in a row: a week where weeks come out even."""
    if weeks := _WEEKS.fullmatch(value.strip()):
        rows, width = int(weeks[1]), int(weeks[2])
        is_valid = 0 < rows <= MOST_WEEKS and 0 < width <= MOST_DAYS_A_ROW
        return (rows * width, width) if is_valid else None
    if not (value.isdecimal() and 0 < int(value) <= MOST_DAYS):
        return None
    days = int(value)
    return days, _WEEK if days % _WEEK == 0 else _even(days, _DAYS_A_ROW)


def _habits_in(element: Element) -> Element | None:
    """The list of habits in a block: its last one that is no checklist."""
    lists = [child for child in element if child.tag in ("ul", "ol")]
    habits = [each for each in lists if "task-list" not in classes(each)]
    return habits[-1] if habits and element.tag in _HOLDERS else None


def _mark_habits(habits: Element, value: str) -> None:
    days, width = days_of(value) or (0, 1)
    add_class(habits, HABITS)
    habits.set(DAYS, str(days))
    habits.set(DAYS_A_ROW, str(width))


def _fill_in(table: Element, rows: int) -> None:
    """Give empty cells room to write, and a table as many rows as are asked for.

    Rows beyond those that are written are for paper alone.
    """
    written = table.findall("tbody/tr")
    for row in written:
        if any(not text_of(cell) and not len(cell) for cell in row.iterfind("td")):
            add_class(row, _BLANK_ROW)
    if not written or (not rows and not any(_BLANK_ROW in classes(row) for row in written)):
        return
    add_class(table, _FILL_IN)
    body = table.findall("tbody")[-1]
    columns = sum(int(cell.get("colspan", "1")) for cell in (table.find(".//tr") or written[0]))
    for _ in range(rows - len(written)):
        row = new("tr", class_=f"{_BLANK_ROW} only-print")
        row.extend(new("td") for _ in range(columns))
        row.tail = "\n"
        body.append(row)


def _even(count: int, most: int) -> int:
    """How many go in a row, at most so many, where the rows are as even as can be."""
    rows = -(-count // most)
    return -(-count // rows)


_MADE: Mapping[str, Callable[[str], Element]] = {
    "boxes": _boxes,
    "days": _days_to_tick,
    "dots": _dots,
    "grid": _grid,
    "lines": _lines,
    "scale": _scale,
}
