"""A text as the engine's fonts shape it: how far each letter is, and where a line may end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import pyphen
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

if TYPE_CHECKING:
    from weasyprint.css import ComputedStyle
    from weasyprint.layout import LayoutContext
    from weasyprint.text.line_break import Layout

_SOFT_HYPHEN = "\xad"
# The integers of a PangoGlyphInfo, and which of them is its width.
_GLYPH, _WIDTH = 5, 1


class Unmeasurable(Exception):  # noqa: N818
    """Something in a paragraph cannot be measured before it is laid out."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text on one line: where each letter begins, in bytes; and each byte, in pixels of CSS."""

    text: str
    bytes: tuple[int, ...]
    at: Mapping[int, float]
    hyphen: float
    breaks: tuple[int, ...]

    @classmethod
    def of(cls, box: TextBox, context: "LayoutContext") -> "Shaped":
        """Shape the text of a box, with a hyphen behind it to know its width."""
        text = box.text
        hyphen = box.style["hyphenate_character"]
        layout = line_break.create_layout(f"{text} {hyphen}", box.style, context, None, 0)
        offsets = (0, *accumulate(len(letter.encode()) for letter in text))
        at = _positions(layout)
        attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
        breaks = tuple(i for i in range(1, len(text)) if attributes[i].is_line_break)
        layout.deactivate()
        end = offsets[-1]
        width = at[len(f"{text} {hyphen}".encode())] - at[end + 1]
        return cls(text, offsets, at, width, breaks)

    @property
    def space(self) -> float:
        """How wide the first space between words is; 0 where there is none."""
        at = self.text.find(" ", 1, -1)
        start, end = (self.x(at), self.x(at + 1)) if at > 0 else (None, None)
        return 0.0 if start is None or end is None else end - start

    def x(self, index: int) -> float | None:
        """Where a letter begins; None within a ligature."""
        return self.at.get(self.bytes[index])

    def places(self, style: "ComputedStyle") -> Iterator[tuple[int, int, float]]:
        """Where lines may end: start of the next, end of this one, and the hyphen's width."""
        before = 0
        ends = (len(self.text),) if self.text.endswith(" ") else ()
        for at in (*self.breaks, *ends):
            for middle in self._divisions(before, at, style):
                yield middle, middle, self.hyphen
            end = len(self.text[:at].rstrip(" "))
            is_soft = self.text[at - 1] == _SOFT_HYPHEN
            yield at, end, self.hyphen if is_soft else 0
            before = at
        if before < len(self.text):
            for middle in self._divisions(before, len(self.text), style):
                yield middle, middle, self.hyphen

    def _divisions(self, start: int, end: int, style: "ComputedStyle") -> Iterator[int]:
        if style["hyphens"] == "auto" and style["lang"]:
            limits = tuple(style["hyphenate_limit_chars"])
            for position in _divided(self.text[start:end], style["lang"], *limits):
                yield start + position


def _positions(layout: "Layout") -> dict[int, float]:
    """How wide a text is before the cluster at each byte, and, under its length, all of it.

    Clusters count in the order in which they are read, whatever way they run.
    """
    widths: dict[int, int] = {}
    line, _ = layout.get_first_line()
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count = glyphs.num_glyphs
        numbers = ffi.unpack(ffi.cast("int *", glyphs.glyphs), count * _GLYPH)
        clusters = ffi.unpack(glyphs.log_clusters, count)
        for cluster, width in zip(clusters, numbers[_WIDTH::_GLYPH], strict=True):
            at = item.offset + cluster
            widths[at] = widths.get(at, 0) + width
        run = run.next
    starts = sorted(widths)
    ends = accumulate((widths[at] for at in starts), initial=0)
    return {
        at: before * FROM_UNITS for at, before in zip((*starts, line.length), ends, strict=True)
    }


@lru_cache(maxsize=6_000)
def _divided(text: str, lang: str, total: int, left: int, right: int) -> tuple[int, ...]:
    """Where the engine may divide a text without spaces; it looks at its first long word."""
    known = pyphen.language_fallback(lang)
    rest, at = text, 0
    while known and rest and (word := line_break.get_next_word_boundaries(rest, lang)):
        start, stop = word
        if _SOFT_HYPHEN in text:
            break
        if stop - start >= total:
            dictionary = pyphen.Pyphen(lang=known, left=left, right=right)
            positions = dictionary.positions(rest[start:stop])
            # It would keep every word that it ever saw.
            dictionary.hd.cache.clear()
            return tuple(at + start + int(each) for each in positions if not each.data)
        rest, at = rest[stop:], at + stop
    return ()
