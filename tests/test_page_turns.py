"""Words are whole where the reader turns the page."""

from pathlib import Path

import pypdfium2

from tests.conftest import WriteBook
from tests.pressed import press_book

_CONFIG = """
title = "Turns"
[pdf]
trim = "90mm x 120mm"
half_title = false
open_on = "any"
"""
_LONG = (
    *("characteristics", "considerations", "internationally", "incomprehensible"),
    "misunderstanding",
)
_SHORT = ("at", "the old", "well", "in", "a yard", "went", "on", "for", "days")
_TEXT = " ".join(
    f"{_LONG[(n * n + n // 7) % 5]} {_SHORT[short % 9]} {_SHORT[(short + 1) % 9]}"
    for n, short in ((n, n * 2 + n // 3) for n in range(380))
)


def test_no_word_is_divided_where_the_page_is_turned(write_book: WriteBook) -> None:
    """A line that ends in a hyphen goes to the next page; at the foot of a verso it stays."""
    pages = _pages(write_book({"book.toml": _CONFIG, "a.md": f"# A\n\nBegin {_TEXT}\n"}))
    divided = [page[-1].endswith("\u2010") for page in pages]
    text = "".join(f"{line} " for page in pages for line in page).replace("\u2010 ", "")

    assert not any(divided[::2])
    assert any(divided[1::2])
    assert text.partition("Begin ")[2].split() == _TEXT.split()


def test_pages_are_turned_likewise_in_a_book_from_right_to_left(write_book: WriteBook) -> None:
    """Behind an odd page the reader turns it, on whichever side it lies."""
    chapter = f'# A\n\n<p lang="en" dir="ltr">Begin {_TEXT}</p>\n'
    pages = _pages(write_book({"book.toml": f'language = "he"{_CONFIG}', "a.md": chapter}))
    divided = [page[-1].endswith("\u2010") for page in pages]

    assert not any(divided[::2])
    assert any(divided[1::2])


def test_words_are_whole_above_a_block_that_takes_lines_along(write_book: WriteBook) -> None:
    """Where the end of a paragraph goes to the next page with what follows it, no word is cut."""
    block = '<div style="break-before: avoid; break-inside: avoid; height: 50pt">Block</div>'
    words = _TEXT.split()
    texts = (" ".join(words[start : start + 30 + start % 7]) for start in range(0, 800, 9))
    chapter = "# A\n\nBegin.\n\n" + "\n\n".join(f"{text}.\n\n{block}" for text in texts)
    pages = _pages(write_book({"book.toml": _CONFIG, "a.md": chapter}))

    assert not any(page[-1].endswith("\u2010") for page in pages[::2])
    assert any(page[-1].endswith("\u2010") for page in pages[1::2])


def test_all_pages_begin_at_one_height(write_book: WriteBook) -> None:
    """A heading at the head of a page loses its margin, in the front matter as in chapters."""
    text = "\n\n".join(f"## Head\n\nWords {number}." for number in range(40))
    front = f"---\nrole: front\n---\n# A\n\n{text}\n"
    book = write_book({"book.toml": _CONFIG, "a.md": front, "b.md": f"# B\n\n{text}\n"})
    with pypdfium2.PdfDocument(press_book(book).pdf) as document:
        texts = [page.get_textpage() for page in document]
        heads = [text for text in texts if text.get_text_range().startswith("Head")]
        tops = {round(text.get_charbox(0, loose=True)[3]) for text in heads}

    assert len(heads) > 4
    assert len(tops) == 1


def _pages(book: Path) -> list[list[str]]:
    """The lines of each page of the text, without its folio."""
    with pypdfium2.PdfDocument(press_book(book).pdf) as document:
        texts = [page.get_textpage().get_text_range().split("\r\n") for page in document]
    return [lines[:-1] for lines in texts[4:]]
