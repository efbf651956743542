"""Lines of the printed book begin at their margin, and end where they are full."""

import pypdfium2

from tests.conftest import WriteBook
from tests.far_letters import font_of
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


def test_a_line_is_filled_up_to_a_space_between_elements(write_book: WriteBook) -> None:
    """A space that stands alone at the end of a line takes no room there."""
    kept = '<span style="white-space: nowrap">which has a long tail in one piece</span>'
    paragraph = (
        '<p style="width: 200pt; text-indent: 0">'
        f"<em>Old words with an end</em> {kept} and more of it.</p>"
    )
    chapter = f"# Lines\n\nWords.\n\n{paragraph}"
    pdf = press_book(write_book({"book.toml": _CONFIG, "lines.md": chapter})).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        text = next(
            page.get_textpage()
            for page in document
            if "Old words" in page.get_textpage().get_text_range()
        )
        start = text.get_text_range().index("Old words")
        left, *_ = text.get_charbox(start, loose=True)
        _, _, right, _ = text.get_charbox(start + len("Old words with an end") - 1, loose=True)

    assert abs(right - left - 200) < 0.5


def test_lines_from_the_right_begin_there(write_book: WriteBook) -> None:
    """Whether or not the English words at their end stand before a space, and with an indent."""
    phrase = 'שלום <span dir="ltr">one two <em>three</em></span>'
    paragraphs = (
        f'<p style="width: {width}pt; text-indent: {width % 2 * 20}pt">{phrase}</p>'
        for width in range(60, 110)
    )
    chapter = "# Lines\n\nWords.\n\n" + "\n\n".join(paragraphs)
    config = f'language = "he"\n{_CONFIG}'
    root = write_book({"book.toml": config, "lines.md": chapter})
    (root / "fonts").mkdir()
    (root / "fonts" / "far.ttf").write_bytes(font_of("שלום"))
    with pypdfium2.PdfDocument(press_book(root).pdf) as document:
        pages = [page.get_textpage() for page in document]
        rights = [
            [
                round(text.get_charbox(index, loose=True)[2])
                for index in range(text.count_chars())
                if text.get_text_range(index, 1) == "ש"
            ]
            for text in pages
        ]

    assert sum(map(len, rights)) == 50
    assert all(len({*page}) == 2 and max(page) - min(page) == 20 for page in rights if page)


def test_spaced_letters_are_read_as_words(write_book: WriteBook) -> None:
    """Readers of a PDF take no gap between the letters of a label for a space."""
    config = f'publisher = "The Test Press"\nauthors = ["Nora Vale"]\n{_CONFIG}'
    pdf = press_book(write_book({"book.toml": config, "lines.md": "# Lines\n\nWords.\n"})).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    lines = [line for text in texts for line in text.split("\r\n")]

    assert {"Chapter 1", "The Test Press", "Nora Vale"} <= set(lines)
