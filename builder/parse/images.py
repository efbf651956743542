"""Images: their paths within the book and their text alternatives."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import Image
from builder.diagnostics import Diagnostic, Place
from builder.parse.positions import place_of
from builder.parse.references import is_outward, outside_book
from builder.parse.tree import walk
from builder.paths import path_in_book
from builder.source import Source

_SIZE = re.compile(r"\d+(\.\d+)?(%|em|rem|cm|mm|in|pt|px)")


def find_images(body: Element, source: Source) -> tuple[Image, ...]:
    """The images of the folder that the chapter shows, in order; their sizes are not known yet."""
    return tuple(
        Image(path, image.get("alt", ""), 0, 0, place_of(image, source))
        for image in walk(body, "img")
        if (path := image.get("src", "")) and not is_outward(path)
    )


def resolve_images(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Rewrite each ``src`` to its path within the book; report what cannot be shown.

    ``{role=presentation}`` marks a decoration, which needs no text alternative.
    """
    for image in walk(body, "img"):
        target, place = image.get("src", ""), place_of(image, source)
        if target.lower().startswith("file:"):
            yield outside_book(target, "image", place)
            image.attrib.pop("src")
        elif is_outward(target):
            yield Diagnostic(
                "remote-image",
                f'image outside the book: "{target[:80]}"',
                place,
                "save it in the book's folder; nothing is fetched from the network",
            )
            image.attrib.pop("src")
        elif (path := path_in_book(target, source.path)) is None:
            yield outside_book(target, "image", place)
            image.attrib.pop("src")
        else:
            image.set("src", path)
        yield from _style_sizes(image, place)
        if not image.get("alt", "").strip() and image.get("role") not in ("presentation", "none"):
            yield Diagnostic(
                "missing-alt",
                f'image without a text alternative: "{target[:80]}"',
                place,
                "describe it between the brackets: ![A hand pump in a yard](pump.png)",
            )


def _style_sizes(image: Element, place: Place) -> Iterator[Diagnostic]:
    """Sizes with a unit, as in ``{width=50%}``, are style: HTML knows pixels only."""
    for key in ("width", "height"):
        size = image.get(key, "")
        if size and not size.isdecimal():
            del image.attrib[key]
            if _SIZE.fullmatch(size):
                image.set("style", f"{image.get('style', '')} {key}: {size};".strip())
            else:
                yield Diagnostic(
                    "bad-attribute",
                    f'the attribute "{key}" is no length: "{size[:60]}"',
                    place,
                    f"write {{{key}=8cm}}, {{{key}=50%}}, or a number of pixels: {{{key}=300}}",
                )
