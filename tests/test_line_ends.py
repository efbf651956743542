"""Lines of the printed book end where they are full."""

import pypdfium2

from tests.conftest import WriteBook
from tests.pressed import press_book

_TEXT = "that you believe the laugh and go climbing on"
_WIDTHS = range(210, 240)
_CONFIG = 'title = "Lines"\n[pdf]\nhalf_title = false\nopen_on = "any"\nhyphenate = false\n'


def test_no_line_ends_after_its_first_word(write_book: WriteBook) -> None:
    """A text that fills its line up to the space before the next element stays on it."""
    paragraphs = (
        f'<p style="width: {width}pt; margin-bottom: 20pt">{_TEXT} <em>other</em> days.</p>'
        for width in _WIDTHS
    )
    chapter = "# Lines\n\nWords.\n\n" + "\n\n".join(paragraphs)
    pdf = press_book(write_book({"book.toml": _CONFIG, "lines.md": chapter})).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    lines = [line.strip() for text in texts for line in text.split("\r\n")]

    assert sum(line.startswith("that you") for line in lines) == len(_WIDTHS)
    assert "that" not in lines
