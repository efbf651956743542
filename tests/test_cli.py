"""The command line: what each command asks for, what it prints, how it ends."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from builder.book import Book
from builder.build import Proof
from builder.cache import DiskStore
from builder.cli import cli, main
from builder.command.checklists import EDGES, PAPERS, SHAPES
from builder.command.options import EDITIONS, PROFILES
from builder.command.session import Pipeline
from builder.command.tasks import FORMATS
from builder.config import Edge, Edition, Paper, Profile, ShapeName
from builder.diagnostics import BuildFailed, Diagnostic, Place, Severity
from builder.request import Artifact, BookletAsked, ChecklistsAsked, Progress, Report, Request
from builder.tasks import FormatName
from tests.casebook import build_folder

WARNING = Diagnostic("odd", "odd", Place("a.md", 1, 1, 1, "text"), "", Severity.WARNING)
ERROR = Diagnostic("bad", "bad", Place("a.md", 1, 1, 1, "text"))


@dataclass
class Press:
    """A pipeline that takes orders and makes nothing."""

    findings: tuple[Diagnostic, ...] = ()
    stops: BaseException | None = None
    requests: list[Request] = field(default_factory=list)
    checks: list[Request] = field(default_factory=list)

    def build(self, request: Request, progress: Progress) -> Report:
        """Take an order for outputs."""
        self.requests.append(request)
        return self._report(progress, (Artifact("pdf", request.out / "a.pdf", 1900, 2),))

    def proof(self, request: Request, progress: Progress) -> Proof:
        """Take an order to look at pages; what is said of them is tested with the page doctor."""
        self.requests.append(request)
        self._report(progress, ())
        raise BuildFailed((), exit_code=0)

    def resolve(self, request: Request, progress: Progress) -> tuple[Book, ...]:
        """The book itself."""
        self._report(progress, ())
        return (build_folder(request.root).books["print"],)

    def check(self, request: Request, progress: Progress) -> Report:
        """Take an order for a check."""
        self.checks.append(request)
        return self._report(progress, ())

    def _report(self, progress: Progress, artifacts: tuple[Artifact, ...]) -> Report:
        progress("read", 1, 1, "chapters")
        if self.stops:
            raise self.stops
        return Report(artifacts, self.findings, {"read": 0.1})

    def run(self, *arguments: str) -> int:
        """Run a command line on this press."""
        return main(arguments, Pipeline(self.build, self.check, self.proof, self.resolve))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a book in ``book`` and another in ``other``."""
    monkeypatch.chdir(tmp_path)
    for name in ("book", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "book.toml").write_text('title = "A"\n', encoding="utf-8")
        (tmp_path / name / "a.md").write_text("text", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "outputs"),
    [([], ()), (["pdf"], ("pdf",)), (["epub"], ("epub",)), (["checklists"], ("checklists",))],
)
def test_a_command_asks_for_its_output(arguments: list[str], outputs: tuple[str, ...]) -> None:
    """And the program alone for what the book wants."""
    press = Press()

    assert press.run(*arguments) == 0
    assert press.requests == [Request(root=Path("book"), out=Path("out"), outputs=outputs)]  # type: ignore[arg-type] # names of outputs


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "line",
    [
        "--book other --out made --strict pdf",
        "pdf --book other --out made --strict",
        "--book nowhere --strict pdf --out made --book other",
    ],
)
def test_common_options_stand_before_or_behind_the_command(line: str) -> None:
    """Behind it they win."""
    press = Press()
    press.run(*line.split())

    assert press.requests == [
        Request(root=Path("other"), out=Path("made"), outputs=("pdf",), strict=True)
    ]


@pytest.mark.usefixtures("folder")
def test_checklists_take_paper_and_chapters() -> None:
    """Chapters may be several."""
    press = Press()
    press.run("checklists", "--paper", "A5", "--chapter", "3", "--chapter", "Know why")

    assert press.requests[0].checklists == ChecklistsAsked(paper="a5", chapters=("3", "Know why"))


@pytest.mark.usefixtures("folder")
def test_checklists_take_all_that_shapes_them() -> None:
    """Shapes may be several; a switch that is not named is left to the configuration."""
    press = Press()
    press.run(
        *"checklists --shape Poster --shape pages --per-sheet 2 --duplex short".split(),
        *"--large-print --no-ink-saver --weeks 4 --exercises --fillable".split(),
        *"--state done.json".split(),
    )

    assert press.requests[0].checklists == ChecklistsAsked(
        shapes=("poster", "pages"),
        per_sheet=2,
        duplex="short",
        large_print=True,
        ink_saver=False,
        weeks=4,
        exercises=True,
        fillable=True,
        state=Path("done.json"),
    )


@pytest.mark.usefixtures("folder")
def test_the_e_book_is_judged_on_demand() -> None:
    """When it is built, or in a full check, which looks at the pages too."""
    press = Press()
    press.run("epub", "--validate")
    press.run("check", "--full", "--no-cache")

    assert [each.validate for each in press.requests] == [True, False]
    assert [each.validate for each in press.checks] == [True]
    # What is laid out for the e-book is there for the look at the pages.
    assert press.checks[0].store is press.requests[1].store


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", ["pdf", "epub", "checklists"])
def test_every_output_has_a_leaders_edition(command: str) -> None:
    """Asked for by name."""
    press = Press()
    press.run(command, "--edition", "leader")

    assert press.requests[0].edition == "leader"


def test_the_editions_are_those_of_the_configuration() -> None:
    """The command line cannot import it: --help has to be quick."""
    assert get_args(Edition) == EDITIONS
    assert get_args(Profile) == PROFILES


@pytest.mark.usefixtures("folder")
def test_the_e_book_is_made_for_the_readers_of_a_shop() -> None:
    """In place of those that the book names."""
    press = Press()
    press.run("epub", "--for", "kobo")

    assert press.requests[0].profile == "kobo"


@pytest.mark.usefixtures("folder")
def test_a_build_takes_a_theme() -> None:
    """In place of the one that the book names."""
    press = Press()
    press.run("pdf", "--theme", "large-print")

    assert press.requests[0].theme == "large-print"


def test_themes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a theme for people, an object for programs; in any folder."""
    assert Press().run("themes") == 0
    assert capsys.readouterr().out.startswith("default")

    assert Press().run("themes", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["themes"]
    assert listed[0].keys() == {"name", "description"}


@pytest.mark.usefixtures("folder")
def test_the_pdf_may_come_as_a_booklet_as_well() -> None:
    """What is said of the booklet means nothing without one."""
    press = Press()
    line = "pdf --booklet --paper letter --signature 4 --creep 0.1mm --duplex short --fit"

    assert press.run(*line.split()) == 0
    assert press.requests[0].outputs == ("pdf", "booklet")
    assert press.requests[0].booklet == BookletAsked(
        paper="letter", signature=4, creep="0.1mm", duplex="short", fit=True
    )
    assert press.run("pdf", "--signature", "4") == 2
    assert press.run("pdf", "--booklet", "--creep", "thin") == 2


def test_the_choices_are_those_of_the_configuration() -> None:
    """The command line cannot import it: --help has to be quick."""
    assert (get_args(ShapeName), get_args(Paper), get_args(Edge)) == (SHAPES, PAPERS, EDGES)
    assert get_args(FormatName) == FORMATS


def test_the_current_folder_may_be_the_book(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what an author has who made one with ``new``."""
    monkeypatch.chdir(folder / "other")
    press = Press()
    press.run("check", "--strict")

    assert [(each.root, each.strict) for each in press.checks] == [(Path(), True)]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("press", "options", "code"),
    [
        (Press(), (), 0),
        (Press((WARNING,)), (), 0),
        (Press((WARNING,)), ("--strict",), 1),
        (Press((ERROR,)), (), 1),
        (Press(stops=BuildFailed([ERROR], 1)), (), 1),
        (Press(stops=BuildFailed([ERROR], 2)), (), 2),
        (Press(stops=BuildFailed([ERROR], 3)), (), 3),
        (Press(stops=KeyboardInterrupt()), (), 130),
    ],
)
def test_exit_codes(press: Press, options: tuple[str, ...], code: int) -> None:
    """0 built, 1 the manuscript, 2 the configuration, 3 the machine, 130 interrupted."""
    assert press.run("check", *options) == code
    assert press.run("pdf", *options) == code


@pytest.mark.usefixtures("folder")
def test_a_day_is_asked_for_by_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Not by the pattern that a program reads it with."""
    assert Press().run("tasks", "--start", "monday") == 2
    assert "'monday' is no day such as 2026-01-05\n" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_an_interrupted_run_says_one_word(capsys: pytest.CaptureFixture[str]) -> None:
    """And shows no traceback."""
    Press(stops=KeyboardInterrupt()).run("pdf")

    assert capsys.readouterr() == ("", "interrupted\n")


@pytest.mark.usefixtures("folder")
def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    """It is for us to mend, not for the author."""
    with pytest.raises(ZeroDivisionError):
        Press(stops=ZeroDivisionError()).run("pdf")


@pytest.mark.usefixtures("folder")
def test_a_build_prints_paths_and_a_closing_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The paths for programs, the line for people."""
    Press().run("pdf")
    out, err = capsys.readouterr()

    assert out == str(Path("out/a.pdf")) + "\n"
    assert re.fullmatch(r"out.a\.pdf 2 pages 2 kB in 0\.\d s\n", err)


@pytest.mark.usefixtures("folder")
def test_a_failure_shows_the_finding_and_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    """The path in it is seen from the current folder."""
    Press(stops=BuildFailed([ERROR])).run("pdf")
    out, err = capsys.readouterr()

    assert out == ""
    assert err.startswith(f"error[bad]: bad\n --> {Path('book/a.md')}:1:1\n  |\n1 | text\n  | ^\n")
    assert "\nfailed: 1 error in 0." in err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("press", [Press((WARNING,)), Press(stops=BuildFailed([WARNING], 3))])
def test_json_is_one_object_in_any_case(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether the build succeeds or fails."""
    code = press.run("--json", "pdf")
    out, err = capsys.readouterr()
    record = json.loads(out)

    assert (record["exit_code"], err) == (code, "")
    assert [finding["code"] for finding in record["findings"]] == ["odd"]


def _first_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.splitlines()[0]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--book nowhere pdf", 'no folder "nowhere"'),
        ("--book book/a.md pdf", f'"{Path("book/a.md")}" is a file, not the folder of a book'),
        ("--book book/book.toml pdf", f'"{Path("book/book.toml")}" is a file'),
        ("--book . pdf", 'no book.toml in "."'),
    ],
)
def test_a_book_that_is_none(line: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each way to miss it has its own words."""
    assert Press().run(*line.split()) == 2
    assert _first_line(capsys) == f"error[no-book]: {message}"


def test_no_book_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new user in an empty folder learns how to start."""
    monkeypatch.chdir(tmp_path)

    assert Press().run() == 2
    err = capsys.readouterr().err
    assert 'no book.toml in "book" or in the current folder' in err
    assert "build-book new DIR" in err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("out", ["book/a.md", "book/a.md/deeper"])
def test_an_out_that_is_a_file(out: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is found before anything is laid out."""
    press = Press()

    assert press.run("pdf", "--out", out) == 2
    assert press.requests == []
    assert _first_line(capsys).endswith(f'cannot be made: "{Path("book/a.md")}" is a file')


@pytest.mark.usefixtures("folder")
def test_the_epoch_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """In seconds since 1970."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    press = Press()
    press.run("pdf")

    assert press.requests[0].epoch == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("text", ["yesterday", "1.5", "9" * 30, "-9" + "9" * 20])
def test_an_epoch_that_is_no_time(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is built with a date that nobody meant."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)

    assert Press().run("pdf") == 2
    assert _first_line(capsys).startswith("error[bad-epoch]: SOURCE_DATE_EPOCH is not a time")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("chek", 'no such command: "chek"', 'did you mean "build-book check"?'),
        ("init", 'no such command: "init"', 'did you mean "build-book new"?'),
        (
            "book",
            'no such command: "book"',
            "to build the book in a folder: build-book --book book",
        ),
        ("zzz", 'no such command: "zzz"', "see: build-book --help"),
        ("pdf --jsn", 'no such option: "--jsn"', 'did you mean "--json"?'),
        ("--bok x", 'no such option: "--bok"', 'did you mean "--book"?'),
        (
            "epub --papper a4",
            'no such option: "--papper"',
            "did you mean: build-book pdf --paper",
        ),
        (
            "check --paper a4",
            'no such option: "--paper"',
            "did you mean: build-book pdf --paper",
        ),
        ("pdf -z", 'no such option: "-z"', "see: build-book pdf --help"),
        ("pdf other", "got unexpected extra argument (other)", "see: build-book pdf --help"),
        ("new", "missing argument 'DIR'", "see: build-book new --help"),
        ("--strict new x", "--strict means nothing to new", "see: build-book --help"),
    ],
)
def test_a_slip_gets_a_hint(
    line: str, message: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearest thing that there is."""
    assert Press().run(*line.split()) == 2
    first, second = capsys.readouterr().err.splitlines()[:2]
    assert first.partition(": ")[2] == message
    assert second == f"  = help: {hint}"


def test_a_paper_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    """The message lists those that there are."""
    assert Press().run("checklists", "--paper", "a7") == 2
    assert "'a4', 'a5', 'letter', 'a3'" in _first_line(capsys)


@pytest.mark.parametrize("command", ["", *cli.commands])
def test_help_ends_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One for each command."""
    assert Press().run(*command.split(), "--help") == 0
    assert "Example: " in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("command", cli.commands)
def test_an_example_is_one_that_works(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least, it asks for nothing that is not there."""
    (folder / "my-book").mkdir()
    if command != "new":
        (folder / "my-book" / "book.toml").write_text('title = "A"\n', encoding="utf-8")
    example = (cli.commands[command].epilog or "").partition("build-book ")[2].rstrip(')"')

    assert Press().run(*example.split()) == 0
    assert "error" not in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It asks the program itself for what fits."""
    assert Press().run("completion", shell) == 0
    assert f"_BUILD_BOOK_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_clean_removes_what_was_built_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another book's files stay, and files of other names."""
    out = folder / "out"
    out.mkdir()
    for name in ("a.pdf", "a.epub", "a-checklists.pdf", "b.pdf", "a.txt", ".gitkeep"):
        (out / name).touch()

    assert Press().run("clean") == 0
    assert sorted(path.name for path in out.iterdir()) == [".gitkeep", "a.txt", "b.pdf"]
    assert capsys.readouterr().err.count("removed ") == 3


def test_clean_in_a_book_that_was_never_built(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no folder, and none is made."""
    assert Press().run("clean") == 0
    assert capsys.readouterr().err == "nothing to remove from out\n"
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [("--cache", "kept", "clean"), ("clean", "--cache", "kept"), ("clean", "--cache=kept")],
)
def test_clean_takes_the_cache_from_wherever_it_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Before the command or behind it; what was built for the book stays then."""
    DiskStore(Path("kept")).put("a", b"a thing")
    (folder / "out").mkdir()
    (folder / "out/a.pdf").touch()

    assert Press().run(*arguments) == 0
    assert capsys.readouterr().err == "removed 0.0 MB from kept\n"
    assert DiskStore(Path("kept")).get("a") is None
    assert (folder / "out/a.pdf").is_file()


def test_clean_with_a_broken_book_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody knows the names then; the finding names the file."""
    (folder / "book/book.toml").write_text("title = ", encoding="utf-8")

    assert Press().run("clean") == 2
    assert f"--> {Path('book/book.toml')}:1:" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_new_refuses_a_folder_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody's files are written over."""
    assert Press().run("new", "other") == 2
    assert _first_line(capsys) == 'error[folder-in-use]: "other" is not empty'


def test_new_takes_a_folder_under_version_control(folder: Path) -> None:
    """What begins with a point does not count."""
    (folder / "mine/.git").mkdir(parents=True)

    assert Press().run("new", "mine") == 0
    assert (folder / "mine/book.toml").is_file()


def test_new_is_quiet_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before or behind the command."""
    assert Press().run("-q", "new", str(folder / "x")) == 0
    assert Press().run("new", "-q", str(folder / "y")) == 0
    assert capsys.readouterr() == ("", "")


TASKS = "# One\n\n- [ ] Drink water\n- [x] Walk\n"


@pytest.fixture
def filled(folder: Path) -> Path:
    """A form of the book in ``book``, as a reader saved it."""
    from tests.pressed import press_form

    (folder / "book" / "a.md").write_text(TASKS, encoding="utf-8")
    path = folder / "filled.pdf"
    path.write_bytes(press_form(folder / "book", "pages"))
    return path


def test_what_was_filled_in_is_told(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A summary for people; for programs what they want, the summary beside it."""
    press = Press()

    assert press.run("checklists", "--read", str(filled)) == 0
    summary = capsys.readouterr().out
    assert summary == "Chapter 1, One [##########----------] 1 of 2\n"
    assert press.run("checklists", "--read", str(filled), "--format", "csv") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "a.task-walk,a,Walk,true,"
    assert told.err == summary
    assert press.run("checklists", "--read", str(filled), "--json", "-q") == 0
    told = capsys.readouterr()
    assert [task["done"] for task in json.loads(told.out)["tasks"]] == [False, True]
    assert told.err == ""
    assert press.requests == []


@pytest.mark.parametrize(("name", "start"), [("a.json", "{"), ("a.csv", "id,"), ("a.txt", "{")])
def test_what_was_filled_in_goes_to_a_file(
    name: str, start: str, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its ending says what is wanted; the summary comes to the terminal."""
    assert Press().run("checklists", "--read", str(filled), "-o", name) == 0
    assert Path(name).read_text(encoding="utf-8").startswith(start)
    assert capsys.readouterr() == ("", "Chapter 1, One [##########----------] 1 of 2\n")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("--read filled.pdf --fillable", "usage"),
        ("--read filled.pdf --shape poster", "usage"),
        ("--format csv", "usage"),
        ("-o done.json", "usage"),
        ("--read nowhere.pdf", "no-form"),
        ("--read book", "no-form"),
        ("--read book/a.md", "damaged-pdf"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read(line: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Reading goes with nothing else, and needs a form."""
    assert Press().run("checklists", *line.split()) == 2
    assert capsys.readouterr().err.startswith(f"error[{code}]")
