"""What was filled in, for a person at a terminal: a line a chapter, with a bar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from builder.book import Book, Numbered
from builder.state import State, TaskState

_BAR, _MOST_TITLE, _LEAST_TITLE = 20, 48, 12
_DONE, _OPEN = "#", "-"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its words, and how much is done of how much."""

    label: str
    done: int
    total: int
    remarks: str

    @property
    def count(self) -> str:
        """How much is done: ``3 of 12``."""
        return f"{self.done} of {self.total}"


def summary_text(state: State, book: Book, columns: int) -> str:
    """How much is done in each chapter, in lines of some columns, and then in all."""
    lines = [*_lines(state, book)]
    total = _Line("in all", sum(task.done for task in state.tasks), len(state.tasks), "")
    if not total.total:
        return "no tasks"
    if len(lines) > 1:
        lines.append(total)
    counted = max(len(line.count) for line in lines)
    remarks = max(len(line.remarks) for line in lines)
    room = min(_MOST_TITLE, max(_LEAST_TITLE, columns - _BAR - counted - remarks - 4))
    widest = min(room, max(_width(line.label) for line in lines))
    return "\n".join(_shown(line, widest, counted) for line in lines)


def _lines(state: State, book: Book) -> Iterator[_Line]:
    for numbered in book.chapters:
        tasks = [task for task in state.tasks if task.chapter == numbered.id]
        if tasks:
            yield _line(numbered.full_title, tasks, _remarks(numbered, state))
    ids = {numbered.id for numbered in book.chapters}
    lost = [task for task in state.tasks if task.chapter not in ids]
    if lost:
        yield _line("chapters that have gone", lost, "")


def _line(label: str, tasks: Sequence[TaskState], remarks: str) -> _Line:
    return _Line(label, sum(task.done for task in tasks), len(tasks), remarks)


def _remarks(numbered: Numbered, state: State) -> str:
    """The date that stands there, and whether anything was noted or answered."""
    date = state.fields.get(f"date/{numbered.id}", "")
    noted = "notes" if f"notes/{numbered.id}" in state.fields else ""
    own = f"answer/{numbered.id}."
    answered = "exercises" if any(place.startswith(own) for place in state.fields) else ""
    return ", ".join(part for part in (" ".join(date.split())[:20], noted, answered) if part)


def _shown(line: _Line, widest: int, counted: int) -> str:
    filled = _BAR * line.done // max(line.total, 1)
    label = _cut(line.label, widest)
    bar = f"[{_DONE * filled}{_OPEN * (_BAR - filled)}]"
    gap = " " * (widest - _width(label))
    return f"{label}{gap} {bar} {line.count:>{counted}} {line.remarks}".rstrip()


def _cut(text: str, room: int) -> str:
    """A text in so many columns; three points stand for what is left out."""
    if _width(text) <= room:
        return text
    while _width(text) > room - 3:
        text = text[:-1]
    return f"{text.rstrip()}..."


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
