"""The lists of a chapter as they are printed: each task with its box, and those under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Checklist, Item, Numbered, flat
from builder.parse.tree import walk
from builder.render.checklists.answers import Answers
from builder.render.checklists.common import Edition, form_of_set
from builder.render.pdf.endings import hold_last_words
from builder.render.pdf.print_tree import SLOT_SCHEME, UNKNOWN_PAGE, print_tree
from builder.render.task_numbers import write_number
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Task:
    """One printed line: the task as a tree, numbered and ticked or not, and the tasks under it."""

    id: str
    text: str
    body: Element
    is_done: bool
    is_numbered: bool
    tasks: tuple["Task", ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """One printed list; the chapter's own carries no title."""

    id: str
    title: str
    tasks: tuple[Task, ...]


def task_lists(edition: Edition, numbered: Numbered) -> tuple[TaskList, ...]:
    """The lists of a chapter as printed, its own first."""
    return tuple(
        TaskList(
            each.anchor,
            "" if each.is_main else each.title,
            tuple(task_of(edition, numbered, item) for item in each.items),
        )
        for each in main_first(numbered.chapter.checklists)
    )


def task_of(edition: Edition, numbered: Numbered, item: Item) -> Task:
    """A task of a chapter as printed, with those under it."""
    body = set_tree(edition, numbered, item.body)
    write_number(body, item.number)
    Answers(form_of_set(edition), edition.words, item.id, item.text).give_fields(body)
    tasks = tuple(task_of(edition, numbered, inner) for inner in item.items)
    is_numbered = item.number is not None
    return Task(item.id, item.text, body, item.is_done, is_numbered, tasks)


def set_tree(edition: Edition, numbered: Numbered, tree: Element) -> Element:
    """A copy of a tree from a chapter as the set prints it."""
    pages = edition.book_pages
    body = print_tree(tree, numbered.chapter.notes, pages, edition.words, with_pages=True)
    # The places that references name are in the book and not in this set.
    for link in walk(body, "a"):
        address = link.get("href", "")
        if address.startswith(SLOT_SCHEME):
            link.text = pages.get(address.removeprefix(SLOT_SCHEME), UNKNOWN_PAGE)
        if address.startswith(("#", SLOT_SCHEME)):
            link.tag, link.attrib = "span", {}
    hold_last_words(body)
    return body


def main_first(checklists: Iterable[Checklist]) -> list[Checklist]:
    """The lists of a chapter, its own first."""
    return sorted(checklists, key=lambda each: not each.is_main)


def count_tasks(checklists: Iterable[Checklist]) -> int:
    """How many tasks there are, those under others included."""
    return sum(1 for each in checklists for _ in flat(each.items))


def count_text(checklists: Iterable[Checklist], words: Words) -> str:
    """The words "8 tasks"."""
    return tasks_text(count_tasks(checklists), words)


def tasks_text(count: int, words: Words) -> str:
    """The same for a number."""
    return words.one_task if count == 1 else words.tasks.format(count=count)
