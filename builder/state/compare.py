"""A state held against its book: whose it is, which tasks have gone, changed or are new."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.book import Book, Checklist, Item, Numbered, Text, flat
from builder.diagnostics import Diagnostic, Severity
from builder.state import State, StateFile, TaskState

# Below this two tasks have no more in common than any two have.
_ALIKE = 0.6
_MOST_NAMED = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Known:
    """A task of the book, with its chapter."""

    id: str
    text: str
    chapter: str


def check_book(file: StateFile, books: Sequence[Book]) -> Iterator[Diagnostic]:
    """An error where the state is that of another book than these editions of one.

    A book is known by its identifier.
    """
    book = books[0]
    if file.state.book not in {each.config.urn for each in books}:
        other = f' ("{file.state.title}")' if file.state.title else ""
        yield Diagnostic(
            "other-book",
            f'the tasks are those of another book: "{file.state.book}"{other}',
            file.place,
            f'this book is "{book.config.urn}" ("{book.config.title}")',
        )


def check_tasks(file: StateFile, book: Book, others: Iterable[Book] = ()) -> Iterator[Diagnostic]:
    """Tasks that are in the book no more, nor in its other forms, that read otherwise, new ones."""
    known = {task.id: task for each in (*others, book) for task in _known(each)}
    listed = {task.id for task in file.state.tasks}
    new = [task for task in _known(book) if task.id not in listed]
    for task in file.state.tasks:
        place = file.places.get(task.id, file.place)
        if task.id not in known:
            yield replace(_gone(task, new), place=place)
        elif task.task and _words(task.task) != _words(known[task.id].text):
            yield Diagnostic(
                "task-reworded",
                f'the task "{task.id}" reads otherwise now: "{known[task.id].text}"',
                place,
                "look whether it is still what was done",
                Severity.NOTE,
            )
    if new:
        yield _new(new, file)


def with_state(book: Book, state: State) -> Book:
    """The book with each task of the state ticked or not; others stay as they are written."""
    done = {task.id: task.done for task in state.tasks}
    return replace(book, chapters=tuple(_ticked(each, done) for each in book.chapters))


def written_in(state: State) -> Mapping[str, str]:
    """All texts of a state by the name of their place, notes beside tasks as well."""
    notes = {f"notes/{task.id}": task.notes for task in state.tasks if task.notes}
    return {**notes, **state.fields}


def state_of(book: Book) -> State:
    """All tasks of a book, done where the manuscript ticks them."""
    tasks = tuple(
        TaskState(id=item.id, done=item.is_done, task=item.text, chapter=numbered.id)
        for numbered in book.chapters
        for checklist in numbered.chapter.checklists
        for item in flat(checklist.items)
    )
    return State(book=book.config.urn, title=book.config.title, tasks=tasks)


def _known(book: Book) -> Iterator[_Known]:
    for task in state_of(book).tasks:
        yield _Known(task.id, task.task, task.chapter)


def _gone(task: TaskState, new: Iterable[_Known]) -> Diagnostic:
    said = f'"{task.task}" ({task.id})' if task.task else f'"{task.id}"'
    near = _nearest(task, list(new))
    if near is None:
        message, hint = f"a task that the book has no more: {said}", "take it out of the file"
    else:
        message = f"a task whose words have changed, and its id with them: {said}"
        hint = f'nearest: "{near.text}"; if it is the same task, write "id": "{near.id}"'
    return Diagnostic("unknown-task", message, None, hint, Severity.WARNING)


def _nearest(task: TaskState, new: list[_Known]) -> _Known | None:
    """The new task with the most like words, in its own chapter before others."""
    chapter, _, name = task.id.partition(".")
    words = _words(task.task) or name.removeprefix("task-").replace("-", " ")
    own = [each for each in new if each.chapter == (task.chapter or chapter)]
    for group in (own, new):
        by_words = {_words(each.text): each for each in reversed(group)}
        if near := difflib.get_close_matches(words, by_words, n=1, cutoff=_ALIKE):
            return by_words[near[0]]
    return None


def _words(text: str) -> str:
    """A text as it is compared: without signs, case or marks of typography."""
    return " ".join(_WORD.findall(text.casefold()))


def _new(new: list[_Known], file: StateFile) -> Diagnostic:
    names = ", ".join(f'"{task.text}"' for task in new[:_MOST_NAMED])
    more = f" and {len(new) - _MOST_NAMED} more" if len(new) > _MOST_NAMED else ""
    count = "1 task is" if len(new) == 1 else f"{len(new)} tasks are"
    message = f"{count} not in the file yet: {names}{more}"
    hint = "they count as the manuscript has them"
    return Diagnostic("new-task", message, file.place, hint, Severity.NOTE)


def _ticked(numbered: Numbered, done: Mapping[str, bool]) -> Numbered:
    def tick(text: Text) -> Text:
        lists = tuple(_ticked_list(each, done) for each in text.checklists)
        return replace(text, checklists=lists)

    chapter = numbered.chapter.reworked(tick, "state", repr(sorted(done.items())))
    return replace(numbered, chapter=chapter)


def _ticked_list(checklist: Checklist, done: Mapping[str, bool]) -> Checklist:
    return replace(checklist, items=tuple(_ticked_item(item, done) for item in checklist.items))


def _ticked_item(item: Item, done: Mapping[str, bool]) -> Item:
    inner = tuple(_ticked_item(each, done) for each in item.items)
    return replace(item, is_done=done.get(item.id, item.is_done), items=inner)
