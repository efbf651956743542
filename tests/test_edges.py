"""Pictures that reach over the edge of the page, and what a printer is told of it."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from builder.render.pdf.impose.plan import Box, Placement, Size
from tests.conftest import WriteBook
from tests.pdf_facts import Facts
from tests.pressed import engine_book, press_book

BOOK = """title = "A"
[pdf]
trim = "100mm x 120mm"
bleed = "3mm"
marks = true
half_title = false
"""
TEXT = "# Edges\n\nText.\n\n![Dark](d.png){.bleed}\n\n![Dark](d.png){.full-page}\n"
MM = 72 / 25.4


@pytest.fixture
def pdf(write_book: WriteBook) -> bytes:
    """A small book with two pictures at the edges."""
    root = write_book({"book.toml": BOOK, "a.md": TEXT})
    picture = io.BytesIO()
    Image.new("RGB", (1200, 400)).save(picture, "PNG")
    (root / "d.png").write_bytes(picture.getvalue())
    return press_book(root).pdf


def test_boxes_say_where_to_cut(pdf: bytes) -> None:
    """The trim box is the page, the bleed box what is cut off, around it is room for marks."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            trim, bleed, media = (
                [float(each) / MM for each in box]
                for box in (page.trimbox, page.obj["/BleedBox"], page.mediabox)
            )

            assert trim == pytest.approx([0, 0, 100, 120], abs=0.01)
            assert bleed == pytest.approx([-3, -3, 103, 123], abs=0.01)
            assert media == pytest.approx([-10, -10, 110, 130], abs=0.01)


def test_pictures_reach_over_the_edge(pdf: bytes) -> None:
    """One across the page that it stands on, one over all of the next, on whichever side."""
    with pypdfium2.PdfDocument(pdf) as document:
        last, before = (document[len(document) - back] for back in (1, 2))
        images = [page.render(scale=25.4 / 72).to_pil().convert("L") for page in (before, last)]
    wide, whole = images
    middle = next(y for y in range(wide.height) if wide.getpixel((8, y)) < 50) + 9

    assert [wide.getpixel((x, middle)) < 50 for x in (8, 60, 111)] == [True] * 3
    assert [wide.getpixel((x, middle)) < 50 for x in (5, 115)] == [False] * 2
    assert [whole.getpixel(at) < 50 for at in ((8, 8), (111, 131), (60, 70))] == [True] * 3
    assert whole.getpixel((5, 40)) > 200


def test_a_page_on_its_side_is_turned_on_a_sheet() -> None:
    """It is read from the right, as in a book; a page that stands is not turned."""
    placement = Placement(0, Size(100, 150).at(0, 0))

    assert placement.for_page(Box(0, 0, 100, 150)) == placement
    assert placement.for_page(Box(0, 0, 150, 100)).turn == 90


NOTED = """title = "A"
[pdf]
trim = "130mm x 120mm"
half_title = false
wide_margin = true
"""
WORDS = "Water is carried home from the well by whoever is there to carry it. "


def test_notes_stand_whole_at_the_outer_edge(write_book: WriteBook) -> None:
    """On whichever side the page is, one below the other, and as the engine alone has them."""
    paragraphs = "\n\n".join(
        f"{WORDS}[Begin{n} and so on in the margin, for some lines, to end{n}.]{{.margin}}{WORDS}"
        for n in range(10)
    )
    pressed = press_book(write_book({"book.toml": NOTED, "a.md": f"# Wells\n\n{paragraphs}\n"}))
    facts, expected = Facts(pressed.pdf), Facts(engine_book(pressed, "pdf"))

    assert [*facts.pixels()] == [*expected.pixels()]
    for number in range(10):
        (page,) = (text for text in facts.texts if f"Begin{number} " in text)

        assert f"end{number}." in page
    with pypdfium2.PdfDocument(pressed.pdf) as document:
        pages = [page for page in document if "Begin" in page.get_textpage().get_text_range()]
        found = [_left_of(page, "Begin") / MM for page in pages]

    assert found == pytest.approx([96.7, 7.8, 96.7], abs=0.5)


def _left_of(page: pypdfium2.PdfPage, word: str) -> float:
    text = page.get_textpage()
    index, _ = text.search(word).get_next()
    return float(text.get_charbox(index)[0])
