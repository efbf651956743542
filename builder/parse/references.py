"""Links: which point into the book, which to the world, and which are refused."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from builder.book import Reference
from builder.diagnostics import Diagnostic, Place
from builder.parse.footnotes import NOTEREF
from builder.parse.positions import place_of
from builder.parse.tree import classes, text_of, walk
from builder.paths import path_in_book
from builder.source import Source

_WORLD = frozenset(("http", "https", "mailto", "tel", "sms", "geo"))
_WITH_HOST = frozenset(("http", "https"))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def find_references(body: Element, source: Source) -> tuple[Reference, ...]:
    """The links into the book, in order; ``path`` is within the book, empty for this chapter."""
    found = (reference_of(link, source) for link in walk(body, "a"))
    return tuple(reference for reference in found if reference)


def reference_of(link: Element, source: Source) -> Reference | None:
    """A link as a reference; None where it leads out of the book, or to a footnote."""
    target = link.get("href")
    if target is None or NOTEREF in classes(link) or is_outward(target):
        return None
    is_here = target[:1] in ("", "#")
    path = "" if is_here else path_in_book(target, source.path)
    if path is None:
        return None
    fragment = unquote(target.partition("#")[2])
    is_empty = not text_of(link) and link.find(".//img") is None
    # A link to the book's folder is none to this chapter.
    path = path or ("" if is_here else ".")
    return Reference(target, path, fragment, is_empty, place_of(link, source))


def check_links(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Links that leave the book's folder, that run something, or that lack a host."""
    for link in walk(body, "a"):
        target = link.get("href")
        if target is None or NOTEREF in classes(link):
            continue
        yield from _refused(target, link, source)


def is_outward(target: str) -> bool:
    """Whether a link's target is no place in the book's folder."""
    return bool(_SCHEME.match(target)) or target.startswith("//")


def outside_book(target: str, what: str, place: Place | None) -> Diagnostic:
    """The finding for a link or image that leaves the book's folder."""
    return Diagnostic(
        "outside-book",
        f'{what} leaves the book\'s folder: "{target[:80]}"',
        place,
        "copy the file into the book's folder",
    )


def _refused(target: str, link: Element, source: Source) -> Iterator[Diagnostic]:
    place = place_of(link, source)
    scheme = _SCHEME.match(target)
    name = scheme[0][:-1].lower() if scheme else ""
    is_blank = not text_of(link) and link.find(".//img") is None
    if target in ("", "#"):
        hint = "write the address between the round brackets"
        yield Diagnostic("empty-link", "link without an address", place, hint)
    elif target.startswith("//"):
        hint = "write the address in full, with https:"
        yield Diagnostic("unsafe-link", f'link without a scheme: "{target[:80]}"', place, hint)
    elif name == "file" or (not scheme and path_in_book(target, source.path) is None):
        yield outside_book(target, "link", place)
    elif scheme and name not in _WORLD:
        hint = "link to https:, mailto: or a chapter of the book"
        yield Diagnostic("unsafe-link", f'link of a kind not allowed: "{target[:80]}"', place, hint)
    elif name in _WITH_HOST and not _has_host(target):
        hint = "compare it with the address that the browser shows"
        yield Diagnostic("unsafe-link", f'link that is no address: "{target[:80]}"', place, hint)
    elif scheme and is_blank:
        hint = "write the text to click on between the square brackets"
        yield Diagnostic("empty-link", f'link without a text: "{target[:80]}"', place, hint)


def _has_host(address: str) -> bool:
    """Whether an address of the web says where it leads; a bracket of IPv6 may never be closed."""
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
