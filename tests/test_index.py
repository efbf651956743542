"""The index of the printed book and of the e-book."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from builder.build import build
from builder.index import Index, IndexEntry, IndexGroup, Locator
from builder.parse.tree import text_of, with_class
from builder.render.pdf.chapter_html import Finish
from builder.render.pdf.index import index_tree
from builder.render.pdf.plan import plan_book
from builder.request import Request
from builder.words import words_of
from tests.conftest import WriteBook
from tests.pressed import EVERYTHING, Shelf, plan, press_book


def printed(places: Mapping[str, str], *locators: tuple[str, str, str]) -> str:
    """An entry as it is printed: what it leads to, for the pages of some ids."""
    found = tuple(
        Locator("a", "", first, last, "a" if last else "", "!" in signs, "n" in signs)
        for first, last, signs in locators
    )
    index = Index((IndexGroup("P", (IndexEntry("i.p", "pump", found),)),))
    entry = next(with_class(index_tree(index, places, words_of("en")), "index-entry"))
    main = [text_of(each) for each in with_class(entry, "index-pages") if each.tag == "strong"]
    return " ".join((text_of(entry), *(f"[{each}]" for each in main)))


@pytest.mark.parametrize(
    ("pages", "shown"),
    [
        ("3", "pump, 3"),
        ("3 3 3", "pump, 3"),
        ("3 4 5 8", "pump, 3–5, 8"),
        ("ix x 1 2", "pump, ix–x, 1–2"),
        ("x 11", "pump, x, 11"),
        ("9 10 12", "pump, 9–10, 12"),
        ("3! 4 3", "pump, 3, 4 [3]"),
        ("3 3!", "pump, 3 [3]"),
        ("2-7 4 7 8", "pump, 2–8"),
        ("2-7 4!", "pump, 2–7, 4 [4]"),
        ("2-7 4! 5", "pump, 2–7, 4 [4]"),
        ("5-5", "pump, 5"),
        ("3 4n 5", "pump, 3, 4n, 5"),
        ("3n 4n 4n", "pump, 3n, 4n"),
        ("4n 4", "pump, 4"),
        ("2 3n 3", "pump, 2–3"),
        ("2-7 4n", "pump, 2–7"),
        ("4 4n!", "pump, 4, 4n [4n]"),
        ("4n 4n! ixn", "pump, ixn, 4n [4n]"),
        ("?", "pump"),
        ("? 4", "pump, 4"),
    ],
)
def test_pages_are_joined(pages: str, shown: str) -> None:
    """Each page once, what follows as a range, roman first; what is not known yet is left out.

    A footnote counts where the text of its page does not.
    """
    places: dict[str, str] = {}
    locators = []
    for number, each in enumerate(pages.split()):
        place = each.rstrip("n!")
        first, _, last = place.partition("-")
        ends = {f"a.{number}{end}": end for end in (first, last) if end}
        places |= {name: folio for name, folio in ends.items() if folio != "?"}
        begin = f"a.{number}{first}"
        locators.append((begin, f"a.{number}{last}" if last else "", each.removeprefix(place)))

    assert printed(places, *locators) == shown


def test_a_page_stands_on_the_line_of_its_entry() -> None:
    """The space before the first page does not break."""
    found = tuple(Locator("a", "", anchor) for anchor in ("a.1", "a.2"))
    index = Index((IndexGroup("P", (IndexEntry("i.p", "pump", found),)),))
    tree = index_tree(index, {"a.1": "3", "a.2": "5"}, words_of("en"))
    entry = next(with_class(tree, "index-entry"))

    assert "".join(entry.itertext()) == "pump,\u00a03, 5"


def test_index_prints_the_pages_of_its_marks_and_nothing_else(write_book: WriteBook) -> None:
    """So an edit elsewhere lays out its chapter alone, and the index if a page moves."""
    files = {"a.md": "# A\n\n[Pump]{index}\n", "back/index.md": "# Index\n"}
    book = plan(write_book(files)).book
    runs = {run.id: run for run in plan_book(book, words_of("en"), Finish())}

    assert runs["index"].prints == {"a.index-1"}
    assert runs["index"].html({"a.index-1": "7"}) == runs["index"].html(
        {"a.index-1": "7", "a": "5"}
    )
    assert runs["a"].prints == frozenset()


def test_all_marks_of_the_test_book_have_a_page(shelf: Shelf) -> None:
    """In headings, items, cells, captions, notes, images, and where nothing is seen."""
    pressed = shelf.pressed(EVERYTHING)
    anchors = pressed.planned.book.index.anchors

    assert len(anchors) > 10
    assert anchors <= set(pressed.book.settled.folios)


def test_e_book_names_chapters_and_sections(write_book: WriteBook, tmp_path: Path) -> None:
    """A place is named by its chapter; by its section too where an entry is in a chapter twice."""
    root = write_book(
        {
            "book.toml": 'title = "A"\nchapter_label = "Step"\n',
            "front/preface.md": "# Before\n\n[pump]{index}\n",
            "a.md": "# A\n\n[pump]{index} [pump]{index .main}\n\n## Deep\n\n[pump]{index}\n"
            '\n{index="well" from}\n\nText.\n',
            "b.md": '# B\n\n{index="well" to}\n\n[pump]{index}\n\n{index="jar" see="pump"}\n',
            "back/index.md": "Said before.\n",
        }
    )
    build(Request(root=root, out=tmp_path / "out", outputs=("epub",)), lambda *_: None)
    with ZipFile(next((tmp_path / "out").glob("*.epub"))) as epub:
        text = epub.read("EPUB/text/index.xhtml").decode()
        nav = epub.read("EPUB/nav.xhtml").decode()

    assert '<div epub:type="index-headnotes">' in text
    assert (
        '<a class="index-locator" href="preface.xhtml#preface.index-1" epub:type="index-locator">'
        "Before</a>"
    ) in text
    assert '<a class="index-locator main" href="a.xhtml#a.index-1"' in text
    names = [piece.partition("</a>")[0] for piece in text.split('"index-locator">')[1:]]
    assert names == ["Before", "Step 1", "Step 1: Deep", "Step 2", "Step 1", "Step 2"]
    assert '<em>See</em> <a href="#index.entry-pump">pump</a>' in text
    assert 'epub:type="index" href="text/index.xhtml">Index<' in nav


def test_columns_of_the_last_page_are_equally_long(write_book: WriteBook) -> None:
    """Those of the pages before it are full."""
    names = "; ".join(f"{letter}{other}re" for letter in "bcdfghklmnprst" for other in "aeiouy")
    files = {
        "book.toml": 'title = "B"\n[pdf]\ntrim = "5x8"\nhalf_title = false\n',
        "a.md": f'# A\n\nText.{{index="{names}"}}\n',
        "back/index.md": "# Index\n",
    }
    with pypdfium2.PdfDocument(press_book(write_book(files)).pdf) as document:
        pages = [_entries_by_column(page) for page in document][-3:]

    assert abs(pages[-1][0] - pages[-1][1]) <= 1
    assert min(pages[-2]) > max(pages[-1])


def _entries_by_column(page: pypdfium2.PdfPage) -> tuple[int, int]:
    """How many entries begin in the left half of a page, and how many in the right."""
    text = page.get_textpage()
    middle = page.get_width() / 2
    rights = [
        text.get_charbox(at)[0] > middle
        for at in range(text.count_chars())
        if text.get_text_range(at, 1) == ","
    ]
    return rights.count(False), rights.count(True)
