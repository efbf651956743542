"""One style sheet for the e-book: no element of a page has a style of its own."""

import pytest

from tests.conftest import WriteBook
from tests.pressed import EVERYTHING
from tests.test_epub import X, epub_of

STYLED = """# A

<p style="color: red ; text-indent:2em">Red.</p>

<p style="color: red; text-indent: 2em;">Red.</p>

<p style="width: 50%">Half.</p>

<p style="font-family: 'A } b { x'">Own.</p>

<p style="color">None.</p>
"""


def test_what_one_element_asks_for_is_a_class(write_book: WriteBook) -> None:
    """The same asked for is the same class; what is not plain stays with its element."""
    epub = epub_of(write_book({"a.md": STYLED}))
    elements = [dict(each.items()) for each in epub.tree("text/a.xhtml").iter(f"{X}p")]

    assert elements == [
        {"class": "set-f8dfff3d"},
        {"class": "set-f8dfff3d"},
        {"class": "set-width-50percent"},
        {"style": "font-family: 'A } b { x'"},
        {"style": "color"},
    ]
    assert epub.text("styles/book.css").endswith(
        ".set-f8dfff3d.set-f8dfff3d { color: red; text-indent: 2em }\n"
        ".set-width-50percent.set-width-50percent { width: 50% }\n"
    )


def test_no_page_of_everything_has_a_style_of_its_own() -> None:
    """Whatever the construct: widths of columns, sizes of images, formulas."""
    epub = epub_of(EVERYTHING)
    styled = {
        (path, each.tag, each.get("style"))
        for path in epub.pages()
        for each in epub.tree(path).iter()
        if each.get("style") is not None or each.tag == f"{X}style"
    }

    assert styled == set()


@pytest.mark.parametrize(("letters", "size"), [(10, "17.2cqi"), (56, "3.1cqi")])
def test_sheet_has_each_size_that_gives_way(write_book: WriteBook, letters: int, size: str) -> None:
    """From the steps that the pages are given classes of."""
    sheet = epub_of(write_book({"a.md": "# A\n"})).text("styles/book.css")

    assert f"\n.letters-{letters} {{ font-size: min(1em, {size}) }}\n" in f"\n{sheet}"


def test_no_line_ends_before_the_number_of_a_note(write_book: WriteBook) -> None:
    """Behind emphasis that ends in a question mark, and for Kobo, where spans stand around both."""
    sheet = epub_of(write_book({"a.md": "# A\n"})).text("styles/book.css")

    assert '.noteref::before { content: "\N{WORD JOINER}" }' in sheet
