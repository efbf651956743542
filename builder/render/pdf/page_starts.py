"""Where in the manuscript each page of the printed book begins, for outputs that name its pages."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from builder.book import Book, Chapter
from builder.parse.tree import AT, offset_of
from builder.render.pdf.endnotes import ENDNOTES
from builder.render.pdf.gathering import Survey
from builder.render.pdf.places import offsets_of
from builder.render.pdf.settle import Placed, Settled, folio_of
from builder.render.print_pages import (
    BEHIND,
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
    for before, placed in pairwise((settled.placed[0], *settled.placed)):
        if placed.has_blank_before:
            pages.append(PrintPage(folio_of(before, before.sheet.pages), ""))
        if chapter := chapters.get(placed.run.id):
            pages += _of_chapter(chapter, placed)
        else:
            pages += _of_builder(placed)
    return PrintedBook(tuple(pages), settled.folios)


def _of_builder(placed: Placed) -> Iterator[PrintPage]:
    """Contents, lists, title and copyright page, which the e-book may have as well; notes."""
    ids = _ids_by_page(placed)
    for page in range(placed.sheet.pages):
        folio, named = folio_of(placed, page), ids.get(page, ())
        if placed.run.id == "title-pages":
            own = (name for name in (TITLE_PAGE, COPYRIGHT_PAGE) if name in named)
            yield PrintPage(folio, next(own, ""))
        elif placed.run.id == ENDNOTES:
            yield PrintPage(folio, "")
        else:
            yield PrintPage(folio, CONTENTS, ids=named)


def _ids_by_page(placed: Placed) -> Mapping[int, tuple[str, ...]]:
    pages: dict[int, list[str]] = {}
    for name, spot in sorted(placed.sheet.anchors.items()):
        pages.setdefault(spot.page, []).append(name)
    return {page: tuple(names) for page, names in pages.items()}


def _of_chapter(chapter: Chapter, placed: Placed) -> Iterator[PrintPage]:
    offsets, sheet = offsets_of(chapter), placed.sheet
    in_text = [offset_of(each) for each in chapter.body.iter() if AT in each.attrib]
    # A glossary may have been put in order.
    ranks = {offset: rank for rank, offset in reversed([*enumerate(in_text)])}
    order = {number: ranks[each] for number, each in enumerate(offsets) if each in ranks}
    firsts, ids = _first_blocks(sheet.survey, order), _ids_by_page(placed)
    # In the e-book, notes stand where they are called.
    in_notes = {each.get("id") for note in chapter.notes for each in note.body.iter()}
    in_notes |= {note.anchor for note in chapter.notes}
    for page, (place, letters) in enumerate(sheet.survey.starts):
        folio = folio_of(placed, page)
        first = firsts.get(page, -1)
        if letters == 0 and first >= 0 and order[first] < order.get(place, len(in_text)):
            place = first
        if place in order:
            yield PrintPage(folio, chapter.id, offsets[place], letters)
            continue
        named = tuple(each for each in ids.get(page, ()) if each not in in_notes)
        if place < 0 and named:
            yield PrintPage(folio, chapter.id, ids=named)
        else:
            yield PrintPage(folio, chapter.id, BEHIND)


def _first_blocks(survey: Survey, order: Mapping[int, int]) -> Mapping[int, int]:
    """The first block of the text that begins on each page: it may be a picture."""
    firsts: dict[int, int] = {}
    for place, page, _ in survey.blocks:
        if place in order:
            firsts[page] = min(place, firsts.get(page, place), key=order.__getitem__)
    return firsts
