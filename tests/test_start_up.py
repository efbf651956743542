"""The installed command as a process: what it imports, how it is stopped, what it completes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from builder.command.new import start_book

RUN = "import sys; from builder.cli import main; sys.exit(main(sys.argv[1:]))"
LIST_MODULES = (
    "import json, sys; from builder.cli import main; code = main(sys.argv[1:]); "
    "print(json.dumps([code, sorted(sys.modules)]))"
)
WAITS = (
    "import sys, time; from builder.cli import main; from builder.command.session import Pipeline; "
    "wait = lambda *_: (print('ready', flush=True), time.sleep(60)); "
    "sys.exit(main(sys.argv[1:], Pipeline(wait, wait, wait, wait)))"
)
BOOK = {"01.md": "# One\n\nText[^a].\n\n[^a]: Note.\n\n## Checklist\n\n- [ ] Do it.\n"}


def _python(code: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **variables},
        check=False,
    )


def _modules_after(*arguments: str) -> set[str]:
    """The packages imported by a command that went well."""
    result = _python(LIST_MODULES, *arguments)
    code, modules = json.loads(result.stdout.splitlines()[-1])
    assert code == 0, result.stderr
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["pdf", "--help"], ["completion", "bash"]]
)
def test_help_version_and_completion_load_no_engine(arguments: list[str]) -> None:
    """They answer at once."""
    heavy = {"weasyprint", "markdown", "jinja2", "msgspec", "yaml", "PIL", "fontTools", "pikepdf"}

    assert not _modules_after(*arguments) & heavy


def test_check_loads_no_layout_engine(write_book: Callable[[Mapping[str, str]], Path]) -> None:
    """Nothing is laid out."""
    root = write_book(BOOK)

    assert "weasyprint" not in _modules_after("check", "--book", str(root))


def test_a_build_loads_what_there_is_to_do_for_alone(
    write_book: Callable[[Mapping[str, str]], Path], tmp_path: Path
) -> None:
    """From a cache, an edit takes neither engine nor pictures nor fonts, and no change nothing."""
    root = write_book(BOOK)
    Image.new("L", (20, 10)).save(root / "pump.png")
    text = f"{BOOK['01.md']}\n![A pump](pump.png)\n"
    places = ("--book", str(root), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "c"))
    for edited in (text, text.replace("Text", "Words")):
        (root / "01.md").write_text(edited, encoding="utf-8")
        loaded = _modules_after("epub", *places)

    assert not loaded & {"weasyprint", "PIL", "fontTools", "pikepdf", "uharfbuzz"}
    assert not _modules_after("epub", *places) & {"markdown", "jinja2", "tinycss2", "yaml"}


@pytest.mark.parametrize("cites", [False, True])
def test_typst_is_loaded_for_books_that_cite_alone(
    write_book: Callable[[Mapping[str, str]], Path], tmp_path: Path, cites: bool
) -> None:
    """Without a bibliography, nothing is to be set in a style."""
    sources = {
        "book.toml": 'title = "A"\n[bibliography]\nfile = "refs.bib"\n',
        "refs.bib": "@book{vale, author = {Vale, Nora}, title = {The Pump}, year = {2020}}\n",
        "02.md": "# Two\n\nAs @vale says.\n\n/// references\n///\n",
    }
    root = write_book({**BOOK, **(sources if cites else {})})
    places = ("--book", str(root), "--out", str(tmp_path / "out"))

    assert ("typst" in _modules_after("epub", "--no-cache", *places)) is cites


def test_an_interrupt_ends_with_130_and_one_word() -> None:
    """No traceback, however deep the work is."""
    with subprocess.Popen(
        [sys.executable, "-c", WAITS, "check", "--book", "book"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (130, "interrupted\n")


def test_an_interrupt_while_workers_start_shows_none_of_them(tmp_path: Path) -> None:
    """The whole group of processes gets it, as from a keyboard."""
    start_book(tmp_path / "book")
    options = ["pdf", "-v", "--no-cache", "--jobs", "2", "--book", str(tmp_path / "book")]
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *options, "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "Traceback" not in err
    assert err.splitlines()[-1] == "interrupted"


def test_a_reader_that_goes_away_is_no_error_to_show() -> None:
    """As in ``build-book --help | head -1``."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as pipe:
        result = subprocess.run(
            [sys.executable, "-c", RUN, "--help"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert result.stderr == ""


@pytest.mark.parametrize(
    ("words", "offer"),
    [("build-book ch", "plain,checklists"), ("build-book checklists --pa", "plain,--paper")],
)
def test_completion_completes(words: str, offer: str) -> None:
    """Commands and options, from the program itself."""
    count = str(len(words.split()) - 1)
    result = _python(RUN, _BUILD_BOOK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count)

    assert offer in result.stdout.splitlines()
