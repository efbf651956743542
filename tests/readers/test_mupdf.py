"""Every chapter in MuPDF, a reader without a browser: nothing lost, doubled or cut off."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import pymupdf
import pytest

from builder.parse.tree import local_name
from tests.readers.conftest import Opened, drawn_in, letters_of, runs_of

# A small e-reader, in points, but as high as a chapter is long: at the foot of a page MuPDF loses
# the lines of a table's row that have no room on it, whatever the book says.
WIDTH, HEIGHT, TYPE = 320, 20_000, 11
_SLACK = 1
# What MuPDF says and shows nonetheless as it should; of CSS it must not complain at all, because
# it leaves out all that follows.
_KNOWN = (
    "unknown epub version: 3.0",
    "table-cell not inside table-row element",
    "no hyphenation table for lang=",
    "... repeated ",
)


@pytest.fixture(scope="module")
def chapters(epub: Opened) -> Mapping[str, list[pymupdf.Page]]:
    """The laid-out pages of each chapter."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.reset_mupdf_warnings()
    document = pymupdf.open(epub.path)
    document.layout(width=WIDTH, height=HEIGHT, fontsize=TYPE)
    pages = {
        name: [document[(number, page)] for page in range(document.chapter_page_count(number))]
        for number, name in enumerate(epub.pages)
    }

    assert document.chapter_count == len(epub.pages)
    warnings = pymupdf.TOOLS.mupdf_warnings().splitlines()
    assert [each for each in warnings if not each.startswith(_KNOWN)] == []
    return pages


def test_every_text_is_there_once(chapters: Mapping[str, list[pymupdf.Page]], epub: Opened) -> None:
    """Each block whole, and no letter more than the blocks have but for the numbers of lists."""
    lost, more = [], []
    for name, body in epub.pages.items():
        shown, runs = letters_of("".join(_words(chapters[name]))), runs_of(body)
        lost += [(name, run) for run in runs if run not in shown]
        markers = sum(len(str(number)) for number in _list_numbers(body))
        if len(shown) != sum(map(len, runs)) + markers:
            more.append((name, len(shown), sum(map(len, runs)), markers))

    assert lost == []
    assert more == []


def test_every_image_is_drawn(chapters: Mapping[str, list[pymupdf.Page]], epub: Opened) -> None:
    """Photographs, drawings and signs."""
    drawn = {name: sum(len(page.get_image_info()) for page in chapters[name]) for name in chapters}

    assert drawn == {name: drawn_in(body) for name, body in epub.pages.items()}


def test_nothing_stands_outside_the_page(chapters: Mapping[str, list[pymupdf.Page]]) -> None:
    """No word and no image is cut off at an edge."""
    outside = [
        (name, what)
        for name, pages in chapters.items()
        for page in pages
        for what, left, top, right, bottom in _boxes(page)
        if min(left, top, WIDTH - right, HEIGHT - bottom) < -_SLACK
    ]

    assert outside == []


def _words(pages: list[pymupdf.Page]) -> Iterator[str]:
    for page in pages:
        yield from (word[4] for word in page.get_text("words"))


def _boxes(page: pymupdf.Page) -> Iterator[tuple[str, float, float, float, float]]:
    yield from ((word[4], *word[:4]) for word in page.get_text("words"))
    yield from (("image", *image["bbox"]) for image in page.get_image_info())


def _list_numbers(body: Element) -> Iterator[int]:
    """The numbers that a reader writes before the items of lists, where these have any."""
    for element in body:
        names = element.get("class", "").split()
        if local_name(element) == "ol" and "task-list" not in names:
            first = int(element.get("start", "1"))
            yield from range(first, first + len(element))
        if local_name(element) != "nav":
            yield from _list_numbers(element)
