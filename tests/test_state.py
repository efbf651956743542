"""What is done of a book's tasks: its file, and the file held against the book."""

from pathlib import Path

import pytest

from builder.book import Book, Item, flat
from builder.diagnostics import Diagnostic
from builder.source import Source
from builder.state import State, StateFile, TaskState, parse_state, state_text
from builder.state.compare import check_book, check_tasks, state_of, with_state
from tests.casebook import Case, Part, build_case

TEXT = """# A

- [ ] Fill the jar.
    - [x] Find the well.
- [ ] Carry the jar home along the river. {#carry}
"""


def _book(folder: Path, text: str = TEXT) -> Book:
    folder.mkdir(exist_ok=True)
    return build_case(Case("", "", (Part("file", "a.md", text),)), folder).books["print"]


def _file(state: State) -> StateFile:
    read = parse_state(Source("done.json", state_text(state)))
    assert read.value is not None, read.findings
    return read.value


def _items(book: Book) -> dict[str, Item]:
    lists = book.chapters[0].chapter.checklists
    return {item.id: item for each in lists for item in flat(each.items)}


def _said(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{each.place}: {each.message} = {each.hint}" for each in findings]


def test_a_state_is_read_as_it_was_written() -> None:
    """With notes, signs of all scripts, and the texts of other fields in one order."""
    task = TaskState(id="a.task-x", done=True, notes='two\nlines, "quoted" \\', task="水 é 🪣")
    state = State(book="urn:x", title="T", tasks=(task,), fields={"b": "2", "a": "1"})

    assert _file(state).state == state
    assert state_text(state) == state_text(_file(state).state)
    assert state_text(state).index('"a"') < state_text(state).index('"b"')


def test_a_state_knows_where_its_ids_stand() -> None:
    """So that what is wrong with one can be shown."""
    text = '{\n  "tasks": [\n    {"id": "a", "done": true},\n    {"id": "b"}\n  ], "book": "x"}'
    read = parse_state(Source("s.json", text)).value
    assert read is not None

    assert {name: str(place) for name, place in read.places.items()} == {
        "a": "s.json:3:12",
        "b": "s.json:4:12",
    }
    assert str(read.place) == "s.json:5:14"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "s.json:1:1: not valid JSON: a value is expected here"),
        ('{"book": "x",\n "tasks": [}', "s.json:2:12: not valid JSON: a value is expected here"),
        ('{"book": "x"} []', "s.json:1:15: not valid JSON: there is more behind the end"),
        ("[]", "s.json:1:1: this is no list of tasks"),
        ("[" * 100_000, "s.json:1:1: this is no list of tasks"),
        ('{"book": ' + "1" * 5000 + "}", "s.json:1:1: this is no list of tasks"),
        ('{"tasks": []}', 's.json:1:1: "book" is missing'),
        ('{"book": 3}', 's.json:1:10: wrong value of "book": expected text in quotes, got a whole'),
        ('{"book": "x",\n"tasks": 3}', 's.json:2:10: wrong value of "tasks": expected a list'),
        (
            '{"book": "x", "tasks": [{"id": "a"},\n {"id": "b", "done": "yes"}]}',
            's.json:2:22: wrong value of "tasks[1].done": expected true or false',
        ),
        ('{"book": "x", "tasks": [{"id": "a", "doen": true}]}', 's.json:1:37: unknown key "doen"'),
        ('{"book": "x", "tasks": [3]}', 's.json:1:25: wrong value of "tasks[0]": expected a table'),
        (
            '{"book": "x", "tasks": [{"id": "a"},\n {"id": "a"}]}',
            's.json:2:9: the id "a" is given twice',
        ),
    ],
)
def test_what_is_wrong_with_a_state_has_its_place(text: str, said: str) -> None:
    """Line and column of what is wrong, in the words of whoever wrote it."""
    read = parse_state(Source("s.json", text))

    assert read.value is None
    assert _said(read.findings)[0].startswith(said)


def test_a_state_of_another_book_is_refused(tmp_path: Path) -> None:
    """A book is known by its identifier, not by its title."""
    book = _book(tmp_path)

    assert list(check_book(_file(state_of(book)), [book])) == []
    assert [each.code for each in check_book(_file(State(book="urn:isbn:1")), [book])] == [
        "other-book"
    ]


def test_the_state_of_a_book_fits_it(tmp_path: Path) -> None:
    """Nothing is said about tasks that are as they were."""
    book = _book(tmp_path)

    assert list(check_tasks(_file(state_of(book)), book)) == []


def test_a_task_whose_words_changed_is_found_by_them(tmp_path: Path) -> None:
    """Its id is gone; the new task that reads most like it is named, with its id."""
    before, after = _book(tmp_path / "1"), _book(tmp_path / "2", TEXT.replace("Fill the", "Fill a"))
    found = tuple(check_tasks(_file(state_of(before)), after))

    assert [each.code for each in found] == ["unknown-task", "new-task"]
    assert '"Fill the jar." (a.task-fill-the-jar)' in found[0].message
    assert '"Fill a jar."' in found[0].hint
    assert '"id": "a.task-fill-a-jar"' in found[0].hint
    assert str(found[0].place) == "done.json:6:13"


def test_a_task_without_its_words_is_found_by_its_id(tmp_path: Path) -> None:
    """A file written by hand may hold ids alone."""
    book = _book(tmp_path)
    state = State(book=book.config.urn, tasks=(TaskState(id="a.task-fill-the-jars"),))
    found = next(check_tasks(_file(state), book))

    assert '"id": "a.task-fill-the-jar"' in found.hint


def test_a_task_that_has_gone_is_like_no_other(tmp_path: Path) -> None:
    """One whose words are nowhere in the book is not taken for another."""
    before = _book(tmp_path / "1")
    after = _book(tmp_path / "2", "# A\n\n- [ ] Sing of roses and wine.\n")
    found = tuple(check_tasks(_file(state_of(before)), after))

    assert [each.message for each in found[:3]] == [
        'a task that the book has no more: "Fill the jar." (a.task-fill-the-jar)',
        'a task that the book has no more: "Find the well." (a.task-find-the-well)',
        'a task that the book has no more: "Carry the jar home along the river." (a.carry)',
    ]
    assert found[3].message == '1 task is not in the file yet: "Sing of roses and wine."'


def test_a_task_with_an_id_of_its_own_may_be_reworded(tmp_path: Path) -> None:
    """It stays done, and the change is noted."""
    before, after = _book(tmp_path / "1"), _book(tmp_path / "2", TEXT.replace("home", "back"))
    found = list(check_tasks(_file(state_of(before)), after))

    assert [(each.code, each.severity) for each in found] == [("task-reworded", "note")]


def test_a_book_is_ticked_as_its_state_says(tmp_path: Path) -> None:
    """Done or not, nested or not; a task that the state does not know stays as it is written."""
    book = _book(tmp_path)
    tasks = (TaskState(id="a.task-fill-the-jar", done=True), TaskState(id="a.carry", done=True))
    ticked = _items(with_state(book, State(book="", tasks=tasks)))
    undone = TaskState(id="a.task-find-the-well", done=False)

    assert {name: item.is_done for name, item in ticked.items()} == {
        "a.task-fill-the-jar": True,
        "a.task-find-the-well": True,
        "a.carry": True,
    }
    assert not _items(with_state(book, State(book="", tasks=(undone,))))[undone.id].is_done
    assert not _items(book)["a.carry"].is_done
