"""The fields of what there is to choose, to tick and to write in, in an exercise or a task.

A field is called after its exercise, that is after the words of its title or ``{#id}``, or
after its task, and after what it is in it: ``one.try-this.lines``, ``one.try-this.scale``.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.parse.checklists import task_text
from builder.parse.tree import classes, text_of, with_class
from builder.render.form import Form
from builder.slugs import slug
from builder.words import Words

_ID_LENGTH = 40


class Answers:
    """Gives each blank of an exercise its field."""

    def __init__(self, form: Form, words: Words, id_: str, label: str) -> None:
        self._form, self._words = form, words
        self._id, self._label = id_, label
        self._counts: Counter[str] = Counter()

    def give_fields(self, tree: Element) -> None:
        """Mark whatever can be chosen, ticked or written in, in the order of reading."""
        for element in [*tree.iter()]:
            names = classes(element)
            if element.tag == "table":
                self._fill_table(element, names)
            elif "task" in names:
                self._tick_task(element)
            elif "lines" in names:
                self._write(element, "lines", self._words.lines_to_write)
            elif "draw-box" in names:
                self._write(element, "box", self._words.box_to_draw)
            elif {"blank-grid", "blank-dots"} & {*names}:
                self._write(element, "area", self._words.area_to_draw)
            elif "blank-scale" in names:
                self._choose(element)
            elif "blank-days" in names:
                self._tick_days(element)

    def _name(self, kind: str) -> str:
        """What a blank is called; the second of its kind in the exercise is told from the first."""
        self._counts[kind] += 1
        count = self._counts[kind]
        return f"{self._id}.{kind}" + (f"-{count}" if count > 1 else "")

    def _write(self, blank: Element, kind: str, what: str) -> None:
        title = f"{self._label}, {what}"
        make = self._form.lines if kind == "lines" else self._form.cell
        name = self._name(kind)
        count = self._counts[kind]
        blank.attrib.update(make("answer", name, f"{title} {count}" if count > 1 else title))

    def _choose(self, scale: Element) -> None:
        """The points of a scale are one field: whoever chooses another leaves the first."""
        name = self._name("scale")
        ends = [text_of(each) for each in with_class(scale, "scale-end")]
        label = ", ".join((self._label, " \u2013 ".join(ends))) if ends else self._label
        for point in with_class(scale, "point"):
            number = text_of(point)
            title = f"{label}, {number}"
            point.attrib.update(self._form.choice("answer", name, title, number))

    def _tick_days(self, blank: Element) -> None:
        name = self._name("days")
        for day in with_class(blank, "day"):
            number = text_of(day)
            title = f"{self._label}, {self._words.day.format(day=number)}"
            day.attrib.update(self._form.box("answer", f"{name}.{number}", title))

    def _tick_task(self, task: Element) -> None:
        for box in [*with_class(task, "box-square")][:1]:
            words, done = text_of(task_text(task)), "done" in classes(task)
            box.attrib.update(self._form.box("task", task.get("id", ""), words, done))

    def _fill_table(self, table: Element, names: tuple[str, ...]) -> None:
        if "habits" in names:
            self._tick_habits(table)
        elif "fill-in" in names:
            self._fill_cells(table)

    def _tick_habits(self, table: Element) -> None:
        days = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
        for row in table.iterfind("tbody/tr"):
            habit = text_of(row[0])
            for day, cell in zip(days[1:], row[1:], strict=True):
                name = f"{self._id}.{slug(habit)[:_ID_LENGTH]}.{day}"
                title = f"{habit}, {self._words.day.format(day=day)}"
                cell.attrib.update(self._form.box("answer", name, title))

    def _fill_cells(self, table: Element) -> None:
        name = self._name("table")
        heads = [text_of(cell) for cell in table.iterfind("thead/tr[last()]/th")]
        for row, column, cell, head in _empty_cells(table):
            above = heads[column - 1] if column <= len(heads) else str(column)
            title = f"{self._label}, {above}, {head or row}"
            cell.attrib.update(self._form.cell("answer", f"{name}.{row}.{column}", title))


def _empty_cells(table: Element) -> Iterator[tuple[int, int, Element, str]]:
    """The cells to fill in, each with its row and column and what heads its row."""
    for row, line in enumerate(table.iterfind("tbody/tr"), start=1):
        head = text_of(line[0]) if len(line) else ""
        column = 1
        for cell in line:
            if cell.tag == "td" and not text_of(cell) and not len(cell):
                yield row, column, cell, head
            column += int(cell.get("colspan", "1"))
