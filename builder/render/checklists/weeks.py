"""The tasks of a book week by week: where their marks say so, the others spread evenly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from builder.book import Checklist, Item, Marks, Numbered, flat
from builder.render.checklists.lines import main_first
from builder.schedule import inherited, week_and_day

# A week may end earlier or later by so much of an even share, to end with a chapter.
_NEAR = 0.3


@dataclass(frozen=True, slots=True)
class Planned:
    """One task with those under it that are for the same day; ``week`` is 0 while there is none.

    ``day`` is that of the week; ``under`` is the task above it where that is for another day.
    """

    numbered: Numbered
    checklist: Checklist
    item: Item
    week: int
    day: int | None = None
    under: str = ""

    @property
    def marks(self) -> tuple[Marks, ...]:
        """The marks of the task, and of those under it."""
        return tuple(each.marks for each in flat((self.item,)))


@dataclass(frozen=True, slots=True)
class Week:
    """A week and what is to be done in it: day by day, and what is for any day behind."""

    number: int
    tasks: tuple[Planned, ...]


def plan_weeks(chapters: Sequence[Numbered], weeks: int) -> tuple[Week, ...]:
    """The weeks in which there is something to do.

    They are as many as are asked for, or more where marks name later ones; where there is
    neither, every chapter has a week.
    """
    tasks = [task for numbered in chapters for task in _tasks_of(numbered)]
    free = [task for task in tasks if not task.week]
    count = max(weeks, *(task.week for task in tasks), 0)
    numbers = iter(_spread(tasks, free, count) if count else _week_a_chapter(free))
    placed = [task if task.week else replace(task, week=next(numbers)) for task in tasks]
    placed.sort(key=lambda task: (task.week, task.day is None, task.day or 0))
    groups = groupby(placed, key=lambda task: task.week)
    return tuple(Week(number, tuple(group)) for number, group in groups)


def share_out(weights: Sequence[float], loads: Sequence[float], ends: Iterable[int]) -> list[int]:
    """How many things of these weights go to each of some weeks, in order.

    With what the weeks are loaded with already, all come to about the same. A week rather ends
    where one of ``ends`` things are given out; none stays empty where there is enough.
    """
    sums, good = [0.0, *accumulate(weights)], frozenset(ends)
    even = (sums[-1] + sum(loads)) / len(loads)
    room = [max(0.0, even - load) for load in loads]
    scale, near = sums[-1] / (sum(room) or 1), _NEAR * sums[-1] / len(loads)
    least = int(len(weights) >= len(loads) and not any(loads))
    cuts = [0]
    for left, target in zip(range(len(loads) - 1, 0, -1), accumulate(room), strict=False):
        places = range(cuts[-1] + least, len(weights) - left * least + 1)
        gains = {cut: near if cut in good else 0.0 for cut in places}
        cuts.append(min(places, key=lambda cut: abs(sums[cut] - target * scale) - gains[cut]))
    return [end - start for start, end in zip(cuts, [*cuts[1:], len(weights)], strict=True)]


def _tasks_of(numbered: Numbered) -> Iterator[Planned]:
    for checklist in main_first(numbered.chapter.checklists):
        for item in checklist.items:
            yield from _parted(Planned(numbered, checklist, item, 0), Marks())


def _parted(task: Planned, above: Marks) -> list[Planned]:
    """A task with those under it for the same day, and behind it those for another."""
    marks = inherited(task.item.marks, above)
    week, day = week_and_day(marks)
    kept: list[Item] = []
    moved: list[Planned] = []
    for item in task.item.items:
        first, *others = _parted(replace(task, item=item, under=task.item.text), marks)
        if (first.week, first.day) == (week or 0, day):
            kept.append(first.item)
        else:
            moved.append(first)
        moved += others
    return [
        replace(task, item=replace(task.item, items=tuple(kept)), week=week or 0, day=day),
        *moved,
    ]


def _spread(tasks: Sequence[Planned], free: Sequence[Planned], count: int) -> Iterator[int]:
    """The weeks of the tasks that name none: all weeks get about as much to do."""
    usual = _usual(tasks)
    loads = [0.0] * count
    for task in tasks:
        if task.week:
            loads[task.week - 1] += _weight(task, usual)
    chapters = groupby(free, key=lambda task: task.numbered.id)
    ends = accumulate(sum(1 for _ in group) for _, group in chapters)
    shares = share_out([_weight(task, usual) for task in free], loads, ends)
    for week, share in enumerate(shares, 1):
        yield from [week] * share


def _week_a_chapter(tasks: Iterable[Planned]) -> Iterator[int]:
    for week, (_, group) in enumerate(groupby(tasks, key=lambda task: task.numbered.id), 1):
        yield from (week for _ in group)


def _weight(task: Planned, usual: float) -> float:
    return sum(marks.minutes or usual for marks in task.marks)


def _usual(tasks: Iterable[Planned]) -> float:
    """The minutes of a task that does not say how long it takes: as long as the others do."""
    known = [marks.minutes for task in tasks for marks in task.marks if marks.minutes]
    return sum(known) / len(known) if known else 1
