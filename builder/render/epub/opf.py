"""The package document (EPUB 3.3, section 5) and the NCX for older e-readers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from builder.cache import NO_STORE, Store
from builder.config import Config
from builder.config.languages import direction_of
from builder.render.epub.accessibility import CONFORMANCE, Accessibility
from builder.render.epub.navigation import Line, PageMark
from builder.render.epub.pages import isbn_of
from builder.render.epub.people import full_title, people_of, title_as_sorted
from builder.render.epub.resources import Resource
from builder.render.html import fill_kept
from builder.words import Words

NCX_PATH = "toc.ncx"
NCX_TYPE = "application/x-dtbncx+xml"


def write_package(
    config: Config,
    pages: tuple[Resource, ...],
    others: Iterable[Resource],
    access: Accessibility,
    modified: datetime,
    page_source: str = "",
    store: Store = NO_STORE,
) -> bytes:
    """The package document: what the book is, its files, and the pages in order of reading.

    ``page_source`` names the printed book whose pages are marked, if any are.
    """
    # It says where the files are, and not what is in them.
    pages = tuple(map(_named, pages))
    manifest = sorted((*pages, *map(_named, others)), key=lambda resource: resource.path)
    values = {
        "access": access,
        "certifier": config.epub.certifier,
        "config": config,
        "conformance": CONFORMANCE,
        "cover": next(each for each in manifest if "cover-image" in each.properties),
        "direction": direction_of(config.language),
        "is_isbn": bool(isbn_of(config)),
        "manifest": manifest,
        "modified": modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ncx": next(each for each in manifest if each.path == NCX_PATH),
        "page_source": page_source,
        "pages": pages,
        "people": people_of(config),
        "title": full_title(config),
        "title_as_sorted": title_as_sorted(config),
    }
    return fill_kept(store, "epub/package.opf", values).encode()


def _named(resource: Resource) -> Resource:
    return replace(resource, data=b"")


def page_source(config: Config, words: Words) -> str:
    """The printed book by its ISBN, or where it has none, by its title."""
    if config.print_isbn:
        return f"urn:isbn:{config.print_isbn}"
    return words.printed_edition.format(title=full_title(config))


def write_ncx(
    config: Config,
    lines: tuple[Line, ...],
    marks: Sequence[PageMark],
    words: Words,
    store: Store = NO_STORE,
) -> Resource:
    """The contents and the pages once more, as EPUB 2 had them."""
    values = {
        "first": lines[-1].last_order,
        "highest": max((int(each.folio) for each in marks if each.is_numbered), default=0),
        "marks": marks,
        "words": words,
        "config": config,
        "depth": max((line.depth for line in lines), default=1),
        "lines": lines,
        "title": full_title(config),
    }
    data = fill_kept(store, "epub/toc.ncx", values).encode()
    return Resource(path=NCX_PATH, media_type=NCX_TYPE, data=data)
