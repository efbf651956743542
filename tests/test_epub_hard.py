"""Books that break other e-books: what becomes of them stands before EPUBCheck."""

import posixpath
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.validate.epubcheck import run_epubcheck
from tests.test_epub import TYPE, Epub, X, epub_of, with_class

HARD = Path(__file__).parent / "books" / "hard"
_NOTES = 1000
_MEGABYTE = "Words that fill a page and say nothing at all, again and again and again. " * 14


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Epub:
    """The hard book, with a chapter of a thousand notes and one of a megabyte."""
    root = tmp_path_factory.mktemp("hard") / "book"
    shutil.copytree(HARD, root)
    calls = "\n\n".join(
        f"{f'## Part {number // 100}' if number % 100 == 0 else ''}\n\nA sentence.[^{number}]"
        for number in range(_NOTES)
    )
    notes = "\n".join(f"[^{number}]: Note {number} with *words*." for number in range(_NOTES))
    (root / "08-notes.md").write_text(f"# Notes\n\n{calls}\n\n{notes}\n", encoding="utf-8")
    sections = "\n\n".join(
        f"## Section {number}\n\n{_MEGABYTE * 25}\n\nSee [](#section-{(number + 7) % 40})."
        for number in range(40)
    )
    (root / "09-long.md").write_text(f"# Long\n\n{sections}\n", encoding="utf-8")
    return epub_of(root)


@pytest.fixture(scope="module")
def ids(hard: Epub) -> Mapping[str, frozenset[str]]:
    """The ids of every page."""
    return {
        path: frozenset(each.get("id", "") for each in hard.tree(path).iter())
        for path in hard.pages()
    }


def test_epubcheck_finds_nothing(hard: Epub) -> None:
    """Neither errors nor warnings, whatever the manuscript holds."""
    assert run_epubcheck(hard.data) == ()


def test_links_of_the_hard_book_lead_somewhere(
    hard: Epub, ids: Mapping[str, frozenset[str]]
) -> None:
    """Over the files that long chapters are divided into, and from note to text and back."""
    for path in hard.pages():
        for link in hard.tree(path).iter(f"{X}a"):
            name, _, fragment = link.get("href", "").partition("#")
            if ":" not in name and fragment:
                home = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
                assert fragment in ids[home if name else path], (path, link.get("href"))


def test_no_file_of_it_is_long(hard: Epub) -> None:
    """A megabyte of text is in files of 250 KB at most, each its heading's."""
    long = [path for path in hard.pages() if path.startswith("text/long")]

    assert len(long) > 3
    assert sum(len(hard.files[path]) for path in long) > 1_000_000
    assert all(len(data) <= 251_000 for path, data in hard.files.items() if "text/" in path)


def test_every_note_is_there_and_leads_back(hard: Epub, ids: Mapping[str, frozenset[str]]) -> None:
    """A thousand of them, each on the page that first calls it."""
    pages = [path for path in hard.pages() if path.startswith("text/notes")]
    notes = {path: with_class(hard.tree(path), "footnote") for path in pages}

    assert sum(map(len, notes.values())) == _NOTES
    for path, found in notes.items():
        for note in found:
            back = next(note.iter(f"{X}a")).get("href", "")
            assert back[1:] in ids[path]


@pytest.mark.parametrize(
    ("name", "language", "direction"), [("arabic", "ar", "rtl"), ("chapter-07", "ja", None)]
)
def test_chapters_in_other_scripts_say_so(
    hard: Epub, name: str, language: str, direction: str | None
) -> None:
    """Language and direction are the chapter's own, not the book's."""
    page = hard.tree(f"text/{name}.xhtml")

    assert (page.get("lang"), page.get("dir")) == (language, direction)
    assert [each.get("dir") for each in page.iter(f"{X}code")] == ["ltr"] * (direction == "rtl")


def test_nothing_of_it_runs_or_is_fetched(hard: Epub) -> None:
    """No script, no handler, no style, no address of the web in what is shown."""
    for path in hard.pages():
        for each in hard.tree(path).iter():
            assert each.tag.rpartition("}")[2] not in ("script", "iframe", "object", "main")
            assert not [key for key in each.attrib if key.startswith("on") or key == "style"]
            assert "//" not in each.get("src", "")


def test_table_too_wide_for_a_phone_is_stacked(hard: Epub) -> None:
    """Its cells name their columns; the long lines of code may be broken."""
    assert with_class(hard.tree("text/wide.xhtml"), "stacked")
    cells = list(hard.tree("text/wide.xhtml").iter(f"{X}td"))

    assert {cell.get("data-label") for cell in cells} >= {"One", "Eight"}
    assert "white-space: pre-wrap" in hard.text("styles/book.css")


def test_drawings_are_inverted_in_the_dark_but_for_those_that_know(hard: Epub) -> None:
    """Line art is black on white; a drawing with a dark mode of its own is left alone."""
    images = {
        image.get("src", "").rpartition("/")[2]: image.get("class", "").split()
        for image in hard.tree("text/pictures.xhtml").iter(f"{X}img")
    }

    assert "line-art" in images["plan.svg"]
    assert "line-art" not in images["dark.svg"]


def test_figures_are_listed(hard: Epub) -> None:
    """The list of them is navigation."""
    navs = [each.get(TYPE) for each in hard.tree("nav.xhtml").iter(f"{X}nav")]

    assert "loi" in navs
