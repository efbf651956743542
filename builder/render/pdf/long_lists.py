"""Long contents and lists, laid out in pieces of which each goes on where the one before ends.

A gathering takes memory by its length, and these grow with the book. Where a piece ends is seen
from the pages: all of them are full but the last, which is left to the next piece.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from builder.render.pdf.gathering import Sheet

# So many lines are laid out together, about as many as a long chapter has paragraphs.
PIECE = 250


class Line(Protocol):
    """A line that leads to an anchor; its own anchor is the list's id, a dot, and that."""

    @property
    def anchor(self) -> str:
        """Where it leads."""


L = TypeVar("L", bound=Line)
# The HTML of lines, whether they go on from others, for the folios of anchors.
ListHtml = Callable[[Sequence[L], bool, Mapping[str, str]], str]
# Lays out HTML by itself: the id of its gathering, and whether it goes on from another.
LayAlone = Callable[[str, str, bool], Sheet]


def in_pieces(
    id_: str, lines: Sequence[L], html: ListHtml[L], lay: LayAlone
) -> Iterator[Sequence[L]]:
    """The lines of a list by gatherings, the first of which opens it."""
    rest, goes_on = lines, False
    while len(rest) > PIECE:
        sheet = lay(id_, html(rest[:PIECE], goes_on, {}), goes_on)
        last = sheet.pages - 1
        full = [line for line in rest[:PIECE] if sheet.anchors[f"{id_}.{line.anchor}"].page < last]
        if not full:
            break
        yield full
        rest, goes_on = rest[len(full) :], True
    yield rest
