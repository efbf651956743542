"""The book's EPUB: chapters shaped and linked, the pages around them, all packed."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from builder.book import Book
from builder.cache import NO_STORE, Store, key
from builder.diagnostics import Outcome
from builder.kept import keep
from builder.render.epub.accessibility import accessibility_of
from builder.render.epub.addresses import ChapterPage, addresses_of
from builder.render.epub.box_font import make_box_font
from builder.render.epub.cover import Cover, make_cover
from builder.render.epub.images import Picture, gather_pictures
from builder.render.epub.navigation import Line, Navigation, contents_lines, navigation_lists
from builder.render.epub.opf import write_ncx, write_package
from builder.render.epub.pack import pack
from builder.render.epub.pages import (
    COPYRIGHT,
    COVER,
    NAV,
    SHEET,
    TEXT_FOLDER,
    TITLE_PAGE,
    TO_ROOT,
    Landmark,
    chapter_page,
    copyright_page,
    cover_page,
    nav_page,
    title_page,
)
from builder.render.epub.publication import Publication
from builder.render.epub.resources import Resource
from builder.render.epub.roles import matter_of
from builder.render.epub.texts import chapter_texts
from builder.render.theme import Theme
from builder.versions import engine_versions
from builder.words import Words

_BOX_FONT = "fonts/boxes.ttf"
# These stand before the contents, as in print.
_BEFORE_CONTENTS = frozenset(("dedication", "epigraph"))


def make_epub(
    book: Book, theme: Theme, words: Words, modified: datetime, store: Store = NO_STORE
) -> Outcome[Publication]:
    """The e-book as one file; ``modified`` is the date it bears inside, so bytes repeat."""
    cover = make_cover(book, theme, words, store)
    pictures = gather_pictures(book, {cover.value.resource.path.rpartition("/")[2]}, store)
    texts = tuple(chapter_texts(book, pictures, TO_ROOT, words, store))
    addresses = addresses_of(texts)
    lines = contents_lines(book, addresses, TEXT_FOLDER) or (_only_line(book),)
    lists = tuple(navigation_lists(book, addresses, TEXT_FOLDER, words))
    chapters = [chapter_page(book, text, addresses, store) for text in texts]
    pages = _pages(book, cover.value, texts, chapters, Navigation(lines, lists), words)
    others = (
        cover.value.resource,
        *(picture.resource for picture in pictures.values()),
        Resource(path=SHEET, media_type="text/css", data=theme.css("epub").encode()),
        Resource(path=_BOX_FONT, media_type="font/ttf", data=_box_font(store)),
        write_ncx(book.config, lines),
    )
    access = accessibility_of([text.outline.shown for text in texts], pictures.values(), words)
    package = write_package(book.config, pages, others, access, modified)
    data = pack(package, (*pages, *others), modified, store)
    return Outcome(_publication(data, book, texts, pictures), cover.findings)


def _publication(
    data: bytes, book: Book, texts: tuple[ChapterPage, ...], pictures: Mapping[str, Picture]
) -> Publication:
    images = {image.path: image for image in book.images}
    return Publication(
        data,
        {f"{TEXT_FOLDER}{text.file}": text for text in texts},
        {each.resource.path: images[path] for path, each in pictures.items()},
    )


def _box_font(store: Store) -> bytes:
    return keep(store, key("box font", engine_versions()), bytes, make_box_font)


def _only_line(book: Book) -> Line:
    """The contents of a book that has nothing to list; there must be one line."""
    return Line(1, TITLE_PAGE, "", book.config.title, False)


def _pages(
    book: Book,
    cover: Cover,
    texts: tuple[ChapterPage, ...],
    chapters: list[Resource],
    navigation: Navigation,
    words: Words,
) -> tuple[Resource, ...]:
    """All pages in the order of reading."""
    config = book.config
    imprint = copyright_page(book, words)
    first = next(
        (index for index, text in enumerate(texts) if not _stands_before_contents(text)),
        len(texts),
    )
    landmarks = tuple(_landmarks(texts, navigation, words, imprint is not None))
    return (
        cover_page(config, cover, words),
        title_page(book, words),
        *((imprint,) if imprint else ()),
        *chapters[:first],
        nav_page(config, navigation, landmarks, words),
        *chapters[first:],
    )


def _stands_before_contents(text: ChapterPage) -> bool:
    file = text.numbered.chapter.file
    return file.role == "front" and file.kind in _BEFORE_CONTENTS


def _landmarks(
    texts: tuple[ChapterPage, ...], navigation: Navigation, words: Words, has_imprint: bool
) -> Iterator[Landmark]:
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
