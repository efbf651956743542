"""The cover of the e-book: the author's own, or one that is drawn."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from builder.book import Book
from builder.config import Config, EpubOptions
from builder.render.epub.box_font import CROSSED, EMPTY, TICKED, make_box_font
from builder.render.epub.cover import make_cover
from builder.render.epub.kerning import kerning_of
from builder.render.epub.typeset import Face, balanced, face_of, fit
from builder.render.theme import Theme, load_theme
from builder.source import Source
from builder.words import words_of
from tests.conftest import WriteBook
from tests.test_epub_fonts import make_font


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    """The default theme."""
    return load_theme("default", tmp_path, Source("book.toml", "")).value


def book_of(root: Path, title: str = "A Book", cover: str = "", cover_alt: str = "") -> Book:
    """A book without chapters."""
    options = EpubOptions(cover=cover, cover_alt=cover_alt)
    config = Config(title=title, subtitle="Of it", authors=("Ada Dig",), epub=options)
    return Book(root, config, (), (), {})


def plain_face() -> Face:
    """A face in which every letter is half an em wide."""
    return Face(Path("none"), dict.fromkeys("aAbcdefghiklmnorstuwyZSMK ", 0.5), {}, 0)


def test_cover_is_drawn_from_the_title(write_book: WriteBook, theme: Theme) -> None:
    """1600 by 2560 pixels, said in words, and the same bytes each time."""
    book = book_of(write_book({}))
    cover = make_cover(book, theme, words_of("en")).value
    with Image.open(io.BytesIO(cover.resource.data)) as image:
        kind = (image.format, image.mode, image.size)

    assert kind == ("JPEG", "RGB", (1600, 2560))
    assert cover.alt == "Cover of A Book by Ada Dig"
    assert make_cover(book, theme, words_of("en")).value == cover


def test_cover_of_the_author_is_taken_as_it_is(write_book: WriteBook, theme: Theme) -> None:
    """Its bytes are not touched, and the author's description goes with it."""
    root = write_book({})
    Image.new("RGB", (1600, 2560)).save(root / "front.png")
    cover = make_cover(book_of(root, cover="front.png", cover_alt="A pump."), theme, words_of("en"))

    assert cover.findings == ()
    assert cover.value.resource.data == (root / "front.png").read_bytes()
    assert (cover.value.resource.path, cover.value.alt) == ("images/cover.png", "A pump.")


@pytest.mark.parametrize(
    ("name", "code"),
    [("none.png", "missing-image"), ("a.md", "bad-image"), ("../x.png", "outside-book")],
)
def test_cover_that_will_not_do_is_reported(
    write_book: WriteBook, theme: Theme, name: str, code: str
) -> None:
    """With the place of its name in the configuration."""
    root = write_book({"book.toml": f'title = "A"\n[epub]\ncover = "{name}"\n', "a.md": "# A"})
    (finding,) = make_cover(book_of(root, cover=name), theme, words_of("en")).findings

    assert (finding.code, str(finding.place)) == (code, "book.toml:3:9")


@pytest.mark.parametrize(
    ("size", "codes"), [((1399, 2240), ["small-cover"]), ((1400, 2240), []), ((1600, 2560), [])]
)
def test_cover_too_small_for_shops_is_told_of(
    write_book: WriteBook, theme: Theme, size: tuple[int, int], codes: list[str]
) -> None:
    """It is taken all the same."""
    root = write_book({"book.toml": 'title = "A"\n[epub]\ncover = "c.png"\n'})
    Image.new("1", size).save(root / "c.png")
    made = make_cover(book_of(root, cover="c.png"), theme, words_of("en"))

    assert [(each.code, str(each.place)) for each in made.findings] == [
        (code, "book.toml:3:9") for code in codes
    ]
    assert made.value.resource.data == (root / "c.png").read_bytes()


def test_cover_in_printers_colours_is_made_anew(write_book: WriteBook, theme: Theme) -> None:
    """E-readers show CMYK wrong or not at all."""
    root = write_book({})
    Image.new("CMYK", (1600, 2560)).save(root / "c.jpg")
    made = make_cover(book_of(root, cover="c.jpg"), theme, words_of("en")).value.resource.data
    with Image.open(io.BytesIO(made)) as image:
        facts = (image.format, image.mode, image.size)

    assert facts == ("JPEG", "RGB", (1600, 2560))


def test_the_books_own_fonts_draw_what_the_themes_cannot(
    write_book: WriteBook, theme: Theme
) -> None:
    """So a title in any script that is written letter by letter has a cover."""
    root = write_book({})
    plain = make_cover(book_of(root, title="水"), theme, words_of("en"))
    make_font(root / "fonts" / "own.ttf", "Own Face", letter="水")
    drawn = make_cover(book_of(root, title="水"), theme, words_of("en"))

    assert [finding.code for finding in plain.findings] == ["missing-glyph"]
    assert drawn.findings == ()


def test_letters_without_a_font_are_reported(write_book: WriteBook, theme: Theme) -> None:
    """Rather than drawn as empty boxes and shipped."""
    (finding,) = make_cover(book_of(write_book({}), title="水"), theme, words_of("en")).findings

    assert finding.code == "missing-glyph"
    assert '"水"' in finding.message


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("A Second Knock", ("A Second", "Knock")),
        ("Meditations", ("Meditations",)),
        (
            "Zen and the Art of Motorcycle Maintenance",
            ("Zen and", "the Art of", "Motorcycle", "Maintenance"),
        ),
    ],
)
def test_title_breaks_into_even_lines(title: str, lines: tuple[str, ...]) -> None:
    """No article stands alone, and no word is cut."""
    made = fit(title, plain_face(), range(300, 58, -2), 1240, 1110, 1.06)

    assert made.lines == lines


def test_lines_are_as_few_and_as_even_as_can_be() -> None:
    """Two lines of like length, where the first could hold nearly all."""
    assert balanced(("aa", "bb", "cc", "dd"), plain_face(), 4.5) == ("aa bb", "cc dd")


def test_word_too_long_for_the_cover_is_cut() -> None:
    """At the smallest size, rather than to run off the page."""
    made = fit("a" * 100, plain_face(), range(100, 48, -50), 1000, 1000, 1.0)

    assert made.lines == ("a" * 40, "a" * 40, "a" * 20)


def test_pairs_are_kerned_as_the_font_asks(theme: Theme) -> None:
    """Pillow alone would set AV wide apart."""
    kerns = kerning_of(theme.cover.title_font, "AVnn")

    assert kerns["AV"] < -0.05
    assert "nn" not in kerns


def test_face_measures_what_it_sets(theme: Theme) -> None:
    """Kerning makes a line shorter than its letters."""
    face = face_of(theme.cover.title_font, "AV")

    assert face.width("AV") < face.width("A") + face.width("V")


def test_box_font_has_the_three_boxes() -> None:
    """Nothing else, no date, the same bytes each time."""
    data = make_box_font()
    font = TTFont(io.BytesIO(data))

    assert sorted(font.getBestCmap()) == sorted(map(ord, (EMPTY, TICKED, CROSSED)))
    assert len(data) < 1200
    assert make_box_font() == data
