"""The exercises of a chapter as they are printed in the set, with fields where it is a form.

A field is called after its exercise, that is after the words of its title or ``{#id}``, and
after what it is in it: ``one.try-this.lines``, ``one.try-this.scale.7``.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import Numbered
from builder.parse.headings import unique
from builder.parse.leader import words_for_all
from builder.parse.tree import classes, text_of, walk, with_class
from builder.render.checklists.common import Edition
from builder.render.checklists.lines import set_tree
from builder.render.form import Form
from builder.slugs import slug
from builder.words import Words

EXERCISE = "exercise"
_ID_LENGTH, _LABEL_LENGTH = 40, 80


def exercises_of(edition: Edition, numbered: Numbered, form: Form) -> tuple[Element, ...]:
    """The exercises of a chapter, in order; none where they are not wanted."""
    if not edition.options.exercises:
        return ()
    found = [*with_class(numbered.chapter.body, EXERCISE)]
    inner = {within for each in found for within in with_class(each, EXERCISE)} - {*found}
    taken: set[str] = set()
    made = []
    for exercise in [each for each in found if each not in inner]:
        id_ = _id_of(exercise, numbered.id, taken)
        tree = set_tree(edition, numbered, exercise)
        _Answers(form, edition.words, id_, _label(tree)).give_fields(tree)
        made.append(tree)
    return tuple(made)


class _Answers:
    """Gives each blank of an exercise its field."""

    def __init__(self, form: Form, words: Words, id_: str, label: str) -> None:
        self._form, self._words = form, words
        self._id, self._label = id_, label
        self._counts: Counter[str] = Counter()

    def give_fields(self, exercise: Element) -> None:
        """Mark whatever can be ticked or written in, in the order of reading."""
        for element in [*exercise.iter()]:
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
                self._tick_all(element, "point", "scale", "{}")
            elif "blank-days" in names:
                self._tick_all(element, "day", "days", self._words.day)

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

    def _tick_all(self, blank: Element, class_: str, kind: str, saying: str) -> None:
        name = self._name(kind)
        for box in with_class(blank, class_):
            number = text_of(box)
            title = f"{self._label}, {saying.format(number, day=number)}"
            box.attrib.update(self._form.box("answer", f"{name}.{number}", title))

    def _tick_task(self, task: Element) -> None:
        for box in [*with_class(task, "box-square")][:1]:
            done = "done" in classes(task)
            box.attrib.update(self._form.box("task", task.get("id", ""), text_of(task), done))

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


def _id_of(exercise: Element, chapter_id: str, taken: set[str]) -> str:
    """The id of an exercise: its own, or one made of the words that every edition has."""
    title = next(with_class(exercise, "box-title"), None)
    words = slug(words_for_all(title)) if title is not None else ""
    name = exercise.get("id") or f"{chapter_id}.{words[:_ID_LENGTH].rstrip('-') or EXERCISE}"
    return unique(name, taken, ".")


def _label(exercise: Element) -> str:
    """What screen readers call an exercise: its title, else its first words."""
    title = next(with_class(exercise, "box-title"), None)
    first = title if title is not None else next(walk(exercise, "p"), exercise)
    text = text_of(first)
    return text if len(text) <= _LABEL_LENGTH else f"{text[:_LABEL_LENGTH].rsplit(' ', 1)[0]} ..."
