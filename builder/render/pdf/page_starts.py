"""Where in the manuscript each page of the printed book begins, for outputs that name its pages."""

from collections.abc import Iterator, Mapping

from builder.book import Book, Chapter
from builder.parse.tree import AT, offset_of
from builder.render.pdf.gathering import Survey
from builder.render.pdf.places import offsets_of
from builder.render.pdf.settle import Placed, Settled, folio_of
from builder.render.print_pages import (
    CONTENTS,
    COPYRIGHT_PAGE,
    TITLE_PAGE,
    PrintedBook,
    PrintPage,
)


def printed_book(book: Book, settled: Settled) -> PrintedBook:
    """The pages of the settled book."""
    chapters = {numbered.id: numbered.chapter for numbered in book.chapters}
    pages: list[PrintPage] = []
    for placed in settled.placed:
        if chapter := chapters.get(placed.run.id):
            pages += _of_chapter(chapter, placed)
        else:
            pages += _of_builder(placed)
    return PrintedBook(tuple(pages), settled.folios)


def _of_builder(placed: Placed) -> Iterator[PrintPage]:
    """The pages that the e-book has as well."""
    if placed.run.id == CONTENTS:
        yield PrintPage(folio_of(placed, 0), CONTENTS)
    for name in (TITLE_PAGE, COPYRIGHT_PAGE):
        if placed.run.id == "title-pages" and (spot := placed.sheet.anchors.get(name)):
            yield PrintPage(folio_of(placed, spot.page), name)


def _of_chapter(chapter: Chapter, placed: Placed) -> Iterator[PrintPage]:
    offsets, sheet = offsets_of(chapter), placed.sheet
    in_text = {offset_of(each) for each in chapter.body.iter() if AT in each.attrib}
    in_notes = {number for number, offset in enumerate(offsets) if offset not in in_text}
    firsts = _first_blocks(sheet.survey, in_notes)
    for page, (place, letters) in enumerate(sheet.survey.starts):
        first = firsts.get(page, -1)
        if letters == 0 and first >= 0 and (place < 0 or place in in_notes or first < place):
            place = first
        if 0 <= place < len(offsets) and place not in in_notes:
            yield PrintPage(folio_of(placed, page), chapter.id, offsets[place], letters)


def _first_blocks(survey: Survey, in_notes: set[int]) -> Mapping[int, int]:
    """The first block of the text that begins on each page: it may be a picture."""
    firsts: dict[int, int] = {}
    for place, page, _ in survey.blocks:
        if place not in in_notes:
            firsts[page] = min(place, firsts.get(page, place))
    return firsts
