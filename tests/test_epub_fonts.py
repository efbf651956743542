"""The theme's fonts in the e-book, where they are asked for."""

import io
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from tests.conftest import WriteBook
from tests.test_epub import OPF, epub_of

_CONFIG = 'title = "B"\n[epub]\nfonts = true\n'
_TEXT = {"book.toml": _CONFIG, "a.md": "# A\n\nText, *slanted*, `code`.\n"}


def make_font(path: Path, family: str, licence: int = 0, letter: str = "T") -> None:
    """A font of one letter, whose licence says something about embedding."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "T"])
    builder.setupCharacterMap({ord(letter): "T"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "T")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "T"), (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(fsType=licence, usWeightClass=400)
    builder.setupPost()
    path.parent.mkdir(exist_ok=True)
    builder.save(path)


def test_fonts_come_only_when_asked_for(write_book: WriteBook) -> None:
    """The reader's own choice is the rule; the boxes of the checklists are always there."""
    epub = epub_of(write_book({**_TEXT, "book.toml": 'title = "B"\n'}))

    assert [path for path in epub.files if path.startswith("fonts/")] == ["fonts/boxes.ttf"]
    assert "Source Serif" not in epub.text("styles/book.css")


def test_fonts_hold_the_letters_of_the_book(write_book: WriteBook) -> None:
    """Plain TrueType in the manifest, named by the sheet, and small; the same bytes each time."""
    root = write_book(_TEXT)
    epub = epub_of(root)
    path = "fonts/source-serif-pro-400.ttf"
    items = {item.get("href"): item for item in epub.tree("package.opf").iter(f"{OPF}item")}
    letters = TTFont(io.BytesIO(epub.files[path])).getBestCmap()

    assert items[path].get("media-type") == "font/ttf"
    assert ord("x") in letters
    assert ord("\u0416") not in letters
    assert len(epub.files[path]) < 40_000
    assert f'src: url("../{path}")' in epub.text("styles/book.css")
    assert 'body { font-family: "Source Serif Pro", serif }' in epub.text("styles/book.css")
    assert epub_of(root).data == epub.data


def test_the_books_own_font_takes_the_place_of_the_themes(write_book: WriteBook) -> None:
    """Where the variables of the theme name it."""
    root = write_book({**_TEXT, "theme.css": ':root { --text-font: "Own Face" }\n'})
    make_font(root / "fonts" / "own.ttf", "Own Face", 0)
    epub = epub_of(root)

    assert "fonts/own-face-400.ttf" in epub.files
    assert "fonts/source-serif-pro-400.ttf" not in epub.files


@pytest.mark.parametrize(("licence", "codes"), [(2, ["restricted-font"]), (4, []), (8, [])])
def test_a_licence_that_forbids_it_is_kept(
    write_book: WriteBook, licence: int, codes: list[str]
) -> None:
    """The font says so itself; it stays out, and the author hears of it."""
    root = write_book({**_TEXT, "theme.css": ':root { --text-font: "Own Face" }\n'})
    make_font(root / "fonts" / "own.ttf", "Own Face", licence)
    epub = epub_of(root)

    assert [finding.code for finding in epub.findings] == codes
    assert ("fonts/own-face-400.ttf" in epub.files) == (not codes)
