"""The e-book from what was kept: the same bytes as from nothing, and no tree made in vain."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from builder.book import Book, Text
from builder.build import build
from builder.cache import MemoryStore
from builder.decode import decode
from builder.render.epub.package import make_epub
from builder.render.theme import load_theme
from builder.request import Request
from builder.words import words_of
from tests.casebook import build_folder
from tests.conftest import WriteBook

BOOK = {
    "a.md": "# Alpha\n\nSee [](b.md#deep) and [](c.md).[^1]\n\n[^1]: A note.\n",
    "b.md": "# Beta\n\n## Deep {#deep}\n\n![A pump](pump.png)\n",
    "c.md": "# Gamma\n\n```python\nwater = 1\n```\n",
}


def _write(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text(text, encoding="utf-8")


def _paint(size: tuple[int, int]) -> Callable[[Path], object]:
    return lambda root: Image.new("L", size).save(root / "pump.png")


def _epub(root: Path, store: MemoryStore) -> bytes:
    out = root.parent / "out"
    report = build(Request(root=root, out=out, outputs=("epub",), store=store, jobs=1), _quiet)
    return report.artifacts[0].path.read_bytes()


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return


@pytest.mark.parametrize(
    "change",
    [
        _write("a.md", BOOK["a.md"].replace("Alpha", "Omega")),
        _write("b.md", BOOK["b.md"].replace("## Deep", "## Deeper")),
        _write("c.md", f"---\nid: gimel\n---\n{BOOK['c.md']}"),
        _write("aa.md", "# Between\n\nText.\n"),
        _write("theme.css", "p { color: red }\n"),
        _write("book.toml", 'title = "A Book"\nlanguage = "de"\n'),
        _write("book.toml", 'title = "A Book"\nchapter_label = "Step"\nnumbered = ["figures"]\n'),
        _paint((40, 10)),
        lambda root: (root / "a.md").unlink(),
    ],
    ids=["title", "heading", "id", "inserted", "css", "language", "labels", "image", "removed"],
)
def test_a_change_gives_the_same_bytes_as_from_nothing(
    write_book: WriteBook, change: Callable[[Path], object]
) -> None:
    """Numbers, words, links and sizes are new wherever they stand, in pages that were kept too."""
    root, store = write_book(BOOK), MemoryStore()
    _paint((20, 10))(root)
    before = _epub(root, store)
    change(root)
    after = _epub(root, store)

    assert after == _epub(root, MemoryStore())
    assert after != before


def test_the_text_of_a_chapter_that_was_kept_is_not_read(write_book: WriteBook) -> None:
    """Its page is handed out as it was, and so is all that the others know of it."""
    root, store = write_book({"a.md": BOOK["c.md"], "b.md": "# Other\n\n[](a.md)\n"}), MemoryStore()
    book = build_folder(root).books["epub"]
    config = decode((root / "book.toml").read_bytes(), "book.toml").value
    theme, words = load_theme("default", root, config).value, words_of("en")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    made = make_epub(book, theme, words, day, store).value

    assert make_epub(_unreadable(book), theme, words, day, store).value == made


def test_an_edit_reads_no_lists_of_other_chapters(write_book: WriteBook) -> None:
    """The page of all checklists is made anew from what was kept of each chapter."""
    root = write_book({"a.md": "# A\n\n- [ ] Dig.\n", "b.md": "# B\n\n- [ ] Pump.\n"})
    store, words = MemoryStore(), words_of("en")
    config = decode((root / "book.toml").read_bytes(), "book.toml").value
    theme, day = load_theme("default", root, config).value, datetime(2026, 3, 1, tzinfo=UTC)
    make_epub(build_folder(root).books["epub"], theme, words, day, store)
    (root / "a.md").write_text("# A\n\n- [ ] Bore.\n", encoding="utf-8")
    book = build_folder(root).books["epub"]
    made = make_epub(book, theme, words, day).value.data

    assert make_epub(_unreadable(book, "b"), theme, words, day, store).value.data == made


def _unreadable(book: Book, *names: str) -> Book:
    """The book with the text of chapters of these names, or of all, not to be read."""
    chapters = tuple(
        replace(each, chapter=replace(each.chapter, read=_never))
        if each.id in names or not names
        else each
        for each in book.chapters
    )
    return replace(book, chapters=chapters)


def _never() -> Text:
    raise AssertionError("read again")
