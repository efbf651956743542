"""Display lines whose letters join, stack or run from right to left, as HarfBuzz shapes them.

Its glyphs become the letters of a font made for them, so that they are drawn one by one like any
others, and the same everywhere.
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from PIL import ImageFont

from builder.directions import Direction, direction_of_text, directions

# The first of the private letters that stand for glyphs, one for each number that there is.
_FIRST = 0xF0000
_MARKS = frozenset(("Mn", "Mc"))
_LAYOUT = ("GDEF", "GPOS", "GSUB", "kern", "morx", "kerx")


def wants_shaping(text: str) -> bool:
    """Whether a text cannot be set letter by letter from left to right."""
    is_turned = "rtl" in directions(text, direction_of_text(text))
    return is_turned or any(unicodedata.category(letter) in _MARKS for letter in text)


@dataclass(frozen=True, slots=True)
class ShapedFace:
    """A font for such lines: the shaper's, and the bytes of the one that is drawn with."""

    shaper: uharfbuzz.Font
    em: int
    data: bytes
    base: Direction

    def positions(self, line: str) -> Iterator[tuple[str, float, float]]:
        """Each glyph of a line as a letter, with its distance from the left and from the foot."""
        at = 0
        for text, direction in _runs(line, self.base):
            shaped = _shape(self.shaper, text, direction)
            for info, place in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
                left, rise = at + place.x_offset, place.y_offset
                yield chr(_FIRST + info.codepoint), left / self.em, rise / self.em
                at += place.x_advance

    def width(self, line: str) -> float:
        """How long a line is."""
        runs = (_shape(self.shaper, *run).glyph_positions for run in _runs(line, self.base))
        advance: int = sum(place.x_advance for places in runs for place in places)
        return advance / self.em

    def load(self, size: int) -> ImageFont.FreeTypeFont:
        """The font that is drawn with, at a size."""
        layout = ImageFont.Layout.BASIC
        return ImageFont.truetype(io.BytesIO(self.data), size, layout_engine=layout)


def shaped_face(file: Path, text: str) -> ShapedFace:
    """The font for a text, which says the direction of the lines."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    return ShapedFace(uharfbuzz.Font(face), face.upem, _by_number(file), direction_of_text(text))


def _runs(line: str, base: Direction) -> list[tuple[str, Direction]]:
    """The parts of a line that run one way, from the left; numbers run as they always do."""
    kinds = zip(line, map(_own, line, directions(line, base)), strict=True)
    runs = [
        ("".join(letter for letter, _ in group), direction)
        for direction, group in groupby(kinds, key=lambda pair: pair[1])
    ]
    return runs if base == "ltr" else runs[::-1]


def _own(letter: str, direction: Direction) -> Direction:
    return "ltr" if unicodedata.bidirectional(letter) in ("EN", "AN") else direction


def _shape(font: uharfbuzz.Font, text: str, direction: Direction) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = direction
    uharfbuzz.shape(font, buffer)
    return buffer


def _by_number(file: Path) -> bytes:
    """The font with a letter for each glyph, and without any rules of its own."""
    with TTFont(file, recalcTimestamp=False) as font:
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = {_FIRST + number: name for number, name in enumerate(font.getGlyphOrder())}
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion, font["cmap"].tables = 0, [table]
        for name in _LAYOUT:
            if name in font:
                del font[name]
        written = io.BytesIO()
        font.save(written)
    return written.getvalue()
