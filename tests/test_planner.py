"""The planner: which task is for which week and day, and what its pages say."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.book import Book, flat
from builder.render.checklists.weeks import Week, plan_weeks, share_out
from tests.casebook import build_folder
from tests.conftest import WriteBook
from tests.pdf_facts import Facts
from tests.pressed import plan, press_shape

MARKED = """\
# One

- [ ] Fill the jar. @week 2 @day 3
    - [ ] Rinse it. (~5 min)
    - [ ] Label it. @day 5
        - [ ] Find a pen.
- [ ] Carry it home. @day 9 (~1 h)
- [ ] Drink. @week 2
"""


def book_of(write_book: WriteBook, *chapters: str) -> Book:
    """A book of some chapters."""
    root = write_book({f"{number}.md": text for number, text in enumerate(chapters, 1)})
    return build_folder(root).books["print"]


def written(weeks: Sequence[Week]) -> list[str]:
    """The weeks in lines: week and day, the task, those under it, and the one above it."""
    return [
        " ".join(
            (
                f"{week.number}/{task.day or '-'}",
                " > ".join(item.text for item in flat((task.item,))),
                *([f"({task.under})"] if task.under else []),
            )
        )
        for week in weeks
        for task in week.tasks
    ]


def lists(*counts: int, minutes: str = "") -> list[str]:
    """Chapters with so many tasks each."""
    return [
        f"# {name}\n\n" + "".join(f"- [ ] {name}{task}{minutes}\n" for task in range(count))
        for name, count in zip("ABCDEFGH", counts, strict=False)
    ]


def test_marks_say_week_and_day(write_book: WriteBook) -> None:
    """Tasks under another stay with it, but for those of another day; day 9 is in week 2."""
    weeks = plan_weeks(book_of(write_book, MARKED).chapters, 0)

    assert written(weeks) == [
        "2/2 Carry it home.",
        "2/3 Fill the jar. > Rinse it.",
        "2/5 Label it. > Find a pen. (Fill the jar.)",
        "2/- Drink.",
    ]


def test_without_marks_and_weeks_each_chapter_has_a_week(write_book: WriteBook) -> None:
    """As many weeks as there are lists."""
    weeks = plan_weeks(book_of(write_book, *lists(2, 1), "# No list", *lists(0)).chapters, 0)

    assert [len(week.tasks) for week in weeks] == [2, 1]


def test_weeks_end_with_chapters_where_they_can(write_book: WriteBook) -> None:
    """Six, four and five tasks over three weeks: a chapter each, though five each are even."""
    weeks = plan_weeks(book_of(write_book, *lists(6, 4, 5)).chapters, 3)

    assert [[task.item.text[0] for task in week.tasks] for week in weeks] == [
        ["A"] * 6,
        ["B"] * 4,
        ["C"] * 5,
    ]


def test_marked_weeks_get_less_of_the_others(write_book: WriteBook) -> None:
    """What has a week stays in it; the others fill up those that have little to do."""
    marked = "# A\n\n" + "".join(f"- [ ] A{task}. @week 1\n" for task in range(4))
    weeks = plan_weeks(book_of(write_book, marked, lists(0, 6)[1]).chapters, 2)

    assert [[task.item.text for task in week.tasks] for week in weeks] == [
        ["A0.", "A1.", "A2.", "A3.", "B0"],
        ["B1", "B2", "B3", "B4", "B5"],
    ]


def test_minutes_count(write_book: WriteBook) -> None:
    """A task of an hour weighs as much as three of twenty minutes."""
    long = "# A\n\n- [ ] Long. (~1 h)\n- [ ] B (~20 min)\n- [ ] C (~20 min)\n- [ ] D (~20 min)\n"
    weeks = plan_weeks(book_of(write_book, long).chapters, 2)

    assert [len(week.tasks) for week in weeks] == [1, 3]


def test_a_later_week_makes_the_planner_longer(write_book: WriteBook) -> None:
    """No task is left out because its week is behind the last one asked for."""
    weeks = plan_weeks(book_of(write_book, "# A\n\n- [ ] Late. @week 9\n- [ ] Any.\n").chapters, 2)

    assert weeks[-1].number == 9


@pytest.mark.parametrize("seed", range(20))
def test_shares_hold_everything_in_order(seed: int) -> None:
    """Nothing is lost, and no week is empty where there is enough for all."""
    chance = random.Random(seed)
    weights = [chance.choice((1.0, 5.0, 20.0, 90.0)) for _ in range(chance.randint(0, 40))]
    weeks = chance.randint(1, 30)
    ends = {chance.randint(0, 40) for _ in range(5)}
    shares = share_out(weights, [0.0] * weeks, ends)
    loaded = share_out(weights, [chance.choice((0.0, 30.0)) for _ in range(weeks)], ends)

    assert len(shares) == len(loaded) == weeks
    assert sum(shares) == sum(loaded) == len(weights)
    assert min(*shares, *loaded) >= 0
    assert len(weights) < weeks or min(shares) > 0


def test_pages_say_weeks_days_and_totals(write_book: WriteBook) -> None:
    """All weeks at a glance, then each; marks say what the heads do not."""
    root: Path = write_book({"1.md": MARKED, "2.md": "# Two\n\n- [ ] Rest. @week 3 (~20 min)\n"})
    planned = plan(root)
    options = planned.book.config.checklists
    facts = Facts(press_shape(planned.edition({}), "planner", options, planned))
    text = facts.structure.text

    assert len(facts.texts) == 3
    for part in (
        "Week 2 Chapter 1, One 6 tasks, 1 h 5 min",
        "In all 7 tasks, 1 h 25 min",
        "Week 2 6 tasks, 1 h 5 min Day 2 Chapter 1, One",
        "Carry it home. 1 h Day 3",
        "Fill the jar. Rinse it. 5 min Day 5",
        "Label it. under: Fill the jar. Find a pen. Any day",
        "Drink. Notes",
        "Rest. 20 min",
    ):
        assert part in text
