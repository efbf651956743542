"""Trim and paper sizes: what ``book.toml`` may call them, as CSS lengths."""

import re
from dataclasses import dataclass

_NAMED = {
    "a3": ("297mm", "420mm"),
    "a4": ("210mm", "297mm"),
    "a5": ("148mm", "210mm"),
    "a6": ("105mm", "148mm"),
    "letter": ("8.5in", "11in"),
    "half-letter": ("5.5in", "8.5in"),
    "a7": ("74mm", "105mm"),
    "3x5in": ("3in", "5in"),
    "4x6in": ("4in", "6in"),
}
_LENGTH = r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)?"
_SIZE = re.compile(rf"{_LENGTH}\s*[x×]\s*{_LENGTH}", re.IGNORECASE)
_POINTS = 72 / 25.4
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}


@dataclass(frozen=True, slots=True)
class Trim:
    """Width and height of a page as CSS lengths."""

    width: str
    height: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width_mm * _POINTS, self.height_mm * _POINTS

    @property
    def width_mm(self) -> float:
        """The width in millimetres."""
        return parse_length(self.width)

    @property
    def height_mm(self) -> float:
        """The height in millimetres."""
        return parse_length(self.height)


def parse_trim(text: str) -> Trim | None:
    """``A5``, ``5.5x8.5`` (inches) or ``148mm x 210mm``; None for anything else.

    A page is between 50 and 1,000 mm on each side, and not wider than 2.5 times its height.
    """
    if named := _NAMED.get(text.strip().lower()):
        return Trim(*named)
    found = _SIZE.fullmatch(text.strip())
    if not found:
        return None
    unit = (found[4] or found[2] or "in").lower()
    sizes = [(float(found[1]), (found[2] or unit).lower()), (float(found[3]), unit)]
    if not all(50 <= number * _MM[each] <= 1000 for number, each in sizes):
        return None
    return Trim(*(f"{number:g}{each}" for number, each in sizes))


def parse_length(length: str) -> float:
    """A length with its unit in millimetres."""
    found = re.fullmatch(_LENGTH, length)
    assert found is not None
    return float(found[1]) * _MM[found[2]]
