"""Checklists that were filled in on a screen: what the file says of the book's tasks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builder.book import Book
from builder.diagnostics import BuildFailed, Diagnostic, Severity
from builder.field_names import FieldName, book_mark, parse_field_name, place_name
from builder.filled.fields import SAVE_AGAIN, SavedField, SavedForm, read_form
from builder.state import State, StateFile, TaskState
from builder.state.compare import check_tasks, state_of

# What a state says of the box of a chapter that is ticked.
_TICKED = "x"
_Fields = Mapping[FieldName, SavedField]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file says: the edition of the book that it is of, its state, and what was found."""

    book: Book
    state: State
    findings: tuple[Diagnostic, ...]


def read_filled(path: Path, data: bytes, books: Sequence[Book]) -> Filled:
    """What stands in the fields of a file that is a form of one of the editions of a book.

    Raises ``BuildFailed`` (exit code 2) where it is no form, or that of another book.
    """
    form = read_form(path, data)
    fields = _fields_by_name(path, form)
    book = _book_of(path, form, fields, books)
    mark = book_mark(book.config.urn)
    fields = {name: field for name, field in fields.items() if name.book == mark}
    state = _state(fields, book)
    chapters = _chapters(fields, state, book)
    part = replace(book, chapters=tuple(each for each in book.chapters if each.id in chapters))
    found = check_tasks(StateFile(state), part)
    damage = [_damage(path)] if form.is_damaged else []
    return Filled(book, state, (*damage, *found))


def _fields_by_name(path: Path, form: SavedForm) -> _Fields:
    """The fields of books by their names; those that are there several times count as one."""
    found: dict[FieldName, SavedField] = {}
    for field in form.fields:
        if name := parse_field_name(field.name):
            found[name] = _joined(found[name], field) if name in found else field
    if not found:
        raise BuildFailed([_no_fields(path, form)], exit_code=2)
    return found


def _joined(one: SavedField, other: SavedField) -> SavedField:
    """Two fields for the same: ticked as the one that was changed, with the text of both."""
    texts = [text for text in (one.text, other.text) if text]
    kept = other if other.is_changed else one
    text = "\n".join(texts[:1] if other.text in one.text.split("\n") else texts)
    return replace(kept, title=one.title, text=text)


def _book_of(path: Path, form: SavedForm, fields: _Fields, books: Sequence[Book]) -> Book:
    marks = {name.book for name in fields}
    for book in books:
        if book_mark(book.config.urn) in marks:
            return book
    raise BuildFailed([_other_book(path, form, books[0])], exit_code=2)


def _damage(path: Path) -> Diagnostic:
    message = f'"{path}" is damaged: this is what could be read of it'
    return Diagnostic("damaged-pdf", message, None, SAVE_AGAIN, Severity.WARNING)


def _no_fields(path: Path, form: SavedForm) -> Diagnostic:
    what = "no fields of checklists" if form.fields else "no fields"
    return Diagnostic(
        "no-fields",
        f'"{path}" has {what}',
        None,
        "it was flattened, as by printing it to a file, or made without --fillable; "
        "ask for a copy that was saved and not printed",
    )


def _other_book(path: Path, form: SavedForm, book: Book) -> Diagnostic:
    title = f': "{form.title}"' if form.title else ""
    return Diagnostic(
        "other-book",
        f'"{path}" is the form of another book{title}',
        None,
        f'this book is "{book.config.urn}" ("{book.config.title}")',
    )


def _state(fields: _Fields, book: Book) -> State:
    """The state that a form tells: its tasks as the book has them, those that it lost behind."""
    whole = state_of(book)
    boxes = _by_present_ids(
        {name.id: field for name, field in fields.items() if name.kind == "task"}, whole.tasks
    )
    notes = {name.id: field.text for name, field in fields.items() if name.kind == "notes"}
    chapters = {task.id: task.chapter for task in whole.tasks}
    lost = [id_ for id_ in boxes if id_ not in chapters]
    tasks = tuple(
        TaskState(
            id=id_,
            done=boxes[id_].is_ticked,
            notes=notes.get(id_, ""),
            task=boxes[id_].title,
            chapter=chapters.get(id_, id_.partition(".")[0]),
        )
        for id_ in (*(id_ for id_ in chapters if id_ in boxes), *lost)
    )
    return replace(whole, tasks=tasks, fields=dict(_places(fields, boxes)))


def _by_present_ids(
    boxes: Mapping[str, SavedField], tasks: Iterable[TaskState]
) -> dict[str, SavedField]:
    """The boxes by the ids of today: a task of the same words is the same, wherever it went."""
    known = {task.id for task in tasks}
    free: dict[str, str | None] = {}
    for task in tasks:
        if task.id not in boxes:
            free[task.task] = None if task.task in free else task.id
    return {
        id_ if id_ in known else free.pop(box.title, None) or id_: box for id_, box in boxes.items()
    }


def _places(fields: _Fields, boxes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What was written elsewhere than beside a task, and the chapters that are ticked."""
    for name, field in fields.items():
        text = _TICKED if field.is_ticked else field.text
        if text and name.kind != "task" and name.id not in boxes:
            yield place_name(name.kind, name.id), text


def _chapters(fields: _Fields, state: State, book: Book) -> frozenset[str]:
    """All chapters where the form has the boxes of chapters, else those of its fields."""
    ids = {each.id for each in book.chapters}
    if any(name.kind == "chapter" for name in fields):
        return frozenset(ids)
    named = {name.id for name in fields} | {task.chapter for task in state.tasks}
    return frozenset(named & ids)
