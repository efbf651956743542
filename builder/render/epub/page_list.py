"""The pages of the printed book: named by references, and listed in the order of reading."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from builder.parse.tree import new
from builder.render.epub.addresses import ChapterPage
from builder.render.epub.navigation import Line, NavigationList, PageMark
from builder.render.epub.page_breaks import IN_PRINT, page_id
from builder.render.print_pages import BEHIND, CONTENTS, PrintPage
from builder.render.referring import references_in
from builder.words import Words


def add_reference_pages(section: Element, folios: Mapping[str, str], words: Words) -> None:
    """Have each reference say on which page of the printed book its goal is."""
    for link, _, is_open in references_in(section):
        if folio := folios.get(link.get("href", "")[1:]):
            page = words.page_in_print.format(page=folio)
            said = f", {page}" if is_open else f" ({page})"
            link.append(new("span", said, class_=IN_PRINT, **words.lang))


def at_home(pages: Sequence[PrintPage], homes: Collection[str]) -> tuple[PrintPage, ...]:
    """All pages, each in a place that the e-book has.

    ``homes`` names its chapters and pages. A page that is none of theirs, such as a blank one,
    begins where the next one does that is, and at the end of the book behind all text.
    """
    last = next((page for page in reversed(pages) if page.chapter in homes), None)
    if last is None:
        return ()
    following, found = replace(last, offset=BEHIND, ids=()), []
    for page in reversed(pages):
        if page.chapter in homes:
            following = page
        found.append(replace(following, folio=page.folio))
    return tuple(reversed(found))


def marks_of_file(file: str, name: str, pages: Iterable[PrintPage]) -> tuple[PageMark, ...]:
    """The marks of a file that the builder writes, by the name of its printed page."""
    own = (page.folio for page in pages if page.chapter == name)
    return tuple(_mark(file, folio, page_id(folio)) for folio in own)


def marks_of_navigation(
    lines: Iterable[Line],
    lists: Iterable[NavigationList],
    pages: Iterable[PrintPage],
    file: str,
) -> Mapping[str, tuple[PageMark, ...]]:
    """The marks of the printed pages of contents and lists, by what they begin with.

    That is a list or a line, by its id in the printed book, or "" for their end. A page that
    has nothing of them begins where the next one does.
    """
    ranks = {name: rank for rank, name in enumerate(_names_in(lines, lists))}
    found: dict[str, list[PageMark]] = {}
    name = ""
    for page in reversed([page for page in pages if page.chapter == CONTENTS]):
        own = (each for each in page.ids if each in ranks)
        name = min(own, key=ranks.__getitem__, default=name)
        found.setdefault(name, []).insert(0, _mark(file, page.folio, page_id(page.folio)))
    in_order = sorted(found, key=lambda name: ranks.get(name, len(ranks)))
    return {name: tuple(found[name]) for name in in_order}


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
