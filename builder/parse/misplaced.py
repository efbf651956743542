"""Marks that mark nothing: captions of text, QR codes of no link, unknown keys in braces."""

import difflib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic
from builder.parse.attributes import KEYS
from builder.parse.blank_checks import blank_meant
from builder.parse.positions import place_of
from builder.parse.prose import Prose
from builder.parse.tree import AT, offset_of, walk, with_class
from builder.source import Source

_QR = "qr"
_TITLE = "admonition-title"
_TEXTS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl")
_PICTURES = ("img", "svg", "math")
_CAPTION = re.compile(r"^[ \t>]*(/{3,} *caption\b[^\n]*)\n(?:[ \t>]+attrs:[^\n]*\n)?\s*\Z", re.M)
_BRACES = re.compile(r"(?<!\\)\{:?[ ]*([\w-]+)=[^{}]*\}\s*$")
_QR_MARK = re.compile(rf"\.{_QR}\b(?=[^{{}}\n]*\}})")


def check_captions(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Captions below what is text, as by a blank line too many or an image that is none."""
    for figure in walk(body, "figure"):
        caption = figure.find("figcaption")
        text = next((child for child in figure if child.tag in _TEXTS), None)
        if caption is None or text is None or next(walk(text, *_PICTURES), None) is not None:
            continue
        at = min((offset_of(each) for each in caption.iter() if each.get(AT)), default=0)
        if mark := _CAPTION.search(source.text, 0, at):
            yield Diagnostic(
                "stray-caption",
                "a caption of what is no image, table or code",
                source.place(mark.start(1), len(mark[1].rstrip())),
                "put it right below what it is the caption of",
            )


def check_codes(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """QR codes of what is no link into the world."""
    marked = [*with_class(body, _QR)]
    written = [found.start() for found in _QR_MARK.finditer(prose.plain)]
    for index, element in enumerate(marked):
        scheme = urlsplit(element.get("href", "")).scheme
        if element.tag == "a" and scheme in ("http", "https"):
            continue
        place = place_of(element, prose.source)
        if len(written) == len(marked):
            place = prose.source.place(written[index], len(_QR) + 1)
        yield Diagnostic(
            "stray-qr",
            "a QR code of what is no link into the world",
            place,
            "write it behind a link: [the pump](https://example.org/pump){.qr}",
        )


def check_braces(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Keys in braces behind the name of a block that mean nothing; its title would show them."""
    for title in with_class(body, _TITLE):
        start = offset_of(title)
        line = prose.plain[start:].partition("\n")[0]
        found = _BRACES.search(line)
        if not found or blank_meant(found[1]):
            continue
        if f"{{{found[1]}=" in "".join(title.itertext()):
            near = difflib.get_close_matches(found[1], KEYS, n=1)
            yield Diagnostic(
                "unknown-attribute",
                f'a block has no attribute "{found[1]}"',
                prose.source.place(start + found.start(1), len(found[1])),
                f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(KEYS)}",
            )
