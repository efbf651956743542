"""Covers in scripts that join their letters or run from right to left."""

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from builder.render.epub.cover import make_cover
from builder.render.epub.shaping import shaped_face, wants_shaping
from builder.render.theme import load_theme
from builder.source import Source
from builder.words import words_of
from tests.conftest import WriteBook
from tests.test_epub_cover import book_of

_LETTERS = {
    "A": "A",
    "B": "B",
    "one": "1",
    "two": "2",
    "space": " ",
    "left": "(",
    "right": ")",
    "dot": ".",
    "percent": "%",
}
_LETTERS |= {"alef": "\u05d0", "bet": "\u05d1", "beh": "\u0628"}
_NAMES = (".notdef", *_LETTERS, "beh.init")
_JOINED = "languagesystem arab dflt; feature init { sub beh by beh.init; } init;"


@pytest.fixture
def font(tmp_path: Path) -> Path:
    """A font in which every letter is half an em wide, and one has a form to begin with."""
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([*_NAMES])
    made.setupCharacterMap({ord(letter): name for name, letter in _LETTERS.items()})
    made.setupGlyf({name: TTGlyphPen(None).glyph() for name in _NAMES})
    made.setupHorizontalMetrics(dict.fromkeys(_NAMES, (500, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    made.setupOS2(usWeightClass=400)
    made.setupPost()
    made.addOpenTypeFeatures(_JOINED)
    path = tmp_path / "own.ttf"
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u05d0\u05d1", "bet alef"),
        ("\u05d0 12 \u05d1", "bet space one two space alef"),
        ("\u05d0 (A B)", "left A space B right space alef"),
        ("A \u05d0\u05d1 B", "A space bet alef space B"),
        ("A \u05d0 12 \u05d1 B", "A space bet space one two space alef space B"),
        ("A \u05d0 12", "A space one two space alef"),
        ("\u05d0 1.2% A 1", "A space one space one dot two percent space alef"),
        ("\u0628\u0628", "beh beh.init"),
    ],
)
def test_letters_stand_where_they_are_read(font: Path, text: str, shown: str) -> None:
    """From the left: words from right to left turned, numbers not, joined letters as forms."""
    face = shaped_face(font, text)
    placed = [*face.positions(text)]

    assert " ".join(_NAMES[ord(letter) - 0xF0000] for letter, _, _ in placed) == shown
    assert [at for _, at, _ in placed] == [number / 2 for number in range(len(placed))]
    assert face.width(text) == len(placed) / 2
    assert all(face.load(20).getlength(letter) == 10 for letter, _, _ in placed)


def test_only_such_lines_are_shaped() -> None:
    """Letters with accents of their own are set one by one."""
    assert [wants_shaping(text) for text in ("A Caf\u00e9, 20", "\u05d0", "\u0915\u093f")] == [
        False,
        True,
        True,
    ]


def test_the_books_own_font_draws_a_title_from_right_to_left(
    font: Path, write_book: WriteBook, tmp_path: Path
) -> None:
    """With a subtitle in the theme's type."""
    theme = load_theme("default", tmp_path, Source("book.toml", "")).value
    root = write_book({})
    (root / "fonts").mkdir()
    font.rename(root / "fonts" / "own.ttf")
    made = make_cover(book_of(root, title="\u05d0\u05d1 \u0628"), theme, words_of("en"))

    assert made.findings == ()
