"""Images: their paths within the book and their text alternatives."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import Image
from builder.diagnostics import Diagnostic
from builder.parse.positions import place_of
from builder.parse.references import is_outward, outside, path_in_book
from builder.parse.tree import walk
from builder.source import Source


def find_images(body: Element, source: Source) -> tuple[Image, ...]:
    """The images of the folder that the chapter shows, in order; their sizes are not known yet."""
    return tuple(
        Image(path, image.get("alt", ""), 0, 0, place_of(image, source))
        for image in walk(body, "img")
        if (path := image.get("src", "")) and not is_outward(path)
    )


def resolve_images(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Rewrite each ``src`` to its path within the book; report what cannot be shown.

    ``alt=""`` in raw HTML marks a decoration; ``![](x.png)`` is a missing text.
    """
    for image in walk(body, "img"):
        target, place = image.get("src", ""), place_of(image, source)
        if is_outward(target):
            yield Diagnostic(
                "remote-image",
                f'image outside the book: "{target[:80]}"',
                place,
                "save it in the book's folder; nothing is fetched from the network",
            )
            image.attrib.pop("src")
        elif (path := path_in_book(target, source.path)) is None:
            code, message, hint = outside(target, "image")
            yield Diagnostic(code, message, place, hint)
            image.attrib.pop("src")
        else:
            image.set("src", path)
        if not image.get("alt", "").strip() and image.get("role") not in ("presentation", "none"):
            yield Diagnostic(
                "missing-alt",
                f'image without a text alternative: "{target[:80]}"',
                place,
                "describe it between the brackets: ![A hand pump in a yard](pump.png)",
            )
