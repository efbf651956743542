"""A file of what is done, used: checked, listed, and ticked on paper."""

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from builder.cli import main
from builder.command.session import load_pipeline
from builder.recall import fingerprint
from builder.request import ChecklistsAsked, Request

TEXT = "# A\n\n## Checklist\n\n- [ ] Fill the jar.\n- [x] Find the well.\n- [ ] Come home.\n"
_CHANGED = TEXT.replace("Fill the", "Fill a")

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that runs a command line in a folder with a book, a cache beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "book.toml").write_text('title = "The Pump"\n', encoding="utf-8")
    (tmp_path / "book" / "a.md").write_text(TEXT, encoding="utf-8")

    def run(*arguments: str) -> int:
        options = () if arguments[0] == "check" else ("--cache", "cache", "--jobs", "1")
        return main([*arguments, *options], load_pipeline())

    return run


def test_the_list_of_tasks_is_a_state_to_tick(
    run: Run, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Made, ticked by hand, checked, listed again, and printed ticked."""
    state = tmp_path / "done.json"

    assert run("tasks", "--format", "json", "-o", "done.json") == 0
    record = json.loads(state.read_text("utf-8"))
    assert [(task["done"], task["page"]) for task in record["tasks"]] == [
        (False, "2"),
        (True, "2"),
        (False, "2"),
    ]

    record["tasks"][0]["done"] = True
    state.write_text(json.dumps(record), encoding="utf-8")
    assert run("check", "--state", "done.json", "--strict") == 0
    capfdbinary.readouterr()
    assert run("tasks", "--format", "todo.txt", "--state", "done.json") == 0
    assert capfdbinary.readouterr().out == (
        b"x Fill the jar. +a page:2 id:a.task-fill-the-jar\n"
        b"x Find the well. +a page:2 id:a.task-find-the-well\n"
        b"Come home. +a page:2 id:a.task-come-home\n"
    )

    assert run("checklists", "--state", "done.json") == 0
    pages = pypdfium2.PdfDocument(tmp_path / "out" / "the-pump-checklists.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert text.count("\N{CHECK MARK}") == 2


def test_a_calendar_keeps_its_line_ends_on_the_terminal(
    run: Run, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Byte for byte what is written to a file."""
    assert run("tasks", "--format", "ics") == 0
    said = capfdbinary.readouterr().out
    assert run("tasks", "--format", "ics", "-o", "tasks.ics") == 0

    assert said == Path("tasks.ics").read_bytes()
    assert said.count(b"\r\n") == said.count(b"\n")


def test_a_check_names_what_has_changed(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A task whose words have changed is a warning, with the nearest there is now."""
    run("tasks", "--format", "json", "-o", "done.json")
    (tmp_path / "book" / "a.md").write_text(_CHANGED, encoding="utf-8")
    capsys.readouterr()

    assert run("check", "--state", "done.json") == 0
    said = capsys.readouterr().err
    assert "warning[unknown-task]" in said
    assert "--> done.json:6:13" in said
    assert 'nearest: "Fill a jar."' in said
    assert "note[new-task]" in said
    assert run("check", "--state", "done.json", "--strict") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "no-state"),
        ("{", "state-syntax"),
        ('{"book": "urn:isbn:1", "tasks": []}', "other-book"),
        ('{"book": "x", "tasks": [{}]}', "missing-key"),
        ("caf\xe9", "not-utf-8"),
    ],
)
@pytest.mark.parametrize("command", ["check", "tasks", "checklists"])
def test_a_file_that_is_no_state_of_the_book_stops_every_command(
    text: str | None, code: str, command: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the code of what is wrong, and nothing written."""
    if text is not None:
        Path("done.json").write_bytes(text.encode("latin-1"))

    assert run(command, "--state", "done.json") == 2
    assert f"error[{code}]" in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_filled_form_is_to_be_read_first(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The PDF itself is no state, but there is one in it."""
    Path("filled.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")

    assert run("checklists", "--state", "filled.pdf") == 2
    said = capsys.readouterr().err
    assert "build-book checklists --read filled.pdf" in said
    assert "not-utf-8" not in said


def test_a_chapter_may_be_picked(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """By number, id or title; one that there is not is named."""
    (Path("book") / "b.md").write_text("# B\n\n- [ ] Sing.\n", encoding="utf-8")
    assert run("tasks", "--chapter", "2") == 0
    said = capsys.readouterr().out

    assert "Sing." in said
    assert "jar" not in said
    assert run("tasks", "--chapter", "9") == 2
    assert "error[unknown-chapter]" in capsys.readouterr().err


def test_what_a_state_says_is_part_of_what_a_build_depends_on(tmp_path: Path) -> None:
    """Another state in the same file makes another set."""
    state = tmp_path / "done.json"
    asked = ChecklistsAsked(state=state)
    request = Request(root=tmp_path / "book", out=tmp_path / "out", checklists=asked)
    names = set()
    for text in ("{}", '{"book": "x"}'):
        state.write_text(text, encoding="utf-8")
        names.add(fingerprint(request))

    assert len(names) == 2
