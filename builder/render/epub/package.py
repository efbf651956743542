"""The book's EPUB: chapters shaped and linked, the pages around them, all packed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from builder.book import Book
from builder.cache import NO_STORE, Store, key
from builder.diagnostics import Outcome
from builder.kept import keep
from builder.pool import NO_POOL, Pool
from builder.render.epub.accessibility import accessibility_of, content_of
from builder.render.epub.addresses import Addresses, ChapterPage, addresses_of
from builder.render.epub.all_checklists import is_written, with_all_checklists
from builder.render.epub.box_font import make_box_font
from builder.render.epub.cover import COVER_NAMES, Cover, begin_cover
from builder.render.epub.fonts import BookFonts, book_fonts
from builder.render.epub.images import Picture, gather_pictures
from builder.render.epub.navigation import (
    Line,
    Navigation,
    PageMark,
    contents_lines,
    navigation_lists,
)
from builder.render.epub.opf import page_source, write_ncx, write_package
from builder.render.epub.pack import pack
from builder.render.epub.page_list import (
    at_home,
    marks_of_file,
    marks_of_navigation,
    marks_of_text,
)
from builder.render.epub.pages import (
    ACCESSIBILITY,
    COPYRIGHT,
    COVER,
    NAV,
    SHEET,
    TEXT_FOLDER,
    TITLE_PAGE,
    TO_ROOT,
    Landmark,
    accessibility_page,
    chapter_page,
    copyright_page,
    cover_page,
    has_copyright_page,
    nav_page,
    title_page,
)
from builder.render.epub.publication import Publication
from builder.render.epub.resources import Resource
from builder.render.epub.roles import matter_of
from builder.render.epub.sheet_rules import letter_rules, style_rules
from builder.render.epub.texts import chapter_texts
from builder.render.print_pages import (
    CONTENTS,
    COPYRIGHT_PAGE,
    NOT_PRINTED,
    PrintedBook,
)
from builder.render.print_pages import TITLE_PAGE as PRINTED_TITLE_PAGE
from builder.render.theme import Theme
from builder.themes import OWN_FONTS
from builder.versions import engine_versions
from builder.words import Words

_BOX_FONT = "fonts/boxes.ttf"
# These stand before the contents, as in print.
_BEFORE_CONTENTS = frozenset(("dedication", "epigraph"))


def make_epub(
    book: Book,
    theme: Theme,
    words: Words,
    modified: datetime,
    store: Store = NO_STORE,
    printed: PrintedBook = NOT_PRINTED,
    pool: Pool = NO_POOL,
) -> Outcome[Publication]:
    """The e-book as one file; ``modified`` is the date it bears inside, so bytes repeat."""
    book = with_all_checklists(book, words, store)
    printed = _at_home(printed, book, words)
    begun = begin_cover(book, theme, words, store, pool)
    pictures = gather_pictures(book, {*COVER_NAMES}, theme.lineage, store)
    texts = tuple(chapter_texts(book, pictures, TO_ROOT, words, store, printed))
    addresses = addresses_of(texts)
    lines = _lines(book, addresses, words)
    lists = tuple(navigation_lists(book, addresses, TEXT_FOLDER, words))
    chapters = [chapter_page(book, text, addresses, store) for text in texts]
    shown = printed if book.config.epub.print_pages else NOT_PRINTED
    starts = marks_of_navigation(lines, lists, shown.pages, NAV)
    marks = _marks(texts, shown, chain.from_iterable(starts.values()))
    source = page_source(book.config, words) if marks else ""
    content = content_of(
        [text.outline.shown for text in texts],
        pictures.values(),
        source,
        has_index=any(text.numbered.chapter.file.kind == "index" for text in texts),
    )
    navigation = Navigation(lines, lists, marks, starts)
    cover = begun()
    pages = _pages(book, cover.value, texts, chapters, navigation, words, store)
    if book.config.epub.accessibility_page:
        pages += (accessibility_page(book.config, content, words, store),)
    fonts = _fonts(book, theme, pages, store)
    styles = chain.from_iterable(text.outline.styles for text in texts)
    css = letter_rules() + theme.css("epub") + fonts.value.css + style_rules(styles)
    others = (
        cover.value.resource,
        *(picture.resource for picture in pictures.values()),
        *fonts.value.resources,
        Resource(path=SHEET, media_type="text/css", data=css.encode()),
        Resource(path=_BOX_FONT, media_type="font/ttf", data=_box_font(store)),
        write_ncx(book.config, lines, marks, words, store),
    )
    access = accessibility_of(content, words)
    package = write_package(book.config, pages, others, access, modified, source, store)
    data = pack(package, (*pages, *others), modified, store)
    found = (*cover.findings, *fonts.findings)
    return Outcome(_publication(data, book, texts, pictures), found)


def _publication(
    data: bytes, book: Book, texts: tuple[ChapterPage, ...], pictures: Mapping[str, Picture]
) -> Publication:
    images = {image.path: image for image in book.images}
    return Publication(
        data,
        {f"{TEXT_FOLDER}{text.file}": text for text in texts if not is_written(text.numbered)},
        {each.resource.path: images[path] for path, each in pictures.items()},
    )


def _fonts(book: Book, theme: Theme, pages: Iterable[Resource], store: Store) -> Outcome[BookFonts]:
    if not book.config.epub.fonts:
        return Outcome(BookFonts())
    return book_fonts(theme, book.root / OWN_FONTS, pages, store)


def _box_font(store: Store) -> bytes:
    return keep(store, key("box font", engine_versions()), bytes, make_box_font)


def _lines(book: Book, addresses: Addresses, words: Words) -> tuple[Line, ...]:
    """The contents; where a book has nothing to list, there must be one line."""
    lines = contents_lines(book, addresses, TEXT_FOLDER)
    if not lines:
        lines = (Line(1, "", TITLE_PAGE, "", book.config.title, False),)
    if book.config.epub.accessibility_page:
        last = lines[-1].last_order + 1
        lines += (
            Line(last, "", ACCESSIBILITY, "", words.accessibility, False, (), words.language),
        )
    return lines


def _at_home(printed: PrintedBook, book: Book, words: Words) -> PrintedBook:
    """The printed book with its pages where the e-book has a place for them."""
    homes = {PRINTED_TITLE_PAGE, CONTENTS, *(numbered.id for numbered in book.chapters)}
    if has_copyright_page(book, words):
        homes.add(COPYRIGHT_PAGE)
    return replace(printed, pages=at_home(printed.pages, homes))


def _marks(
    texts: tuple[ChapterPage, ...], printed: PrintedBook, of_contents: Iterable[PageMark]
) -> tuple[PageMark, ...]:
    """Where the pages of the printed book begin, in the order of reading."""
    first = _first_behind_contents(texts)
    return (
        *marks_of_file(TITLE_PAGE, PRINTED_TITLE_PAGE, printed.pages),
        *marks_of_file(COPYRIGHT, COPYRIGHT_PAGE, printed.pages),
        *(mark for text in texts[:first] for mark in marks_of_text(text, TEXT_FOLDER)),
        *of_contents,
        *(mark for text in texts[first:] for mark in marks_of_text(text, TEXT_FOLDER)),
    )


def _pages(
    book: Book,
    cover: Cover,
    texts: tuple[ChapterPage, ...],
    chapters: list[Resource],
    navigation: Navigation,
    words: Words,
    store: Store,
) -> tuple[Resource, ...]:
    """All pages in the order of reading."""
    config = book.config
    imprint = copyright_page(book, words, navigation.marks_in(COPYRIGHT), store)
    first = _first_behind_contents(texts)
    landmarks = tuple(_landmarks(book, texts, navigation, words, imprint is not None))
    # Kindles show the image by themselves, and would show the page as well.
    has_cover_page = config.epub.profile != "kindle"
    return (
        *((cover_page(config, cover, words, store),) if has_cover_page else ()),
        title_page(book, words, navigation.marks_in(TITLE_PAGE), store),
        *((imprint,) if imprint else ()),
        *chapters[:first],
        nav_page(config, navigation, landmarks, words, store),
        *chapters[first:],
    )


def _first_behind_contents(texts: tuple[ChapterPage, ...]) -> int:
    after = (index for index, text in enumerate(texts) if not _stands_before_contents(text))
    return next(after, len(texts))


def _stands_before_contents(text: ChapterPage) -> bool:
    file = text.numbered.chapter.file
    return file.role == "front" and file.kind in _BEFORE_CONTENTS


def _landmarks(
    book: Book,
    texts: tuple[ChapterPage, ...],
    navigation: Navigation,
    words: Words,
    has_imprint: bool,
) -> Iterator[Landmark]:
    profile = book.config.epub.profile
    if profile == "kobo":  # it would list them behind the contents
        return
    if profile != "kindle":
        yield Landmark("cover", COVER, words.cover)
    yield Landmark("titlepage", TITLE_PAGE, words.title_page)
    if has_imprint:
        yield Landmark("copyright-page", COPYRIGHT, words.copyright_page)
    yield Landmark("toc", NAV, words.contents)
    for each in navigation.lists:
        if each.type:
            yield Landmark(each.type, f"{NAV}#{each.id}", each.title)
    body = [text for text in texts if matter_of(text.numbered.chapter.file.role) == "bodymatter"]
    for text in (body or texts)[:1]:
        yield Landmark("bodymatter", f"{TEXT_FOLDER}{text.file}", words.start)
    for text in [each for each in texts if each.numbered.chapter.file.kind == "index"][:1]:
        yield Landmark("index", f"{TEXT_FOLDER}{text.file}", text.numbered.title)
    for text in texts[-1:]:
        if is_written(text.numbered):
            yield Landmark("backmatter", f"{TEXT_FOLDER}{text.file}", words.checklists)
