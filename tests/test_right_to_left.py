"""Books read from right to left, on paper: bound on the right, and all at its side."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from builder.render.theme.sides import mirrored
from tests.conftest import WriteBook
from tests.pressed import press_book

# In letters that the theme has; the language says which way the book is read.
_TEXT = "The water rises slowly from the deep well to the yard. "
_TOML = """
title = "Wells"
language = "he"
[pdf]
trim = "A6"
half_title = false
open_on = "any"
"""


@pytest.mark.parametrize(
    ("css", "made"),
    [
        ("@page :left { margin: 0 }", "@page :right { margin: 0 }"),
        ("@page front:right, :LEFT {}", "@page front:left, :right {}"),
        ("@media print { @page a:left {} }", "@media print { @page a:right {} }"),
        ("@page { @top-left { color: red } }", "@page { @top-left { color: red } }"),
        ("@page left { float: left }", "@page left { float: left }"),
        ("a:right, .left { float: right }", "a:right, .left { float: right }"),
    ],
)
def test_sides_of_pages_change_over(css: str, made: str) -> None:
    """In the heads of their rules alone."""
    assert mirrored(css) == made


def test_a_book_from_right_to_left_is_bound_on_the_right(write_book: WriteBook) -> None:
    """Odd pages lie on the left: the margin at their spine is that on the right."""
    chapter = f"# Well\n\n{_TEXT * 120}\n"
    pages = [*enumerate(_pages(write_book({"book.toml": _TOML, "a.md": chapter})), 1)]

    # Behind title pages and contents, and before the last, pages are full of text.
    for number, page in pages[-4:-1]:
        left, right = _margins(page)
        assert (right < left) is (number % 2 == 1)


def test_boxes_stand_where_the_line_begins(write_book: WriteBook) -> None:
    """That is on the right."""
    (page,) = _pages(write_book({"book.toml": _TOML, "a.md": f"# Well\n\n- [ ] {_TEXT}\n"}))[-1:]
    left, right = _margins(page)

    assert right < left


def test_columns_to_fill_in_are_parted(write_book: WriteBook) -> None:
    """By an upright between each two of them, and by none at the edge."""
    table = "| A | B | C |\n|---|---|---|\n| | | |\n{rows=4}\n"
    (page,) = _pages(write_book({"book.toml": _TOML, "a.md": f"# Well\n\n{table}"}))[-1:]
    left, right = _margins(page)
    uprights = {x for x in range(page.width) if _ink(page, x) > page.height / 6}
    inner = (page.width - left - right) / 3

    assert {round((x - left) / inner) for x in uprights} == {1, 2}


def _pages(book: Path) -> list[Image.Image]:
    """The pages of the text."""
    with pypdfium2.PdfDocument(press_book(book).pdf) as document:
        return [page.render(scale=1).to_pil().convert("L") for page in document]


def _margins(page: Image.Image) -> tuple[int, int]:
    """The white to the left and to the right of what is on a page."""
    box = page.point(lambda value: 255 - value).getbbox()
    assert box
    return box[0], page.width - box[2]


def _ink(page: Image.Image, x: int) -> int:
    """How many pixels of a column are not white."""
    return sum(page.getpixel((x, y)) != 255 for y in range(page.height))
