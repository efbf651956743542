"""The shape ``fold``: one sheet a list, folded and cut once to a booklet of eight pages.

A cover, the tasks on as many pages as they take, pages for notes, and the back. A list that
fills more than the six pages inside goes on in a booklet of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builder.book import Numbered
from builder.diagnostics import Outcome
from builder.render.checklists.common import (
    Edition,
    LaidChecklists,
    Task,
    TaskList,
    constant,
    count_text,
    from_page,
    page_css,
    settle_runs,
    task_lists,
    template_values,
)
from builder.render.checklists.formats import PANELS, size_of
from builder.render.html import fill
from builder.render.pdf.gathering import Gathering, Sheet
from builder.render.pdf.impose.fold import PAGES_A_SHEET, fold_sides
from builder.render.pdf.plan import Run
from builder.render.pdf.press import Press

_INSIDE = PAGES_A_SHEET - 2
_BOOKLETS_A_RUN = 8


@dataclass(frozen=True, slots=True)
class _Booklet:
    """A booklet to be: its lists, and how many pages of notes with how many lines."""

    id: str
    numbered: Numbered
    lists: tuple[TaskList, ...]
    part: str = ""
    notes: int = 1
    lines: int = 0


def lay_fold(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the pages of all booklets and put eight on each sheet."""
    paper = edition.options.paper
    css = page_css(edition, PANELS[paper], "fold")
    groups = _grouped(_fill(edition, css, press))
    runs = [_run(edition, number, group) for number, group in enumerate(groups, 1)]
    laid = settle_runs(runs, css, press)
    sheet = size_of(paper).landscape
    sides = fold_sides(laid.value.pages, sheet, is_right_bound=edition.is_right_to_left)
    return replace(laid, value=replace(laid.value, sides=sides))


def _fill(edition: Edition, css: tuple[str, ...], press: Press) -> list[_Booklet]:
    """The booklets with their pages filled; where a list is too long, several for one."""
    booklets = [
        _Booklet(f"list.{each.id}", each, task_lists(edition, each)) for each in edition.picked
    ]
    while True:
        sheets = _measure(edition, css, press, booklets)
        parts = [
            part
            for booklet, sheet in zip(booklets, sheets, strict=True)
            for part in _part(booklet, sheet)
        ]
        if len(parts) == len(booklets):
            return [
                replace(each, notes=_notes(each, sheet), lines=_room(each, sheet))
                for each, sheet in zip(booklets, sheets, strict=True)
            ]
        booklets = _named(parts)


def _measure(
    edition: Edition, css: tuple[str, ...], press: Press, booklets: Sequence[_Booklet]
) -> list[Sheet]:
    """For each booklet, the layout that it is in."""
    groups = _grouped(booklets)
    bare = [
        Gathering(f"fold-{number}", _html(edition, group, is_fitting=True), css)
        for number, group in enumerate(groups, 1)
    ]
    sheets = press.lay_all(bare)
    return [sheet for group, sheet in zip(groups, sheets, strict=True) for _ in group]


def _run(edition: Edition, number: int, booklets: Sequence[_Booklet]) -> Run:
    html = partial(constant, _html(edition, booklets, is_fitting=False))
    return Run(f"fold-{number}", "main", "same", frozenset(), frozenset(), html)


def _html(edition: Edition, booklets: Sequence[_Booklet], *, is_fitting: bool) -> str:
    leaves = [
        {
            "booklet": each,
            "count": count_text(each.numbered.chapter.checklists, edition.words),
            "from_page": from_page(edition, each.numbered),
        }
        for each in booklets
    ]
    values = {**template_values(edition, "fold"), "leaves": leaves, "is_fitting": is_fitting}
    return fill("print/checklist-fold.html", values)


def _grouped(booklets: Sequence[_Booklet]) -> list[Sequence[_Booklet]]:
    starts = range(0, len(booklets), _BOOKLETS_A_RUN)
    return [booklets[start : start + _BOOKLETS_A_RUN] for start in starts]


def _pages(booklet: _Booklet, sheet: Sheet) -> int:
    """How many pages the tasks take."""
    return sheet.anchors[f"{booklet.id}.notes"].page - sheet.anchors[f"{booklet.id}.tasks"].page


def _notes(booklet: _Booklet, sheet: Sheet) -> int:
    """How many pages of notes fill the last sheet."""
    return -(_pages(booklet, sheet) + 2) % PAGES_A_SHEET


def _room(booklet: _Booklet, sheet: Sheet) -> int:
    """How many lines for notes a page has room for."""
    line = sheet.anchors[f"{booklet.id}.line"]
    return int((sheet.anchors["page-end"].bottom - line.top) / (line.bottom - line.top))


def _part(booklet: _Booklet, sheet: Sheet) -> Iterator[_Booklet]:
    """The booklet, or parts of it where its tasks take more pages than it has inside.

    A task goes into the next part where it ends behind the last page; one that is alone too
    long for a booklet stays whole and takes sheets of its own.
    """
    start = sheet.anchors[f"{booklet.id}.tasks"].page
    lists: list[TaskList] = []
    for task_list in booklet.lists:
        tasks: list[Task] = []
        for task in task_list.tasks:
            is_beyond = sheet.anchors[f"fit.{task.id}.end"].page >= start + _INSIDE
            if is_beyond and (lists or tasks):
                yield replace(booklet, lists=_with(lists, task_list, tasks))
                lists, tasks, start = [], [], sheet.anchors[f"fit.{task.id}"].page
            tasks.append(task)
        lists = [*_with(lists, task_list, tasks)]
    yield replace(booklet, lists=tuple(lists))


def _with(
    lists: Sequence[TaskList], task_list: TaskList, tasks: Sequence[Task]
) -> tuple[TaskList, ...]:
    """The lists and some tasks of the next."""
    return (*lists, *([replace(task_list, tasks=tuple(tasks))] if tasks else []))


def _named(parts: Sequence[_Booklet]) -> list[_Booklet]:
    """The booklets with names of their own, numbered where a list has several."""
    counts = Counter(each.numbered.id for each in parts)
    seen: Counter[str] = Counter()
    named = []
    for each in parts:
        chapter = each.numbered.id
        seen[chapter] += 1
        number = seen[chapter]
        part = f"{number}/{counts[chapter]}" if counts[chapter] > 1 else ""
        name = f"list.{chapter}" if number == 1 else f"list.{chapter}.{number}"
        named.append(replace(each, id=name, part=part))
    return named
