"""The sizes of pages and sheets that the shapes are laid out on, by the names of papers."""

from collections.abc import Mapping

from builder.config import Paper
from builder.render.pdf.impose.plan import Size
from builder.render.trim import Trim, parse_trim

# The pages of which two go on a sheet.
HALVES: Mapping[Paper, str] = {"a3": "a4", "a4": "a5", "letter": "half-letter"}
# Cards, and those for large print.
CARDS: Mapping[Paper, str] = {"a3": "a7", "a4": "a7", "a5": "a7", "letter": "3x5in"}
LARGE_CARDS: Mapping[Paper, str] = {"a3": "a6", "a4": "a6", "letter": "4x6in"}
# A panel of a sheet that is folded to eight.
PANELS: Mapping[Paper, str] = {
    "a3": "105mm x 148.5mm",
    "a4": "74.25mm x 105mm",
    "letter": "2.75in x 4.25in",
}


def format_of(name: str) -> Trim:
    """The size of a paper or a page by its name."""
    trim = parse_trim(name)
    assert trim is not None
    return trim


def size_of(name: str) -> Size:
    """The same in points."""
    return Size(*format_of(name).size)
