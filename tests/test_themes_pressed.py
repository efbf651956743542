"""Every theme on paper: its rules are understood, and nothing is lost."""

from pathlib import Path

import pypdfium2
import pytest

from builder.build import build
from builder.diagnostics import Severity
from builder.request import ChecklistsAsked, Report, Request
from builder.themes import theme_names
from tests.pressed import EVERYTHING, SHIPPED

TITLES = ("Find the reason under the reason", "Be the one to bring it up", "Take back the verdict")


def _built(root: Path, out: Path, theme: str, checklists: ChecklistsAsked) -> Report:
    request = Request(
        root=root, out=out, outputs=("pdf", "checklists"), theme=theme, checklists=checklists
    )
    return build(request, lambda *_: None)


@pytest.mark.parametrize("theme", theme_names())
def test_nothing_is_wrong_with_a_page_of_any_theme(theme: str, tmp_path: Path) -> None:
    """The engine understands all of its rules, and nothing is cut off or left behind."""
    report = _built(EVERYTHING, tmp_path, theme, ChecklistsAsked())
    codes = {each.code for each in report.findings}

    assert not codes & {"engine", "cut-at-edge", "stranded-heading", "orphan-line"}
    assert not [each for each in report.findings if each.severity is Severity.ERROR]


@pytest.mark.parametrize("theme", theme_names())
def test_the_tracker_is_whole_in_large_print(theme: str, tmp_path: Path) -> None:
    """Where its columns are higher than a page, they go on to the next."""
    asked = ChecklistsAsked(large_print=True)
    request = Request(
        root=SHIPPED, out=tmp_path, outputs=("checklists",), theme=theme, checklists=asked
    )
    (artifact,) = build(request, lambda *_: None).artifacts
    document = pypdfium2.PdfDocument(artifact.path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    first = next(number for number, text in enumerate(pages) if "Tracker" in text)
    tracker = " ".join(pages[first : first + 2])

    assert [title for title in TITLES if title not in tracker] == []
