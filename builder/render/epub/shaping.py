"""Display lines whose letters join, stack or run from right to left, as HarfBuzz shapes them.

Its glyphs become the letters of a font made for them, so that they are drawn one by one like any
others, and the same everywhere.
"""

import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from PIL import ImageFont

from builder.directions import Direction, direction_of_text, directions

# The first of the private letters that stand for glyphs, one for each number that there is.
_FIRST = 0xF0000
_DIGITS = frozenset(("EN", "AN"))
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
    """The parts of a line that run one way, from the left as they are seen (UAX 9, rule L2)."""
    found = [
        (level, "".join(letter for _, letter in group))
        for level, group in groupby(zip(_levels(line, base), line, strict=True), itemgetter(0))
    ]
    for least in (2, 1):
        found = [*_turned(found, least)]
    return [(text, "rtl" if level % 2 else "ltr") for level, text in found]


def _turned(runs: Iterable[tuple[int, str]], least: int) -> Iterator[tuple[int, str]]:
    """Runs in turn, but in reverse order where levels are not below the least."""
    for is_turned, group in groupby(runs, lambda run: run[0] >= least):
        made = [*group]
        yield from made[::-1] if is_turned else made


def _levels(line: str, base: Direction) -> Iterator[int]:
    """How deep each letter is in the other direction (rules I1 and I2)."""
    numbers = _numbers(line)
    for at, direction in enumerate(directions(line, base)):
        if base == "rtl":
            yield 2 if direction == "ltr" or at in numbers else 1
        else:
            yield 0 if direction == "ltr" else 2 if at in numbers else 1


def _numbers(line: str) -> set[int]:
    """Where digits stand, with the signs in and at numbers (rules W4 and W5)."""
    kinds = [unicodedata.bidirectional(letter) for letter in line]
    numbers = {at for at, kind in enumerate(kinds) if kind in _DIGITS}
    numbers |= {
        at for at, kind in enumerate(kinds) if kind in ("CS", "ES") and {at - 1, at + 1} <= numbers
    }
    for steps in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        for at in steps:
            if kinds[at] == "ET" and not numbers.isdisjoint((at - 1, at + 1)):
                numbers.add(at)
    return numbers


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
