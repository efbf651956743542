"""Leaders of the printed contents."""

from io import BytesIO

import pikepdf
import pypdfium2

from tests.conftest import WriteBook
from tests.pressed import press_book

_CONFIG = 'title = "Leaders"\n[pdf]\nhalf_title = false\nopen_on = "any"\n'
_TITLES = ("Water", "Bread and salt", "A door that has been closed for long")


def test_a_leader_is_one_text_that_ends_at_the_edge(write_book: WriteBook) -> None:
    """Its dots are drawn together, and stand under each other from line to line."""
    chapters = {f"{title[0]}.md": f"# {title}\n\nWords.\n" for title in _TITLES}
    pdf = press_book(write_book({"book.toml": _CONFIG, **chapters})).pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        index = next(n for n in range(len(opened.pages)) if "Contents" in _text(pdf, n))
        content = pikepdf.parse_content_stream(opened.pages[index])
        texts = [str(each.operator) for each in content].count("BT")

    # The heading; a number, a title, a leader and a page for each chapter; the folio.
    assert texts == 1 + 4 * len(_TITLES) + 1
    assert len(_last_dots(pdf, index)) == 1


def _text(pdf: bytes, page: int) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[page].get_textpage().get_text_range())


def _last_dots(pdf: bytes, page: int) -> set[int]:
    """Where the last dot of each line ends, in tenths of a point."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        ends: dict[int, float] = {}
        for index, letter in enumerate(text.get_text_range()):
            if letter == ".":
                _, bottom, right, _ = text.get_charbox(index)
                ends[round(bottom)] = max(right, ends.get(round(bottom), 0))
    return {round(each * 10) for each in ends.values()}
