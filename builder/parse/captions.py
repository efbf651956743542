"""Captions: of figures, tables and listings, whichever way they are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.config import Countable
from builder.parse.equations import EQUATION
from builder.parse.tree import classes, move_content, walk

LISTING = "listing"
# The class of what is not numbered among its like.
UNNUMBERED = "unnumbered"


@dataclass(frozen=True, slots=True)
class Captioned:
    """What a caption in a tree belongs to: the element to refer to, and what it counts as.

    An equation that has an id has its number for a caption.
    """

    kind: Countable
    element: Element
    caption: Element


def shape_captions(body: Element) -> None:
    """The only paragraph of a caption is the caption."""
    for caption in walk(body, "figcaption"):
        if len(caption) == 1 and caption[0].tag == "p" and not (caption.text or "").strip():
            (paragraph,) = caption
            caption.clear()
            move_content(paragraph, caption)


def find_captions(body: Element) -> Iterator[Captioned]:
    """What has a caption of its own, in order; what is in it counts as part of it."""
    for child in body:
        found = _captioned(child)
        if found is None:
            yield from find_captions(child)
        elif not any(UNNUMBERED in classes(each) for each in (child, *child)):
            yield found


def _captioned(element: Element) -> Captioned | None:
    if EQUATION in classes(element):
        return Captioned("equations", element, element) if element.get("id") else None
    caption = element.find("figcaption" if element.tag == "figure" else "caption")
    if caption is None or element.tag not in ("figure", "table"):
        return None
    return Captioned(_kind_of(element), element, caption)


def _kind_of(element: Element) -> Countable:
    if LISTING in classes(element):
        return "listings"
    return "tables" if next(element.iter("table"), None) is not None else "figures"
