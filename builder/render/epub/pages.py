"""The XHTML pages of the publication, written from templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from builder.book import Book
from builder.cache import NO_STORE, Store, key
from builder.config import Config, Profile
from builder.config.languages import direction_of
from builder.kept import keep
from builder.parse.tree import NAMESPACES
from builder.render.colophon import epub_facts, has_colophon, series_line
from builder.render.contributors import contributor_lines
from builder.render.epub.accessibility import Content, statements
from builder.render.epub.addresses import Addresses, ChapterPage, goals_of, link_page
from builder.render.epub.chapters import caption_and_title
from builder.render.epub.cover import Cover
from builder.render.epub.fitting import TITLE_SIZE, letters_class
from builder.render.epub.kobo import framed
from builder.render.epub.navigation import Navigation, PageMark
from builder.render.epub.people import full_title
from builder.render.epub.resources import XHTML, Resource
from builder.render.epub.roles import matter_of
from builder.render.epub.sheet_rules import move_styles
from builder.render.html import fill, fill_kept
from builder.render.print_pages import CONTENTS
from builder.words import Words

TEXT_FOLDER = "text/"
TO_ROOT = "../"
SHEET = "styles/book.css"
ACCESSIBILITY, NAV, COVER, TITLE_PAGE, COPYRIGHT = (
    "accessibility.xhtml",
    "nav.xhtml",
    "cover.xhtml",
    "title-page.xhtml",
    "copyright.xhtml",
)
_PROPERTIES = {NAMESPACES["math"]: "mathml", NAMESPACES["svg"]: "svg"}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that an e-reader offers to go to."""

    kind: str
    href: str
    text: str


def cover_page(config: Config, cover: Cover, words: Words, store: Store = NO_STORE) -> Resource:
    """The cover, out of the line of reading: e-readers show the image by themselves.

    For Kobo, whose e-book has no landmark that would lead to it, it is the first page.
    """
    values = {
        "title": words.cover,
        "title_lang": _lang(words),
        "lang": _lang(words),
        "image": cover,
    }
    linear = config.epub.profile == "kobo"
    return _page(COVER, "cover.xhtml", values, config.language, store, linear=linear)


def title_page(
    book: Book, words: Words, marks: tuple[PageMark, ...] = (), store: Store = NO_STORE
) -> Resource:
    """Title, subtitle, series, the people who made the book, and the publisher."""
    config = book.config
    values = {
        "title": words.title_page,
        "title_lang": _lang(words),
        "config": config,
        "series": series_line(book, words),
        "contributors": contributor_lines(book, words),
        "lang": _lang(words),
        "letters": letters_class(config.title, TITLE_SIZE),
        "marks": marks,
    }
    return _page(TITLE_PAGE, "title-page.xhtml", values, config.language, store)


def copyright_page(
    book: Book, words: Words, marks: tuple[PageMark, ...] = (), store: Store = NO_STORE
) -> Resource | None:
    """What the printed book says behind its title; None where there is nothing to say."""
    if not has_copyright_page(book, words):
        return None
    config = book.config
    values = {
        "title": words.copyright_page,
        "title_lang": _lang(words),
        "lang": _lang(words),
        "own": _both(config.language) if words.lang else {},
        "marks": marks,
        "book_title": full_title(config),
        "config": config,
        "isbn": isbn_of(config),
        "colophon": _facts(book, words),
        "words": words,
    }
    return _page(COPYRIGHT, "copyright.xhtml", values, config.language, store)


def has_copyright_page(book: Book, words: Words) -> bool:
    """Whether there is anything to say on it."""
    config = book.config
    return bool(config.rights or config.publisher or isbn_of(config) or _facts(book, words))


def _facts(book: Book, words: Words) -> tuple[str, ...]:
    return () if has_colophon(book) else epub_facts(book, words)


def accessibility_page(
    config: Config, content: Content, words: Words, store: Store = NO_STORE
) -> Resource:
    """What the book offers to readers who do not see it or see it otherwise, in sentences."""
    values = {
        "title": words.accessibility,
        "title_lang": _lang(words),
        "lang": _lang(words),
        "matter": "backmatter",
        "intro": words.access_intro,
        "statements": tuple(statements(content, config.epub.certifier, words)),
    }
    return _page(ACCESSIBILITY, "accessibility.xhtml", values, config.language, store)


def nav_page(
    config: Config,
    navigation: Navigation,
    landmarks: tuple[Landmark, ...],
    words: Words,
    store: Store = NO_STORE,
) -> Resource:
    """The contents, for the reader's own menu and to be read as a page."""
    values = {
        "title": words.contents,
        "title_lang": _lang(words),
        "lang": _lang(words),
        "own": _both(config.language) if words.lang else {},
        "lines": navigation.lines,
        "lists": navigation.lists,
        "landmarks": landmarks,
        "page_list": navigation.marks,
        "marks": navigation.starts.get(CONTENTS, ()),
        "starts": navigation.starts,
        "printed": CONTENTS,
        "words": words,
    }
    return _page(NAV, "nav.xhtml", values, config.language, store, properties=("nav",))


def chapter_page(
    book: Book, page: ChapterPage, addresses: Addresses, store: Store = NO_STORE
) -> Resource:
    """A chapter, or a piece of a long one, with its links set; made once for what it depends on."""
    titles = (caption_and_title(page.numbered) or book.config.title, page.outline.title)
    title = " \N{EN DASH} ".join(filter(None, titles))
    language = page.numbered.chapter.file.front_matter.language or book.config.language
    goals = goals_of(page, addresses)
    profile = book.config.epub.profile
    depends = (page.key, page.file, title, language, profile, repr(goals))
    make = partial(_chapter_page, page, goals, title, language, profile)
    return keep(store, key("e-book page", *depends), Resource, make)


def _chapter_page(
    page: ChapterPage, goals: Mapping[str, str], title: str, language: str, profile: Profile
) -> Resource:
    section = page.read()
    link_page(section, goals)
    move_styles(section)
    spaces = {element.tag.partition("}")[0].lstrip("{") for element in section.iter()}
    return _page(
        f"{TEXT_FOLDER}{page.file}",
        "chapter.xhtml",
        {
            "title": title,
            "title_lang": page.numbered.lang if not page.numbered.caption else {},
            "matter": matter_of(page.numbered.chapter.file.role),
            "section": framed(section) if profile == "kobo" else section,
            "to_root": TO_ROOT,
        },
        language,
        None,
        properties=tuple(name for space, name in _PROPERTIES.items() if space in spaces),
    )


def isbn_of(config: Config) -> str:
    """The ISBN, where the book has one."""
    kind, _, number = config.urn.partition("urn:isbn:")
    return number if not kind else ""


def _lang(words: Words) -> Mapping[str, str]:
    """The attributes of an element with words of the builder alone, as XHTML wants them."""
    return _both(words.language) if words.language else {}


def _both(language: str) -> Mapping[str, str]:
    return {"lang": language, "xml:lang": language}


def _page(
    path: str,
    template: str,
    values: Mapping[str, object],
    language: str,
    store: Store | None,
    *,
    properties: tuple[str, ...] = (),
    linear: bool = True,
) -> Resource:
    """A page of a template; kept where there is a store, which takes plain data for values."""
    frame: dict[str, object] = {
        "language": language,
        "direction": direction_of(language),
        "title_lang": {},
        "marks": (),
        "matter": "frontmatter",
        "sheet": SHEET,
        "to_root": "",
    }
    name, values = f"epub/{template}", {**frame, **values}
    text = fill(name, values) if store is None else fill_kept(store, name, values)
    return Resource(
        path=path, media_type=XHTML, data=text.encode(), properties=properties, linear=linear
    )
