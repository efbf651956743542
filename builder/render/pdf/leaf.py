"""A leaf: a part ready to be bound, with all that is printed around it and points into it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from builder.render.pdf.outline import Mark
from builder.render.pdf.part import Part
from builder.render.pdf.syntax import stream

# Bytes of a page's furniture that are fewer when packed.
_WORTH_PACKING = 160


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part to bind, with what is printed around its pages and where its anchors lie.

    ``records`` gives the part's objects; ``folios`` has the numbers of its slots;
    ``furniture`` holds a stream for each page, as ``furniture_stream`` makes it; ``anchors``
    and ``marks`` name a page from 0 within the part and a point in PDF units; ``label`` the
    style of its page labels (``r`` or ``D``) and the first number.
    """

    name: str
    part: Part
    records: Callable[[], bytes]
    folios: Mapping[str, str]
    furniture: tuple[bytes, ...]
    anchors: tuple[tuple[str, int, float, float], ...]
    marks: tuple[Mark, ...]
    label: tuple[str, int]


def furniture_stream(content: bytes = b"") -> bytes:
    """What is printed around the text of a page as an artifact (14.8.2.2), ready to be written."""
    body = b"/Artifact<</Type/Pagination>>BDC\nq\n%s\nQ\nEMC" % content if content else b""
    return stream(body, compress=len(body) > _WORTH_PACKING)
