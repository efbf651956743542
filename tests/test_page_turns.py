"""Words are whole where the reader turns the page."""

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
_WORDS = (
    *("at", "the old", "well", "of characteristics", "in", "a yard", "went"),
    *("considerations", "on", "internationally", "for", "incomprehensible", "days"),
)
_TEXT = " ".join(_WORDS[(number * number + number // 7) % 13] for number in range(900))


def test_no_word_is_divided_where_the_page_is_turned(write_book: WriteBook) -> None:
    """A line that ends in a hyphen goes to the next page; at the foot of a verso it stays."""
    pdf = press_book(write_book({"book.toml": _CONFIG, "a.md": f"# A\n\nBegin {_TEXT}\n"})).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range().split("\r\n") for page in document]
    pages = [lines[:-1] for lines in texts[4:]]
    divided = [page[-1].endswith("\u2010") for page in pages]
    text = "".join(f"{line} " for page in pages for line in page).replace("\u2010 ", "")

    assert not any(divided[::2])
    assert any(divided[1::2])
    assert text.partition("Begin ")[2].split() == _TEXT.split()
