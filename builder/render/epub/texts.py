"""The chapters as pages; what the book has to know of a page is kept, and so its tree is not made.

A page depends on its chapter, on the names of its pictures, and on where its links lead.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from xml.etree.ElementTree import Element

from builder.book import Book, Numbered
from builder.cache import NO_STORE, Store, key
from builder.kept import keep
from builder.parse.tree import new
from builder.render.colophon import epub_facts
from builder.render.epub.addresses import ChapterPage, Outline, outline_of
from builder.render.epub.chapters import shape_chapter
from builder.render.epub.images import Picture
from builder.render.epub.names import free_name
from builder.slugs import slug
from builder.versions import engine_versions
from builder.words import Words


def chapter_texts(
    book: Book, pictures: Mapping[str, Picture], to_root: str, words: Words, store: Store = NO_STORE
) -> Iterator[ChapterPage]:
    """Each chapter as a page, its tree yet to be made; ``to_root`` leads to the package."""
    taken: set[str] = set()
    for numbered in book.chapters:
        file = free_name(slug(numbered.id) or "chapter", ".xhtml", taken)
        facts = epub_facts(book, words) if numbered.chapter.file.kind == "colophon" else ()
        name = _key(numbered, pictures, facts)
        read = cache(partial(_shape, numbered, pictures, to_root, words, facts))
        outline = keep(store, name, Outline, partial(_outline, read))
        yield ChapterPage(numbered, file, outline, name, read)


def _key(numbered: Numbered, pictures: Mapping[str, Picture], facts: tuple[str, ...]) -> str:
    """One name for all that the tree of a page depends on."""
    shown = [
        (image.path, found.resource.path, found.resource.media_type, found.width, found.height)
        for image in numbered.chapter.images
        if (found := pictures.get(image.path))
    ]
    number = (numbered.label, numbered.number)
    depends = (repr(part) for part in (number, shown, facts))
    return key("e-book text", engine_versions(), numbered.chapter.key, *depends)


def _outline(read: Callable[[], Element]) -> Outline:
    return outline_of(read())


def _shape(
    numbered: Numbered,
    pictures: Mapping[str, Picture],
    to_root: str,
    words: Words,
    facts: tuple[str, ...],
) -> Element:
    """The tree of a page; a colophon is closed by what the builder says of itself."""
    section = shape_chapter(numbered, pictures, to_root, words)
    section.extend(new("p", fact, class_="made-with") for fact in facts)
    return section
