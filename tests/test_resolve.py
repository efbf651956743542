"""Resolving: numbers, contents, and the test book that uses every construct once."""

import dataclasses
from pathlib import Path

import pytest

from builder.book import KINDS, ROLES, Entry
from builder.config import (
    Author,
    BookletOptions,
    ChecklistOptions,
    Config,
    EpubOptions,
    GlossaryOptions,
    ListedFile,
    PdfOptions,
)
from builder.parse.markdown import BLOCK_TYPES
from builder.parse.tree import text_of
from builder.resolve.numbers import roman
from tests.casebook import build_folder
from tests.conftest import WriteBook

EVERYTHING = Path(__file__).parent / "books" / "everything"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX"), (1994, "MCMXCIV")],
)
def test_parts_have_roman_numerals(number: int, text: str) -> None:
    """The usual ones, however many parts there are."""
    assert roman(number) == text


def _lines(entries: tuple[Entry, ...], indent: str = "") -> list[str]:
    return [
        line
        for entry in entries
        for line in (
            indent + f"{entry.number} {entry.title}".strip(),
            *_lines(entry.entries, f"{indent}  "),
        )
    ]


def test_contents_follow_parts_chapters_and_headings(write_book: WriteBook) -> None:
    """Chapters stand under their part, headings under their chapter; mottos are left out."""
    root = write_book(
        {
            "front/preface.md": "# Preface\n\nText.\n",
            "front/epigraph.md": "# Motto\n\nText.\n",
            "0.md": "# Before the parts\n\nText.\n",
            "1/part.md": "# Part\n",
            "1/a.md": "# One\n\nText.\n\n## Two\n\n### Three\n\n#### Four\n\n## Checklist\n",
            "1/b.md": "# Two\n\nText.\n\n### Alone\n",
            "2/part.md": "# Empty\n",
            "back/end.md": "# End\n\nText.\n",
        }
    )

    assert _lines(build_folder(root).books["epub"].contents) == [
        "Preface",
        "1 Before the parts",
        "I Part",
        "  2 One",
        "    Two",
        "      Three",
        "  3 Two",
        "    Alone",
        "II Empty",
        "End",
    ]


def test_findings_come_once_and_in_order(write_book: WriteBook) -> None:
    """Though every chapter is surveyed for two outputs, nothing is said twice."""
    text = "# A\n\n### B\n\n[](#x)\n\n![](y.png)\n\n# C\n\n[](#x)\n"
    findings = build_folder(write_book({"b.md": text, "a.md": text})).findings
    places = [(each.place, each.code) for each in findings]

    assert len(set(places)) == len(places)
    assert [str(place) for place, _ in places] == [
        f"{name}.md:{at}" for name in "ab" for at in ("3:5", "5:1", "7:1", "7:1", "9:3", "11:1")
    ]


def test_what_is_for_one_output_may_have_the_same_mistakes(write_book: WriteBook) -> None:
    """They are found in the output that has them."""
    text = "# A\n\nText.\n\n/// only-print\n[](#x)\n///\n\n/// only-epub\n[](#y)\n///\n"
    findings = build_folder(write_book({"a.md": text})).findings

    assert [finding.message for finding in findings] == ['no "#x" in a.md', 'no "#y" in a.md']


def test_the_test_book_is_free_of_findings() -> None:
    """It uses every construct once, and uses it right."""
    assert build_folder(EVERYTHING).findings == ()


def test_the_test_book_has_every_role_and_kind() -> None:
    """None is left out, so each is seen in every output."""
    files = [each.chapter.file for each in build_folder(EVERYTHING).books["epub"].chapters]

    assert {file.role for file in files} == set(ROLES)
    assert {file.kind for file in files} == set(KINDS)


def test_the_test_book_has_every_block_and_key() -> None:
    """A new block or key has to be put into it."""
    texts = "\n".join(path.read_text("utf-8") for path in sorted(EVERYTHING.rglob("*.md")))
    keys = (EVERYTHING / "book.toml").read_text("utf-8")
    tables = (PdfOptions, EpubOptions, GlossaryOptions, BookletOptions, ChecklistOptions)
    kinds = (Config, Author, ListedFile, *tables)
    names = {field.name for kind in kinds for field in dataclasses.fields(kind)}

    assert [name for name in BLOCK_TYPES if f"/// {name}" not in texts] == []
    assert [name for name in sorted(names) if name not in keys] == []


def test_titles_that_cite_say_it_in_the_style(write_book: WriteBook) -> None:
    """Contents, captions of references and the chapter's own title, as they stand on the page."""
    files = {
        "book.toml": 'title = "A"\n[bibliography]\nfile = "refs.bib"\n',
        "refs.bib": "@book{vale, author = {Vale, Nora}, title = {The Pump}, year = {2020}}\n",
        "a.md": "# Wells after @vale\n\nSee [](#deep).\n\n## Deep [@vale, p. 3] {#deep}\n\nText.\n",
        "back/bibliography.md": "# Sources\n",
    }
    for book in build_folder(write_book(files)).books.values():
        entry = book.contents[0]

        assert entry.title == book.chapters[0].title == "Wells after Vale (2020)"
        assert entry.entries[0].title == "Deep (Vale 2020, p. 3)"
        assert "See Deep (Vale 2020, p. 3)" in text_of(book.chapters[0].chapter.body)
