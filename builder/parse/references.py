"""Links: which point into the book, which to the world, and which are refused."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from builder.book import Reference
from builder.diagnostics import Diagnostic
from builder.parse.footnotes import NOTEREF
from builder.parse.positions import place_of
from builder.parse.tree import classes, text_of, walk
from builder.source import Source

_WORLD = frozenset(("http", "https", "mailto", "tel", "sms", "geo", "doi", "urn"))
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
    path = "" if target.startswith("#") else path_in_book(target, source.path) or ""
    fragment = unquote(urlsplit(target).fragment)
    is_empty = not text_of(link) and link.find(".//img") is None
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


def path_in_book(target: str, chapter_path: str) -> str | None:
    """A target's path within the book, seen from a chapter; None where it leaves the folder."""
    path = unquote(urlsplit(target).path)
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:\\", path):
        return None
    parts: list[str] = list(PurePosixPath(chapter_path).parent.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def outside(target: str, what: str) -> tuple[str, str, str]:
    """Code, message and hint for a target that leaves the book's folder."""
    message = f'{what} leaves the book\'s folder: "{target}"'
    return "outside-book", message, "copy the file into the book's folder"


def _refused(target: str, link: Element, source: Source) -> Iterator[Diagnostic]:
    place = place_of(link, source)
    scheme = _SCHEME.match(target)
    if target.startswith("//"):
        hint = "write the address in full, with https:"
        yield Diagnostic("unsafe-link", f'link without a scheme: "{target}"', place, hint)
    elif scheme and scheme[0].lower() == "file:":
        code, message, hint = outside(target, "link")
        yield Diagnostic(code, message, place, hint)
    elif scheme and scheme[0][:-1].lower() not in _WORLD:
        hint = "link to https:, mailto: or a chapter of the book"
        yield Diagnostic("unsafe-link", f'link of a kind not allowed: "{target}"', place, hint)
    elif not scheme and path_in_book(target, source.path) is None:
        code, message, hint = outside(target, "link")
        yield Diagnostic(code, message, place, hint)
    elif scheme and not text_of(link) and link.find(".//img") is None:
        hint = "write the text to click on between the square brackets"
        yield Diagnostic("empty-link", f'link without a text: "{target}"', place, hint)
