"""What a finding, a report and a failure look like."""

import json
from pathlib import Path

import pytest

from builder.command.console import Look, closing_text, failure_text, finding_text, report_json
from builder.diagnostics import Diagnostic, Place, Severity
from builder.request import Artifact, Report

PLAIN = Look()


def _finding(
    text: str, column: int, length: int, severity: Severity = Severity.ERROR
) -> Diagnostic:
    place = Place("03.md", 41, column, length, text)
    return Diagnostic("missing-image", 'image not found: "a.png"', place, "look", severity)


def _marked(text: str, column: int, length: int, columns: int = 100) -> list[str]:
    """The source line and the mark under it."""
    shown = finding_text(_finding(text, column, length), Path(), Look(columns=columns))
    return [line.partition("| ")[2] for line in shown.splitlines()[3:5]]


def test_a_finding_reads_like_a_compilers() -> None:
    """Severity, code, message, path, line, column, the line, the mark and the hint."""
    shown = finding_text(_finding("![Pump](a.png)", 9, 5), Path("book"), PLAIN)

    assert shown == (
        'error[missing-image]: image not found: "a.png"\n'
        "  --> 03.md:41:9\n"
        "   |\n"
        "41 | ![Pump](a.png)\n"
        "   |         ^^^^^\n"
        "   = help: look"
    )


def test_a_finding_without_a_place_is_its_message_and_its_hint() -> None:
    """Mistakes of the command line are in no file."""
    shown = finding_text(Diagnostic("usage", "no", None, "yes"), Path(), PLAIN)

    assert shown == "error[usage]: no\n  = help: yes"


def test_the_path_is_as_the_current_folder_sees_it(tmp_path: Path) -> None:
    """An editor can open what stands behind the arrow."""
    (tmp_path / "03.md").touch()

    shown = finding_text(_finding("x", 1, 1), tmp_path, PLAIN)

    assert f"--> {tmp_path / '03.md'}:41:1\n" in shown


def test_a_finding_about_a_whole_file_shows_no_line() -> None:
    """Without the text of a line there is nothing to mark."""
    shown = finding_text(Diagnostic("x", "y", Place("a.md")), Path(), PLAIN)

    assert shown == "error[x]: y\n --> a.md:1:1"


@pytest.mark.parametrize(
    ("text", "column", "length", "line", "mark"),
    [
        ("abc def", 5, 3, "abc def", "    ^^^"),
        ("\tdef", 2, 3, "    def", "    ^^^"),
        ("ab\tdef", 4, 3, "ab  def", "    ^^^"),
        ("日本 x", 4, 1, "日本 x", "     ^"),
        ("x 日本", 3, 2, "x 日本", "  ^^^^"),
        ("e\u0301te\u0301 x", 7, 1, "e\u0301te\u0301 x", "    ^"),
        ("\u1100\u1161\u11a8 x", 5, 1, "\u1100\u1161\u11a8 x", "   ^"),
        ("abc", 4, 1, "abc", "   ^"),
        ("abc", 2, 99, "abc", " ^^"),
        ("a\x00b", 2, 1, "a␀b", " ^"),
        ("a\x1b[31mb", 7, 1, "a␛[31mb", "      ^"),
        ("a\u202eb", 3, 1, "a\ufffdb", "  ^"),
        ("a\ud800b", 3, 1, "a\ufffdb", "  ^"),
    ],
)
def test_the_mark_stands_under_what_it_means(
    text: str, column: int, length: int, line: str, mark: str
) -> None:
    """Tabs, wide letters, accents and control characters do not push it aside."""
    assert _marked(text, column, length) == [line, mark]


@pytest.mark.parametrize("column", [1, 40, 500, 990, 1000])
def test_a_long_line_is_cut_around_its_mark(column: int) -> None:
    """The mark is on screen, under its word, and no line is wider than the terminal."""
    text = ("." * (column - 1) + "WORD").ljust(1000, ".")

    line, mark = _marked(text, column, 4, columns=60)

    assert mark.strip() == "^^^^"
    assert line[mark.index("^") :].startswith("WORD")
    assert len(line) <= 60 - len("41 | ")


def test_a_long_line_of_wide_letters_is_cut_by_its_columns() -> None:
    """A wide letter takes two."""
    line, mark = _marked("日" * 300 + "x" + "日" * 300, 301, 1, columns=60)

    before = line[: line.index("x")]
    assert len(mark) - 1 == sum(2 if char == "日" else 1 for char in before)
    assert sum(2 if char == "日" else 1 for char in line) <= 60 - len("41 | ")


def test_messages_and_hints_cannot_move_the_terminal() -> None:
    """A name from the manuscript may hold anything."""
    shown = finding_text(Diagnostic("x", "a\x1b]0;b", None, "c\rd"), Path(), PLAIN)

    assert shown == "error[x]: a␛]0;b\n  = help: c␍d"


def test_colours_change_no_letter() -> None:
    """What is coloured reads as what is not."""
    finding = _finding("![Pump](a.png)", 9, 5, Severity.WARNING)
    coloured = finding_text(finding, Path(), Look(colours=True))
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[1;33m", "\x1b[1;34m"):
        coloured = coloured.replace(code, "")

    assert coloured == finding_text(finding, Path(), PLAIN)


def test_the_closing_line_of_one_file() -> None:
    """Path, pages, size, time."""
    report = Report((Artifact("pdf", Path("out/book.pdf"), 1_900_000, 212),), (), {})

    assert closing_text(report, 6.21) == "out/book.pdf 212 pages 1.9 MB in 6.2 s"


def test_the_closing_lines_of_several_files() -> None:
    """A line each, then all of them, with what was found on the way."""
    report = Report(
        (
            Artifact("pdf", Path("out/a.pdf"), 99_400, 1),
            Artifact("epub", Path("out/a.epub"), 120),
        ),
        (_finding("x", 1, 1, Severity.WARNING),),
        {},
    )

    assert closing_text(report, 1.0) == (
        "out/a.pdf 1 page 99 kB\nout/a.epub 1 kB\n2 files in 1.0 s, 1 warning"
    )


def test_the_closing_line_of_a_check() -> None:
    """Nothing is built, so it tells what was found."""
    assert closing_text(Report((), (), {}), 0.4) == "no errors, no warnings in 0.4 s"


def test_the_closing_line_of_a_failure() -> None:
    """How many findings there are, and whether it was --strict that minded them."""
    error, warning = _finding("x", 1, 1), _finding("x", 1, 1, Severity.WARNING)

    assert failure_text(Report((), (error, error, warning), {}), 0.4) == (
        "failed: 2 errors, 1 warning in 0.4 s"
    )
    assert failure_text(Report((), (warning,), {}), 0.4) == "failed (--strict): 1 warning in 0.4 s"


def test_json_holds_everything_a_run_said() -> None:
    """Outputs, findings with their places, timings, exit code."""
    artifact = Artifact("pdf", Path("out/book.pdf"), 1900, 2)
    report = Report((artifact,), (_finding("![Pump](a.png)", 9, 5),), {"read": 0.12345})

    assert json.loads(report_json(report, Path(), 1)) == {
        "exit_code": 1,
        "outputs": [{"kind": "pdf", "path": "out/book.pdf", "bytes": 1900, "pages": 2}],
        "findings": [
            {
                "severity": "error",
                "code": "missing-image",
                "message": 'image not found: "a.png"',
                "hint": "look",
                "path": "03.md",
                "line": 41,
                "column": 9,
                "length": 5,
            }
        ],
        "timings": {"read": 0.123},
        "laid_out": [],
    }
