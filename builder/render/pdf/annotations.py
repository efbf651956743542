"""One annotation for each link, over all that it holds (ISO 32000-1, 12.5.6.5)."""

from collections.abc import Iterable
from typing import Any

# Left, top, right, bottom in CSS pixels.
Area = tuple[float, float, float, float]
# As the engine has it: kind, target, area, and the box.
Link = tuple[str, str, Area, Any]


def join_links(links: Iterable[Link]) -> list[Link]:
    """The links of a page without those of boxes within a link.

    The engine gives each box inside a link an annotation of its own, outside the structure
    element Link (PDF/UA-1, 7.18.5); a link around a picture is as high as its line only.
    """
    joined: list[Link] = []
    for kind, target, area, box in links:
        if box.link:
            joined.append((kind, target, _at_least_a_line(area, box), box))
        elif joined:
            kind, target, owned, owner = joined[-1]
            joined[-1] = (kind, target, _around(owned, area), owner)
    return joined


def _at_least_a_line(area: Area, box: Any) -> Area:
    """Raised figures often have no line height, and what has no height cannot be clicked."""
    left, top, right, bottom = area
    missing = max(0.0, float(box.style["font_size"]) - (bottom - top)) / 2
    return left, top - missing, right, bottom + missing


def _around(one: Area, other: Area) -> Area:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
