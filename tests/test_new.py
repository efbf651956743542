"""The book that ``build-book new`` writes."""

from pathlib import Path

import pytest

from builder.build import check
from builder.command.new import SCHEMA_NAME, start_book
from builder.config import parse_config
from builder.diagnostics import BuildFailed
from builder.request import Request
from builder.source import Source


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A new book."""
    start_book(tmp_path / "book")
    return tmp_path / "book"


def _ignore(_stage: str, _done: int, _total: int, _counted: str) -> None:
    """Take no notice of progress."""


def test_it_is_without_a_fault(book: Path) -> None:
    """Not even a warning."""
    request = Request(root=book, out=Path("out"), strict=True)

    assert check(request, _ignore).findings == ()


def test_it_names_the_schema_that_lies_beside_it(book: Path) -> None:
    """Editors read the first line."""
    first = (book / "book.toml").read_text(encoding="utf-8").splitlines()[0]

    assert first == f"#:schema {SCHEMA_NAME}"
    assert (book / SCHEMA_NAME).is_file()


def test_the_keys_it_only_mentions_are_keys(book: Path) -> None:
    """An author who takes away the hash gets no error."""
    text = (book / "book.toml").read_text(encoding="utf-8")
    head = text.partition("[pdf]")[0].splitlines()[2:]
    woken = [line.removeprefix("# ") for line in head if "=" in line]
    config = parse_config(Source("book.toml", "\n".join(woken).replace("978-...", "")))

    assert config.findings == ()


@pytest.mark.parametrize(
    "mark",
    [
        "role: part",
        "/// note",
        "/// exercise",
        "{lines=",
        "/// epigraph",
        "/// pullquote",
        "/// caption",
        "| ---",
        "- [ ]",
        "[^",
        "[](",
        "{#",
        "](../img/",
        "* * *",
    ],
)
def test_it_shows_the_syntax(book: Path, mark: str) -> None:
    """Each of these is what an author comes for."""
    texts = [path.read_text(encoding="utf-8") for path in book.rglob("*.md")]

    assert any(mark in text for text in texts)


def test_a_folder_that_cannot_be_made_is_the_machines_fault(tmp_path: Path) -> None:
    """Exit code 3, and what the system said."""
    (tmp_path / "file").touch()
    with pytest.raises(BuildFailed) as caught:
        start_book(tmp_path / "file" / "book")

    assert caught.value.exit_code == 3
