"""Which stream says what, and how progress shows."""

import io
from pathlib import Path

from builder.command.screen import ProgressBar, ProgressLines, Screen, open_screen
from builder.command.settings import Settings
from builder.diagnostics import Diagnostic, Severity
from builder.request import Artifact, Report

REPORT = Report(
    (Artifact("epub", Path("out/a.epub"), 120_000),),
    (Diagnostic("odd", "odd", None, "", Severity.WARNING),),
    {"read": 0.5, "resolve": 1.25},
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def _shown(settings: Settings, out: io.StringIO, environment: dict[str, str]) -> tuple[str, str]:
    err = type(out)()
    screen = open_screen(out, err, settings, environment)
    with screen.progress() as progress:
        progress("lay out", 1, 2, "chapters, 40 pages")
    screen.show_report(REPORT, Path(), 0, "closing")
    return out.getvalue(), err.getvalue()


def test_paths_go_to_out_and_the_rest_to_err() -> None:
    """A script can take the paths; a person reads the rest."""
    out, err = _shown(Settings(), io.StringIO(), {})

    assert out == "out/a.epub\n"
    assert err == "warning[odd]: odd\n\nclosing\n"


def test_quiet_leaves_the_paths_and_errors() -> None:
    """Warnings and the closing line go."""
    assert _shown(Settings(quiet=True), io.StringIO(), {}) == ("out/a.epub\n", "")


def test_strict_shows_warnings_even_if_quiet() -> None:
    """They are what stops the build then."""
    _, err = _shown(Settings(quiet=True, strict=True), io.StringIO(), {})

    assert err == "warning[odd]: odd\n\n"


def test_verbose_tells_stages_and_their_times() -> None:
    """Plain lines where there is no terminal."""
    _, err = _shown(Settings(verbose=True), io.StringIO(), {})

    assert err == (
        "lay out 1/2 chapters, 40 pages\nwarning[odd]: odd\n\n"
        "read       0.50 s\nresolve    1.25 s\nclosing\n"
    )


def test_a_terminal_is_not_told_the_path_twice() -> None:
    """The closing line begins with it."""
    out, err = _shown(Settings(), Terminal(), {})

    assert out == ""
    assert err.endswith("closing\n")


def test_a_terminal_gets_colours_and_a_bar() -> None:
    """The bar is gone when the findings come."""
    _, err = _shown(Settings(), Terminal(), {"TERM": "xterm"})

    bar = "lay out        [############------------] 1/2 chapters, 40 pages\x1b[K\r\x1b[K"
    assert f"{bar}\x1b[1;33mwarning" in err


def test_no_color_is_respected() -> None:
    """The bar stays, the colours go."""
    _, err = _shown(Settings(), Terminal(), {"NO_COLOR": "1"})

    assert "[#" in err
    assert "\x1b[1" not in err


def test_a_dumb_terminal_gets_plain_text() -> None:
    """It could show neither."""
    _, err = _shown(Settings(), Terminal(), {"TERM": "dumb"})

    assert "\x1b" not in err


def test_json_is_all_there_is() -> None:
    """No findings and no closing line beside it."""
    out, err = _shown(Settings(as_json=True), io.StringIO(), {})

    assert out.startswith('{\n  "exit_code": 0')
    assert err == ""


def test_lines_tell_each_stage_and_each_tenth() -> None:
    """A book of 1,000 pages does not fill the log."""
    stream = io.StringIO()
    tell = ProgressLines(stream)

    for done in range(1001):
        tell("lay out", done, 1000, "chapters")

    assert len(stream.getvalue().splitlines()) == 11


def test_a_bar_that_never_was_leaves_no_trace() -> None:
    """Clearing writes nothing then."""
    stream = Terminal()
    bar = ProgressBar(stream)

    bar.clear()
    bar("read", 0, 0, "chapters")
    bar.clear()
    bar.clear()

    assert stream.getvalue() == f"\rread           [{'-' * 24}] 0/0 chapters\x1b[K\r\x1b[K"


def test_a_bar_stays_within_its_line() -> None:
    """Else it could not be drawn over."""
    stream = Terminal()
    bar = ProgressBar(stream, 40)

    bar("lay out", 7, 23, "chapters, 212 pages")

    assert len(stream.getvalue()) == len("\r\x1b[K") + 39


def test_findings_come_in_the_books_order() -> None:
    """And each once."""
    err = io.StringIO()
    second, first = Diagnostic("b", "b"), Diagnostic("a", "a")

    screen = Screen(io.StringIO(), err, Settings(), open_screen(err, err, Settings(), {}).look)
    screen.show_findings((second, first, second), Path())

    assert err.getvalue() == "error[a]: a\n\nerror[b]: b\n\n"
