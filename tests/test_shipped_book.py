"""The shipped book, built whole: every step and question in all outputs, the same bytes always."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from builder.book import Book, Item
from builder.build import build
from builder.parse.chapter import draft_chapter, survey_chapter
from builder.parse.markdown import make_markdown
from builder.parse.tree import parse_html, text_of
from builder.read import read_manuscript
from builder.request import Request
from builder.resolve.book import resolve_book
from builder.words import words_of

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The three files of the shipped book, by kind."""
    out = tmp_path_factory.mktemp("shipped")
    report = build(Request(root=BOOK, out=out), lambda *_: None)

    assert report.findings == ()
    return {artifact.kind: artifact.path for artifact in report.artifacts}


@pytest.fixture(scope="module")
def book() -> Book:
    """The shipped book as resolved for print."""
    manuscript = read_manuscript(BOOK).value
    words = words_of(manuscript.config.language)
    converter = make_markdown(manuscript.config.language)
    drafts = [draft_chapter(file, converter).value for file in manuscript.files]
    chapters = [survey_chapter(draft, "print", words).value for draft in drafts]
    return resolve_book(manuscript, chapters, words).value


def _letters(text: str) -> str:
    """Text without spaces, hyphens and what line ends do to it."""
    return "".join(char for char in text if char.isalnum())


def _pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    # In print, references are followed by their pages.
    return _letters(re.sub(r"\(page\s+\d+\s*\)", "", text))


def _epub_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return _letters("".join(text_of(parse_html(archive.read(page).decode())) for page in pages))


def _tasks(items: tuple[Item, ...]) -> list[str]:
    return [text for item in items for text in (item.text, *_tasks(item.items))]


def test_every_chapter_of_a_part_has_its_checklist(book: Book) -> None:
    """Counted from the manuscript: as many steps and questions as there are files."""
    files = sorted(
        path for path in BOOK.glob("*/*.md") if path.parent.name.startswith(("part", "q"))
    )
    numbered = [
        each for each in book.chapters if each.number and each.chapter.file.role == "chapter"
    ]

    assert len(numbered) == sum(path.stem != "00-part" for path in files)
    assert all(any(each.is_main for each in one.chapter.checklists) for one in numbered)


def test_every_task_is_in_every_output(book: Book, outputs: Mapping[str, Path]) -> None:
    """Each chapter's title and each task of its lists, in book, EPUB and printed set."""
    texts = {
        kind: (_epub_text if kind == "epub" else _pdf_text)(path) for kind, path in outputs.items()
    }
    wanted = [
        _letters(text)
        for numbered in book.chapters
        for checklist in numbered.chapter.checklists
        for text in (numbered.title, *_tasks(checklist.items))
    ]

    assert len(wanted) > len(book.chapters)
    for kind, text in texts.items():
        assert [each for each in wanted if each not in text] == [], kind


def test_a_page_of_the_set_for_every_chapter(book: Book, outputs: Mapping[str, Path]) -> None:
    """The index, the tracker, then one page for each chapter with a list."""
    pages = len(pypdfium2.PdfDocument(outputs["checklists"]))

    assert pages == 2 + sum(bool(each.chapter.checklists) for each in book.chapters)


def test_same_bytes_elsewhere_and_later(outputs: Mapping[str, Path], tmp_path: Path) -> None:
    """Another folder, another process, another hash seed, no system fonts: the same files."""
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(BOOK, copy)
    nothing = tmp_path / "no-fonts.conf"
    nothing.write_text("<fontconfig/>", encoding="utf-8")
    command = [sys.executable, "-c", "from builder.cli import main; raise SystemExit(main())"]
    options = ["--book", str(copy), "--out", str(tmp_path / "made"), "--no-cache", "--jobs", "1"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "FONTCONFIG_FILE": str(nothing)}
    subprocess.run([*command, *options], check=True, env=environment, cwd=tmp_path)

    for path in outputs.values():
        made = tmp_path / "made" / path.name
        assert _digest(made) == _digest(path), path.name


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
