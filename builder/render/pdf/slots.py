"""Slots: places in the text for page numbers that are known only when the book is bound.

The text is laid out with the ten digits in a box as wide as the number will be. Their
glyphs are taken from what the engine drew. The page's content is cut there, and binding
puts a stream between the pieces that shows the number (ISO 32000-1, 7.8.2 and 9.4).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pydyf

from builder.render.pdf.print_tree import SLOT_TEXT

_HEX = re.compile(rb"<([0-9a-fA-F]+)>")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the text for the page of an anchor: its object, and how it is drawn.

    ``place`` and ``font`` are the operators that set the matrix and the font; ``digits``
    the glyphs of 0 to 9, as hexadecimal codes (ISO 32000-1, 9.4).
    """

    number: int
    anchor: str
    place: bytes
    font: bytes
    digits: tuple[bytes, ...]

    def draw(self, folio: str) -> bytes:
        """The content stream that shows a folio."""
        codes = b"".join(self.digits[int(digit)] for digit in folio)
        return b"BT\n%s\n%s\n<%s> Tj\nET" % (self.place, self.font, codes)


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in a content stream where that of a slot goes."""

    number: int


def cut_text(
    content: pydyf.Stream, mark: int, number: int
) -> tuple[bytes, bytes, tuple[bytes, ...]]:
    """Replace the text of a marked-content sequence by a cut; what set it is returned."""
    lines = content.stream
    start = next(
        index
        for index, line in enumerate(lines)
        if isinstance(line, dict) and line.get("MCID") == mark
    )
    begin = lines.index(b"BT", start)
    end = lines.index(b"ET", begin)
    text = [as_bytes(line) for line in lines[begin + 1 : end]]
    place = next(line for line in text if line.endswith((b" Tm", b" Td")))
    font = next(line for line in text if line.endswith(b" Tf"))
    codes = b"".join(_HEX.findall(next(line for line in text if line.endswith(b"TJ"))))
    digits = tuple(codes[at : at + 4] for at in range(0, len(codes), 4))
    assert len(digits) == len(SLOT_TEXT)
    lines[begin : end + 1] = [Cut(number)]
    return place, font, digits


def split(lines: Sequence[object]) -> Iterator[int | list[object]]:
    """Pieces of a content stream, and between them the numbers of its slots."""
    piece: list[object] = []
    for line in lines:
        if isinstance(line, Cut):
            yield piece
            yield line.number
            piece = []
        else:
            piece.append(line)
    yield piece


def as_bytes(item: object) -> bytes:
    """A piece of a content stream as the engine writes it."""
    if isinstance(item, bytes):
        return item
    if isinstance(item, float):
        return str(int(item)).encode() if item.is_integer() else f"{item:f}".rstrip("0").encode()
    return item.data if isinstance(item, pydyf.Object) else str(item).encode()
