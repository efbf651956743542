"""Every theme on paper: its rules are understood, and nothing is lost."""

from pathlib import Path
from statistics import mean

import pypdfium2
import pytest

from builder.build import build
from builder.diagnostics import Severity
from builder.request import ChecklistsAsked, Report, Request
from builder.themes import theme_names
from tests.conftest import WriteBook
from tests.pressed import EVERYTHING, SHIPPED

# In the units of the page's matrix: 18 points, and the number of a note.
LARGE, CALL_OF_A_NOTE = 24, 19.2
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


@pytest.mark.parametrize("theme", ["default", "modern"])
def test_a_line_holds_sixty_to_seventy_letters(
    write_book: WriteBook, theme: str, tmp_path: Path
) -> None:
    """The measure: letters and spaces on a line that is full, on a page of 6 x 9 inches."""
    files = {"book.toml": 'title = "A"\n', "a.md": f"# One\n\n{_scenes()}"}
    request = Request(root=write_book(files), out=tmp_path, outputs=("pdf",), theme=theme)
    (artifact,) = build(request, lambda *_: None).artifacts
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(artifact.path)
    )
    lengths = [len(line) for line in text.splitlines() if len(line) > 50]

    assert len(lengths) > 30
    assert 60 <= mean(lengths) <= 70


def _scenes() -> str:
    """Paragraphs of the shipped book that are text and nothing else."""
    files = sorted((SHIPPED / "part-1").glob("0[1-3]*.md"))
    pieces = [piece for file in files for piece in file.read_text("utf-8").split("\n\n")]
    return "\n\n".join(piece for piece in pieces if piece[0].isalpha() and "[" not in piece)


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


def test_a_list_in_large_print_has_the_page_for_it(write_book: WriteBook, tmp_path: Path) -> None:
    """Six tasks of two or three lines stand on one page; the line that leads there, by itself."""
    tasks = (
        "- [ ] Write the reason underneath in one sentence that you would not like to see.\n" * 6
    )
    files = {
        "book.toml": 'title = "A"\n[pdf]\nhalf_title = false\n',
        "a.md": f"# The reason under the reason, and why\n\nWords.\n\n## Checklist\n\n{tasks}",
    }
    request = Request(root=write_book(files), out=tmp_path, outputs=("pdf",), theme="large-print")
    report = build(request, lambda *_: None)
    with pypdfium2.PdfDocument(report.artifacts[0].path) as document:
        above, below = (_foot_of(document, words) for words in ("Checklist on page", "Words."))

    assert report.findings == ()
    assert above - below > 40


def _foot_of(document: pypdfium2.PdfDocument, words: str) -> float:
    """Where on its page the first of these words stands."""
    for page in document:
        text = page.get_textpage()
        if found := text.search(words).get_next():
            return float(text.get_charbox(found[0])[1])
    raise AssertionError(words)


@pytest.mark.parametrize("theme", ["modern", "large-print"])
def test_page_numbers_of_references_are_as_high_as_others(
    write_book: WriteBook, theme: str, tmp_path: Path
) -> None:
    """In themes with lining figures no digit hangs below the line, as an old-style 3 does."""
    pages = ("# One\n\nText.", "Text.", "## Two\n\nSee [](#two).")
    files = {"book.toml": 'title = "A"\n', "a.md": "\n\n\\pagebreak\n\n".join(pages)}
    document = _pages(write_book(files), tmp_path, theme)
    page = document[len(document) - 1].get_textpage()
    text = page.get_text_range()
    at = text.index("page 3") + len("page ")

    assert page.get_charbox(at)[1] > page.get_charbox(text.index("p", at - 6))[1] + 1


def test_nothing_is_smaller_than_the_text_in_large_print(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """Notes in the margin, captions, tables and code included."""
    blocks = (
        "Text with a note.[In the margin.]{.margin}",
        "/// margin\nA block.\n///\n\nBeside it.",
        "| A | B |\n| - | - |\n| 1 | 2 |",
        "```\ncode\n```",
        "A note.[^1]\n\n[^1]: At the foot.",
    )
    files = {"book.toml": 'title = "A"\n', "a.md": "# One\n\n" + "\n\n".join(blocks)}
    sizes = {
        round(pypdfium2.raw.FPDFText_GetFontSize(text, index), 1)
        for page in _pages(write_book(files), tmp_path, "large-print")
        for text in (page.get_textpage(),)
        for index in range(text.count_chars())
        if not text.get_text_range(index, 1).isspace()
    }

    assert min(sizes - {CALL_OF_A_NOTE}) == LARGE


def test_habits_of_more_than_a_page_begin_below_their_title(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """They break between the weeks, not before the first."""
    habits = "\n".join(f"- Habit {number}" for number in range(12))
    exercise = f"/// exercise | Try {{days=28}}\n\n{habits}\n\n///\n"
    files = {"book.toml": 'title = "A"\n', "a.md": f"# One\n\n{exercise}"}
    texts = [page.get_textpage().get_text_range() for page in _pages(write_book(files), tmp_path)]

    assert any("Try" in text and "Habit 11" in text for text in texts)


def test_a_note_in_the_margin_goes_with_its_paragraph(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """Also to the next page, from wherever its text ends on this one."""
    fill = "Line.\n\n"
    files = {
        f"a{count}.md": f"# One\n\n{fill * count}Beside.[Note.]{{.margin}} {'It goes on. ' * 30}\n"
        for count in range(14, 26)
    }
    texts = [page.get_textpage().get_text_range() for page in _pages(write_book(files), tmp_path)]
    notes = [text for text in texts if "Note." in text]

    assert len(notes) == len(files)
    assert all("Beside." in text for text in notes)


def _pages(root: Path, out: Path, theme: str = "default") -> pypdfium2.PdfDocument:
    request = Request(root=root, out=out, outputs=("pdf",), theme=theme)
    (artifact,) = build(request, lambda *_: None).artifacts
    return pypdfium2.PdfDocument(artifact.path)
