"""Paragraphs are broken as a whole: their lines are full, and the last one is seen as a line."""

import pypdfium2

from tests.conftest import WriteBook
from tests.pressed import press_book

_WIDTHS = range(240, 324)
_TEXT = (
    "Whoever came for water in the early years had to carry it home in jars, and a walk of an hour"
    " was short; those who had a cart were asked by their neighbours to take their jars along as"
)
_CONFIG = 'title = "Lines"\n[pdf]\nhalf_title = false\nopen_on = "any"\nhyphenate = false\n'


def _last_lines(write_book: WriteBook, end: str) -> list[str]:
    """The last lines of paragraphs of many widths that end in these words."""
    paragraphs = (
        f'<p style="width: {width}pt; margin-bottom: 40pt">{_TEXT} {end}</p>' for width in _WIDTHS
    )
    chapter = "# Lines\n\nWords.\n\n" + "\n\n".join(paragraphs)
    pdf = press_book(write_book({"book.toml": _CONFIG, "lines.md": chapter})).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    lines = [line.strip() for text in texts for line in text.split("\r\n")]
    tail = end.partition("<")[0].split()[-1]
    found = [line for line in lines if line.endswith("it.") and tail in f"{line} {tail}"]
    assert len(found) == len(_WIDTHS)
    return found


def test_no_short_word_stands_alone(write_book: WriteBook) -> None:
    """Whatever the width, another word goes to the last line with it."""
    assert "it." not in _last_lines(write_book, "well as it.")


def test_words_of_several_elements(write_book: WriteBook) -> None:
    """Neither does one that is marked."""
    assert "it." not in _last_lines(write_book, "well <em>as it</em>.")


def test_no_line_is_spaced_out_for_it(write_book: WriteBook) -> None:
    """A word so long that the line without it would be loose stays where it is."""
    last = _last_lines(write_book, "counterrevolutionaries it.")

    assert "it." in last


_WORDS = (
    "Whoever came for <em>water</em> in the early years had to carry it home in jars, and a walk"
    " of an hour was short; those who had a <strong>cart</strong> were asked by extraordinarily"
    " patient neighbours to take their jars along with all the others that stood about"
).split(" ")


def test_lines_fill_their_measure(write_book: WriteBook) -> None:
    """Spaces shrink and stretch so that all lines but the last end at the margin of their page."""
    turned = [[*_WORDS[start:], *_WORDS[:start], "there."] for start in range(0, len(_WORDS), 2)]
    paragraphs = "\n\n".join(" ".join(words) for words in turned)
    book = write_book({"book.toml": _CONFIG, "lines.md": f"# Lines\n\n{paragraphs}\n"})

    with pypdfium2.PdfDocument(press_book(book).pdf) as document:
        pages = [ends for page in document if (ends := _line_ends(page.get_textpage()))]

    assert sum(map(len, pages)) > 60
    assert all(max(ends) - min(ends) < 1.2 for ends in pages)


def _line_ends(page: pypdfium2.PdfTextPage) -> list[float]:
    """How far each line goes to the right, in points, but for the last ones and what is no text."""
    rows: dict[int, list[tuple[float, str]]] = {}
    for index in range(page.count_chars()):
        letter = page.get_text_range(index, 1)
        if letter.strip():
            _, bottom, right, _ = page.get_charbox(index, loose=True)
            rows.setdefault(round(bottom), []).append((right, letter))
    lines = (sorted(row) for row in rows.values() if len(row) > 25)
    return [line[-1][0] for line in lines if line[-1][1] != "."]
