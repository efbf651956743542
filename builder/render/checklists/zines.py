"""What goes on which page of the folded booklets: fitted by measuring a layout of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.book import Numbered
from builder.render.checklists.lines import Task, TaskList
from builder.render.checklists.spread import spread
from builder.render.pdf.gathering import Sheet
from builder.render.pdf.impose.fold import PAGES_A_SHEET

# Without the cover and the back.
_INSIDE = PAGES_A_SHEET - 2


@dataclass(frozen=True, slots=True)
class Panel:
    """A page with tasks, or more of them where there are many, and lines in what is left."""

    lists: tuple[TaskList, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Zine:
    """A booklet to be: its panels with tasks, and how many with notes; ``part`` as in "1/2"."""

    id: str
    numbered: Numbered
    panels: tuple[Panel, ...]
    part: str = ""
    notes: int = 1
    lines: int = 0


# The layouts that booklets are in, each with the anchors that the template gives them.
Measure = Callable[[Sequence[Zine]], Sequence[Sheet]]


def fill_zines(zines: Sequence[Zine], measure: Measure) -> list[Zine]:
    """Booklets, each with all of a list on one panel -> as many as it takes, filled to the end."""
    sheets = measure(zines)
    parts = _parted(zines, sheets)
    while len(parts) > len(zines):
        zines, sheets = parts, measure(parts)
        parts = _parted(zines, sheets)
    spread_out = [_spread(each, sheet) for each, sheet in zip(zines, sheets, strict=True)]
    sheets = measure(spread_out)
    return [_filled(each, sheet) for each, sheet in zip(spread_out, sheets, strict=True)]


def _parted(zines: Sequence[Zine], sheets: Sequence[Sheet]) -> list[Zine]:
    return _named(
        [part for each, sheet in zip(zines, sheets, strict=True) for part in _part(each, sheet)]
    )


def _part(zine: Zine, sheet: Sheet) -> Iterator[Zine]:
    """The booklet, or parts of it where its tasks take more pages than it has inside.

    A task goes into the next part where it ends behind the last page; one that is alone too
    long for a booklet stays whole and takes sheets of its own.
    """
    start = sheet.anchors[f"{zine.id}.panel-1"].page
    lists: tuple[TaskList, ...] = ()
    for task_list, task in _tasks(zine):
        is_beyond = sheet.anchors[f"fit.{task.id}.end"].page >= start + _INSIDE
        if is_beyond and lists:
            yield replace(zine, panels=(Panel(lists),))
            lists, start = (), sheet.anchors[f"fit.{task.id}"].page
        lists = _with(lists, task_list, task)
    yield replace(zine, panels=(Panel(lists),))


def _named(parts: Sequence[Zine]) -> list[Zine]:
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


def _spread(zine: Zine, sheet: Sheet) -> Zine:
    """The booklet with a panel for each few tasks, where they do not fill it."""
    tasks = [*_tasks(zine)]
    if _pages(zine, sheet) > _INSIDE:
        return zine
    heights = [
        sheet.anchors[f"fit.{task.id}.end"].bottom - sheet.anchors[f"fit.{task.id}"].top
        for _, task in tasks
    ]
    panels, first = [], 0
    for count in spread(heights, _INSIDE):
        lists: tuple[TaskList, ...] = ()
        for task_list, task in tasks[first : first + count]:
            lists = _with(lists, task_list, task)
        panels.append(Panel(lists))
        first += count
    return replace(zine, panels=tuple(panels))


def _filled(zine: Zine, sheet: Sheet) -> Zine:
    """The booklet with lines below its tasks and pages of notes behind them."""
    line = sheet.anchors[f"{zine.id}.line"]
    bottom, pitch = sheet.anchors["page-end"].bottom, line.bottom - line.top
    ends = [sheet.anchors[f"{zine.id}.rest-{number}"] for number in _numbers(zine)]
    panels = tuple(
        replace(panel, lines=int((bottom - end.top) / pitch))
        for panel, end in zip(zine.panels, ends, strict=True)
    )
    notes = -(_pages(zine, sheet) + _outside(zine, sheet)) % PAGES_A_SHEET
    return replace(zine, panels=panels, notes=notes, lines=int((bottom - line.top) / pitch))


def _pages(zine: Zine, sheet: Sheet) -> int:
    """How many pages the tasks take."""
    return sheet.anchors[f"{zine.id}.notes"].page - sheet.anchors[f"{zine.id}.panel-1"].page


def _outside(zine: Zine, sheet: Sheet) -> int:
    """How many pages cover and back take: one each, and more where the type is large."""
    cover, first, end, last = (
        sheet.anchors[name].page
        for name in (zine.id, f"{zine.id}.panel-1", f"{zine.id}.end", f"{zine.id}.last")
    )
    return first - cover + last - end + 1


def _numbers(zine: Zine) -> range:
    return range(1, len(zine.panels) + 1)


def _tasks(zine: Zine) -> Iterator[tuple[TaskList, Task]]:
    for panel in zine.panels:
        for task_list in panel.lists:
            yield from ((task_list, task) for task in task_list.tasks)


def _with(lists: tuple[TaskList, ...], task_list: TaskList, task: Task) -> tuple[TaskList, ...]:
    """The lists with one more task, of the last of them or of a new one."""
    if lists and lists[-1].id == task_list.id:
        return (*lists[:-1], replace(lists[-1], tasks=(*lists[-1].tasks, task)))
    return (*lists, replace(task_list, tasks=(task,)))
