"""The pages of the printed book: named by references, and listed in the order of reading."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.parse.tree import new
from builder.render.epub.addresses import ChapterPage
from builder.render.epub.navigation import Line, NavigationList, PageMark
from builder.render.epub.page_breaks import IN_PRINT, page_id
from builder.render.print_pages import CONTENTS, PrintPage
from builder.render.referring import references_in
from builder.words import Words


def add_reference_pages(section: Element, folios: Mapping[str, str], words: Words) -> None:
    """Have each reference say on which page of the printed book its goal is."""
    for link, _, is_open in references_in(section):
        if folio := folios.get(link.get("href", "")[1:]):
            page = words.page_in_print.format(page=folio)
            said = f", {page}" if is_open else f" ({page})"
            link.append(new("span", said, class_=IN_PRINT, **words.lang))


def marks_of_files(files: Mapping[str, str], pages: Iterable[PrintPage]) -> Mapping[str, PageMark]:
    """The mark of each file that the builder writes, by the name of its printed page."""
    found = ((files.get(page.chapter), page.folio) for page in pages)
    return {file: _mark(file, folio, page_id(folio)) for file, folio in found if file}


def marks_of_navigation(
    lines: Iterable[Line],
    lists: Iterable[NavigationList],
    pages: Iterable[PrintPage],
    file: str,
) -> Mapping[str, PageMark]:
    """The mark of each printed page of contents and lists, by what it begins with.

    That is a list or a line, by its id in the printed book.
    """
    pages = tuple(pages)
    found: dict[str, tuple[str, PageMark]] = {}
    for name in _names_in(lines, lists):
        for page in (each for each in pages if name in each.ids):
            found.setdefault(page.folio, (name, _mark(file, page.folio, page_id(page.folio))))
    return dict(found.values())


def _names_in(lines: Iterable[Line], lists: Iterable[NavigationList]) -> Iterator[str]:
    """The ids that contents, lists and their lines have in the printed book, in order."""
    yield CONTENTS
    yield from (f"{CONTENTS}.{anchor}" for line in lines for anchor in line.anchors)
    for listed in lists:
        yield listed.id
        yield from (f"{listed.id}.{line.anchor}" for line in listed.lines)


def marks_of_text(text: ChapterPage, folder: str) -> tuple[PageMark, ...]:
    """The marks in a text."""
    return tuple(_mark(f"{folder}{text.file}", *mark) for mark in text.outline.marks)


def _mark(file: str, folio: str, name: str) -> PageMark:
    return PageMark(folio, name, f"{file}#{name}")
