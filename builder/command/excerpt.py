"""The line of a finding and the mark under it, as wide as a terminal shows them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from builder.diagnostics import Place

_TAB, _CUT = 4, "..."
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Joiners shape letters and emoji; all other format characters could reorder the line.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source line as shown, and the line of blanks and carets that belongs under it."""

    line: str
    mark: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """One character of the source: what is shown for it, and in how many columns."""

    shown: str
    width: int


def excerpt(place: Place, columns: int) -> Excerpt:
    """The line of a place, cut around its mark where it is longer than ``columns``."""
    cells = _cells(place.text)
    start = min(place.column - 1, len(cells))
    low, high = _window(cells, start, columns)
    before = _CUT if low else ""
    after = _CUT if high < len(cells) else ""
    marked = cells[start : min(start + place.length, high)]
    shown = "".join(cell.shown for cell in cells[low:high])
    indent = len(before) + _width(cells[low:start])
    return Excerpt(f"{before}{shown}{after}", " " * indent + "^" * max(1, _width(marked)))


def visible(text: str) -> str:
    """The text with what would move or recolour the terminal replaced by something to see."""
    return "".join(_shown(char) for char in text)


def _cells(text: str) -> Sequence[_Cell]:
    cells, column = [], 0
    for char in text.rstrip("\r\n"):
        width = _TAB - column % _TAB if char == "\t" else _columns(char)
        cells.append(_Cell(" " * width if char == "\t" else _shown(char), width))
        column += width
    return cells


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc" and char < " ":
        return chr(0x2400 + ord(char))
    if category in ("Cc", "Cs") or (category == "Cf" and char not in _JOINERS):
        return _REPLACEMENT
    return char


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me") or char in _JOINERS:
        return 0
    if "\u1160" <= char <= "\u11ff":  # vowels and finals join the Hangul letter before them
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _width(cells: Sequence[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _window(cells: Sequence[_Cell], start: int, columns: int) -> tuple[int, int]:
    """The part of a line to show: a third of it before the mark, or what the line's end leaves."""
    if _width(cells) <= columns:
        return 0, len(cells)
    room = columns - 2 * len(_CUT)
    low = _reach(cells[:start][::-1], room // 3)
    high = _reach(cells[start - low :], room)
    used = _width(cells[start - low : start - low + high])
    more = _reach(cells[: start - low][::-1], room - used)
    return start - low - more, start - low + high


def _reach(cells: Sequence[_Cell], room: int) -> int:
    """How many of the cells fit into the room."""
    used = 0
    for count, cell in enumerate(cells):
        used += cell.width
        if used > room:
            return count
    return len(cells)
