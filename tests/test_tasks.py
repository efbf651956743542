"""All tasks of a book as a list, in each of its forms."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from builder.book import Book
from builder.schedule import due_date
from builder.source import Source
from builder.state import State, TaskState, parse_state
from builder.tasks import FORMATS, list_tasks
from builder.tasks.listing import Listing
from builder.words import words_of
from tests.casebook import Case, Part, build_case

TEXT = """# A

- [ ] Fill the *jar*, then wait; 100 % full. @week 2 (~20 min)
    - [x] Find the well.
    - [ ] Come back. @day 3
- [ ] Read <x@y.org> +1 @ noon \\@home. @day 3
"""
WORDS = words_of("en")
STAMP = datetime(2026, 3, 1, tzinfo=UTC)


def _book(folder: Path, text: str = TEXT) -> Book:
    folder.mkdir(exist_ok=True)
    return build_case(Case("", "", (Part("file", "a.md", text),)), folder).books["print"]


def _listing(folder: Path, text: str = TEXT, state: State | None = None) -> Listing:
    book = _book(folder, text)
    folios = {"a.task-find-the-well": "xii", "a.task-come-back": "47"}
    return Listing(
        title="The Pump; or, Water",
        urn=book.config.urn,
        words=WORDS,
        tasks=list_tasks(book.chapters, folios, state),
        stamp=STAMP,
    )


def test_a_table_for_people_keeps_to_its_columns(tmp_path: Path) -> None:
    """Chapter by chapter, nested as in the book, with page and marks at the right."""
    long = f"# A\n\n- [ ] {'Carry it home. ' * 9}\n    - [x] Rest. @week 1\n"

    assert FORMATS["table"](replace(_listing(tmp_path, long), columns=72)) == (
        "Chapter 1, A (2)\n"
        "  [ ] Carry it home. Carry it home. Carry it home. Carry it\n"
        "      home. Carry it home. Carry it home. Carry it home. Carry\n"
        "      it home. Carry it home.\n"
        "      a.task-carry-it-home-carry-it-home-carry-it-hom-c6dc1f\n"
        "      [x] Rest.                                                   week 1\n"
        "          a.task-rest\n"
        "\n"
        "2 tasks, 1 done\n"
    )


def test_a_table_in_wide_letters_keeps_to_its_columns(tmp_path: Path) -> None:
    """A letter that takes two columns counts as two."""
    listing = _listing(tmp_path, f"# A\n\n- [ ] {'水' * 60}。 @week 1\n")
    lines = FORMATS["table"](listing).splitlines()

    assert len(lines[1].encode("gb18030")) <= 100
    assert lines[1].endswith("  week 1")


def test_a_book_without_tasks_has_an_empty_list(tmp_path: Path) -> None:
    """Which is no mistake."""
    listing = _listing(tmp_path, "# A\n\nText.\n")

    assert FORMATS["table"](listing) == "0 tasks, 0 done\n"
    assert json.loads(FORMATS["json"](listing))["tasks"] == []
    assert FORMATS["csv"](listing).count("\r\n") == 1


def test_json_says_everything_of_a_task(tmp_path: Path) -> None:
    """Id, chapter, page, words, what it is nested under, its marks, whether it is done."""
    made = json.loads(FORMATS["json"](_listing(tmp_path)))

    assert made["tasks"][1] == {
        "id": "a.task-find-the-well",
        "chapter": "a",
        "number": "Chapter 1",
        "title": "A",
        "page": "xii",
        "task": "Find the well.",
        "under": made["tasks"][0]["id"],
        "week": None,
        "day": None,
        "minutes": None,
        "done": True,
        "notes": "",
    }
    assert (made["tasks"][0]["week"], made["tasks"][0]["minutes"]) == (2, 20)


def test_json_is_the_state_of_the_book(tmp_path: Path) -> None:
    """It can be ticked by hand and read again, notes and all."""
    noted = TaskState(id="a.task-find-the-well", done=True, notes="by the mill")
    listing = _listing(tmp_path, state=State(book="x", tasks=(noted,)))
    read = parse_state(Source("s.json", FORMATS["json"](listing))).value
    assert read is not None

    assert read.state.book == listing.urn
    assert replace(noted, task="Find the well.", chapter="a") in read.state.tasks
    assert [task.done for task in read.state.tasks] == [False, True, False, False]


def test_csv_is_read_back_by_its_names(tmp_path: Path) -> None:
    """Commas, semicolons and all; what is not marked is empty."""
    text = FORMATS["csv"](_listing(tmp_path))
    rows = [*csv.DictReader(io.StringIO(text, newline=""))]

    assert [row["task"] for row in rows] == [
        "Fill the jar, then wait; 100 % full.",
        "Find the well.",
        "Come back.",
        "Read x@y.org +1 @ noon @home.",
    ]
    assert [(row["week"], row["day"], row["minutes"], row["done"]) for row in rows] == [
        ("2", "", "20", "false"),
        ("", "", "", "true"),
        ("", "3", "", "false"),
        ("", "3", "", "false"),
    ]


def test_markdown_is_a_list_with_boxes_again(tmp_path: Path) -> None:
    """The same tasks, nested as they were; what means something to Markdown is text."""
    text = "# A\n\n- [ ] Say \\*this\\* & `x_y`, [z](https://a.b) \\@week 2\n    - [x] Rest.\n"
    made = FORMATS["md"](_listing(tmp_path / "1", text))
    again = _book(tmp_path / "2", made.replace("## ", "Text.\n\n## "))
    lists = again.chapters[0].chapter.checklists

    assert [item.text for item in lists[0].items] == ["Say *this* & x_y, z @week 2"]
    assert [(item.text, item.is_done) for item in lists[0].items[0].items] == [("Rest.", True)]


def test_todo_txt_has_a_line_for_each_task(tmp_path: Path) -> None:
    """Chapter as project, marks as contexts; a sign in the text makes neither."""
    lines = FORMATS["todo.txt"](_listing(tmp_path)).splitlines()

    assert lines == [
        "Fill the jar, then wait; 100 % full. +a @week-2 min:20"
        " id:a.task-fill-the-jar-then-wait-100-full",
        "x Find the well. +a @week-2 page:xii under:a.task-fill-the-jar-then-wait-100-full"
        " id:a.task-find-the-well",
        "Come back. +a @week-2 @day-3 page:47 under:a.task-fill-the-jar-then-wait-100-full"
        " id:a.task-come-back",
        "Read x@y.org + 1 @ noon @ home. +a @day-3 id:a.task-read-x-y-org-1-noon-home",
    ]


@pytest.mark.parametrize("words", ["x marks the spot", "(A) is first", "2026-01-05 is a day"])
def test_todo_txt_begins_with_nothing_that_means_more(words: str, tmp_path: Path) -> None:
    """Words that would be read as done, as a priority or as a date come second."""
    line = FORMATS["todo.txt"](_listing(tmp_path, f"# A\n\n- [ ] {words}\n"))

    assert line.startswith(f"+a {words} id:")


@pytest.mark.parametrize(
    ("marks", "due"),
    [
        ("@week 1", date(2026, 1, 11)),
        ("@week 2", date(2026, 1, 18)),
        ("@week 2 @day 1", date(2026, 1, 12)),
        ("@day 1", date(2026, 1, 5)),
        ("@day 31", date(2026, 2, 4)),
        ("(~20 min)", None),
        ("", None),
    ],
)
def test_marks_are_dates_from_a_first_day(marks: str, due: date | None, tmp_path: Path) -> None:
    """A week ends with its seventh day; without a first day there are no dates."""
    task = _listing(tmp_path, f"# A\n\n- [ ] Rest. {marks}\n").tasks[0]

    assert due_date(task.when, date(2026, 1, 5)) == due
    assert due_date(task.when, None) is None


def test_what_is_nested_is_due_with_the_task_above(tmp_path: Path) -> None:
    """Unless it says otherwise; a day alone is then one of that week."""
    when = [(task.when.week, task.when.day) for task in _listing(tmp_path).tasks]

    assert when == [(2, None), (2, None), (2, 3), (None, 3)]


def _unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_calendar_has_a_to_do_for_each_task(tmp_path: Path) -> None:
    """With dates from the first day, what it is nested under, and whether it is done."""
    listing = replace(_listing(tmp_path), start=date(2026, 1, 5))
    text = _unfolded(FORMATS["ics"](listing))
    uids = [line.removeprefix("UID:") for line in text if line.startswith("UID:")]

    assert text[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//build-book//tasks//EN",
        "CALSCALE:GREGORIAN",
        r"X-WR-CALNAME:The Pump\; or\, Water",
    ]
    assert text[5:25] == [
        "BEGIN:VTODO",
        f"UID:{uids[0]}",
        "DTSTAMP:20260301T000000Z",
        r"SUMMARY:Fill the jar\, then wait\; 100 % full.",
        r"DESCRIPTION:Chapter 1\, A\nweek 2\, 20 min",
        r"CATEGORIES:Chapter 1\, A",
        "DUE;VALUE=DATE:20260118",
        "STATUS:NEEDS-ACTION",
        "END:VTODO",
        "BEGIN:VTODO",
        f"UID:{uids[1]}",
        "DTSTAMP:20260301T000000Z",
        "SUMMARY:Find the well.",
        r"DESCRIPTION:Chapter 1\, A\npage xii",
        r"CATEGORIES:Chapter 1\, A",
        "DUE;VALUE=DATE:20260118",
        f"RELATED-TO;RELTYPE=PARENT:{uids[0]}",
        "STATUS:COMPLETED",
        "PERCENT-COMPLETE:100",
        "END:VTODO",
    ]
    assert text[-1] == "END:VCALENDAR"


def test_the_lines_of_a_calendar_are_no_longer_than_allowed(tmp_path: Path) -> None:
    """75 octets, with letters of several octets kept whole."""
    text = FORMATS["ics"](_listing(tmp_path, f"# A\n\n- [ ] {'水を飲む🪣é' * 40}.\n"))
    lines = text.encode().split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    assert f"SUMMARY:{'水を飲む🪣é' * 40}." in _unfolded(text)


def test_a_task_is_the_same_to_a_calendar_whatever_else_changes(tmp_path: Path) -> None:
    """Its UID comes from the book and its id; that of no other task or book is the same."""

    def uids(listing: Listing) -> list[str]:
        return re.findall(r"^UID:(\S+)", FORMATS["ics"](listing), re.MULTILINE)

    before = _listing(tmp_path / "1")
    after = _listing(tmp_path / "2", TEXT.replace("- [ ] Read", "- [ ] New.\n- [x] Read"))

    assert uids(before) == [*uids(after)[:3], uids(after)[4]]
    assert len(set(uids(after))) == 5
    assert not {*uids(before)} & {*uids(replace(before, urn="urn:isbn:1"))}


def test_no_form_tells_the_time(tmp_path: Path) -> None:
    """The same list gives the same text on every day."""
    listing = _listing(tmp_path)

    assert all(form(listing) == form(listing) for form in FORMATS.values())
    assert "DTSTAMP:20260301T000000Z" in FORMATS["ics"](listing)
