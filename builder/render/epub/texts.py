"""The chapters as pages; what the book has to know of a page is kept, and so its tree is not made.

A page depends on its chapter, on the names of its pictures, on where its links lead, and on the
pages of the printed book that begin in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from xml.etree.ElementTree import Element

from builder.book import Book, Numbered
from builder.cache import NO_STORE, Store, key
from builder.config.languages import direction_of
from builder.kept import keep
from builder.parse.tree import LEVELS, new, text_of, walk
from builder.render.colophon import epub_facts
from builder.render.epub.addresses import ChapterPage, Outline, outline_of
from builder.render.epub.chapters import shape_chapter
from builder.render.epub.glossary import complete_glossary, glossary_key
from builder.render.epub.images import Picture
from builder.render.epub.index import add_index, index_key
from builder.render.epub.names import free_name, name_of_chapter, name_of_piece
from builder.render.epub.page_breaks import mark_pages
from builder.render.epub.page_list import add_reference_pages
from builder.render.epub.splitting import divide_terms, may_be_long, split_chapter
from builder.render.epub.xhtml import turn_code
from builder.render.print_pages import NOT_PRINTED, PrintedBook, PrintPage
from builder.versions import engine_versions
from builder.words import Words

# Writes into the section of a chapter.
_Completion = Callable[[Element], None]


@dataclass(frozen=True, slots=True)
class _Extra:
    """What a page has that its chapter does not say.

    That is all that the builder writes into it, the side that its lines begin on, the pages of
    the printed book that begin in it, and the folios of what it refers to.
    """

    written: str
    direction: str
    pages: tuple[PrintPage, ...]
    folios: Mapping[str, str]


def chapter_texts(
    book: Book,
    pictures: Mapping[str, Picture],
    to_root: str,
    words: Words,
    store: Store = NO_STORE,
    printed: PrintedBook = NOT_PRINTED,
) -> Iterator[ChapterPage]:
    """Each chapter as a page, its tree yet to be made, a long one as several.

    ``to_root`` leads to the package.
    """
    taken: set[str] = set()
    for place, numbered in enumerate(book.chapters, 1):
        stem = name_of_chapter(numbered, place)
        file = free_name(stem, ".xhtml", taken)
        complete, written = _completion(book, numbered, words, printed)
        extra = _extra(book, numbered, printed, written)
        name = _key(numbered, pictures, extra)
        read = cache(partial(_shape, numbered, pictures, to_root, words, extra, complete))
        outlines = keep(store, name, tuple[Outline, ...], partial(_outlines, read))
        for piece, outline in enumerate(outlines):
            if piece:
                own_name = name_of_piece(stem, outline.own_id, outline.title, piece)
                file = free_name(own_name, ".xhtml", taken)
            own = partial(_piece, read, piece)
            yield ChapterPage(numbered, file, outline, key(name, str(piece)), own)


def _completion(
    book: Book, numbered: Numbered, words: Words, printed: PrintedBook
) -> tuple[_Completion, str]:
    """What the builder writes into chapters of a kind, and all that it depends on."""
    if numbered.chapter.file.kind == "colophon":
        facts = epub_facts(book, words)
        return partial(_add_facts, facts), repr(facts)
    if numbered.chapter.file.kind == "index":
        named = book.index.anchors if book.config.epub.print_pages else ()
        folios = printed.folios_of(named)
        return partial(add_index, book, words, folios), index_key(book, folios)
    if numbered.chapter.file.kind == "glossary":
        return partial(complete_glossary, book, words), glossary_key(book)
    return _leave, ""


def _add_facts(facts: tuple[str, ...], section: Element) -> None:
    section.extend(new("p", fact, class_="made-with") for fact in facts)


def _leave(_: Element) -> None:
    return None


def _extra(book: Book, numbered: Numbered, printed: PrintedBook, written: str) -> _Extra:
    options, chapter = book.config.epub, numbered.chapter
    return _Extra(
        written,
        direction_of(chapter.file.front_matter.language or book.config.language),
        printed.of_chapter(numbered.id) if options.print_pages else (),
        printed.folios_of(chapter.targets) if options.reference_pages else {},
    )


def _key(numbered: Numbered, pictures: Mapping[str, Picture], extra: _Extra) -> str:
    """One name for all that the tree of a page depends on."""
    shown = [
        (image.path, found.resource.path, found.resource.media_type, *found.looks)
        for image in numbered.chapter.images
        if (found := pictures.get(image.path))
    ]
    number = (numbered.label, numbered.number)
    depends = (repr(part) for part in (number, shown, extra))
    return key("e-book text", engine_versions(), numbered.chapter.key, *depends)


def _outlines(read: Callable[[], tuple[Element, ...]]) -> tuple[Outline, ...]:
    first, *others = read()
    return outline_of(first), *(replace(outline_of(each), title=_title(each)) for each in others)


def _title(piece: Element) -> str:
    """The first heading, or term, of a piece that has none of the chapter."""
    return next((text_of(each) for each in walk(piece, *LEVELS, "dt")), "")


def _piece(read: Callable[[], tuple[Element, ...]], piece: int) -> Element:
    return read()[piece]


def _shape(
    numbered: Numbered,
    pictures: Mapping[str, Picture],
    to_root: str,
    words: Words,
    extra: _Extra,
    complete: _Completion,
) -> tuple[Element, ...]:
    """The trees of a chapter's pages."""
    section = shape_chapter(numbered, pictures, to_root, words)
    complete(section)
    if extra.direction == "rtl":
        turn_code(section)
    add_reference_pages(section, extra.folios, words)
    mark_pages(section, extra.pages)
    if not may_be_long(numbered.chapter.file, extra.written):
        return (section,)
    if numbered.chapter.file.kind == "glossary":
        divide_terms(section)
    return split_chapter(section)
