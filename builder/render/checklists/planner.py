"""The shape ``planner``: all weeks at a glance, then a page for each with what is to be done."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from xml.etree.ElementTree import Element

from builder.book import Item, Marks, Numbered
from builder.diagnostics import Outcome
from builder.parse.mark_spans import MARK, mark_words, time_words
from builder.parse.tree import append_text, new, parents, remove, walk, with_class
from builder.render.checklists.common import (
    Edition,
    LaidChecklists,
    fixed_run,
    from_page,
    page_css,
    settle_runs,
    template_values,
)
from builder.render.checklists.lines import Task, task_of, tasks_text
from builder.render.checklists.note_lines import lines_below, runs_with_lines
from builder.render.checklists.per_sheet import lay_per_sheet
from builder.render.checklists.weeks import Planned, Week, plan_weeks
from builder.render.html import fill
from builder.render.pdf.gathering import Sheet
from builder.render.pdf.plan import Run
from builder.render.pdf.press import Press
from builder.words import Words


@dataclass(frozen=True, slots=True)
class _Group:
    """What a day has of one list: the chapter, the list's own title, the tasks."""

    numbered: Numbered
    from_page: str
    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of a week; it has no name where no task of the week is for a certain day."""

    name: str
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A week as its template takes it."""

    id: str
    title: str
    chapters: tuple[str, ...]
    total: str
    days: tuple[_Day, ...]


def lay_planner(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the weeks, a page each on a sheet or two of half the size."""
    return lay_per_sheet(_lay_set, edition, press)


def _lay_set(edition: Edition, size: str, press: Press) -> Outcome[LaidChecklists]:
    css = page_css(edition, size, "planner")
    weeks = plan_weeks(edition.picked, edition.options.weeks)
    pages = [_page_of(edition, week) for week in weeks]
    runs = [_overview_run(edition, size, weeks, pages)] if len(weeks) > 1 else []
    runs += runs_with_lines("weeks", pages, partial(_html, edition, size), _room, css, press)
    return settle_runs(runs, css, press)


def _overview_run(
    edition: Edition, size: str, weeks: Sequence[Week], pages: Sequence[_Page]
) -> Run:
    marks = [each for week in weeks for task in week.tasks for each in task.marks]
    values = {
        **template_values(edition, "planner", page=size),
        "pages": pages,
        "total": _total(marks, edition.words),
    }
    html = fill("print/checklist-planner-overview.html", values)
    return fixed_run("weeks", html)


def _room(page: _Page, sheet: Sheet) -> int:
    """How many lines for notes stand below the tasks of a week; none on a page of their own."""
    end, line = sheet.anchors[f"{page.id}.end"], sheet.anchors[f"{page.id}.notes"]
    if end.page != line.page:
        return 0
    return lines_below(line.top, line.bottom - line.top, sheet)


def _html(edition: Edition, size: str, pages: Sequence[_Page], lines: Sequence[int] | None) -> str:
    values = {
        **template_values(edition, "planner", page=size),
        "weeks": [*zip(pages, lines or [0] * len(pages), strict=True)],
        "is_fitting": lines is None,
    }
    return fill("print/checklist-planner.html", values)


def _page_of(edition: Edition, week: Week) -> _Page:
    words = edition.words
    marks = [each for task in week.tasks for each in task.marks]
    has_days = any(task.day for task in week.tasks)
    return _Page(
        f"week-{week.number}",
        words.week_of_planner.format(week=week.number),
        tuple(dict.fromkeys(task.numbered.full_title for task in week.tasks)),
        _total(marks, words),
        tuple(
            _Day(_day_name(day, words) if has_days else "", tuple(_groups(edition, [*tasks])))
            for day, tasks in groupby(week.tasks, key=lambda task: task.day)
        ),
    )


def _day_name(day: int | None, words: Words) -> str:
    return words.day_of_week.format(day=day) if day else words.any_day


def _groups(edition: Edition, tasks: Sequence[Planned]) -> Iterator[_Group]:
    for _, group in groupby(tasks, key=lambda task: task.checklist.anchor):
        planned = [*group]
        numbered, checklist = planned[0].numbered, planned[0].checklist
        has_others = len(numbered.chapter.checklists) > 1
        yield _Group(
            numbered,
            from_page(edition, numbered),
            checklist.title if has_others and not checklist.is_main else "",
            tuple(_task(edition, task) for task in planned),
        )


def _task(edition: Edition, planned: Planned) -> Task:
    """The task as it is printed below its week and day, which its marks need not say again."""
    words = edition.words
    task = _undated(task_of(edition, planned.numbered, planned.item), planned.item, words)
    if not planned.under:
        return task
    body = deepcopy(task.body)
    sentence = next(walk(body, "p"), body)
    under = new("span", words.under_task.format(task=planned.under), class_="under-task")
    append_text(sentence, " ")
    sentence.append(under)
    return replace(task, body=body)


def _undated(task: Task, item: Item, words: Words) -> Task:
    inner = zip(task.tasks, item.items, strict=True)
    tasks = tuple(_undated(each, of, words) for each, of in inner)
    return replace(task, body=_without_when(task.body, item.marks, words), tasks=tasks)


def _without_when(body: Element, marks: Marks, words: Words) -> Element:
    made = deepcopy(body)
    said = words.mark_between.join(mark_words(replace(marks, week=None, day=None), words))
    owners = parents(made)
    for span in with_class(made, MARK):
        span.text = said
        if not said:
            remove(owners[span], span)
    return made


def _total(marks: Sequence[Marks], words: Words) -> str:
    """How many tasks there are, and how long they take as far as they say."""
    minutes = sum(each.minutes or 0 for each in marks)
    time = [time_words(minutes, words)] if minutes else []
    return words.mark_between.join([tasks_text(len(marks), words), *time])
