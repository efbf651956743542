"""The book as a booklet: which sheets, and how the pages lie on them."""

from dataclasses import dataclass
from typing import get_args

from builder.config import BookletOptions, Paper
from builder.config.languages import direction_of
from builder.diagnostics import BuildFailed, Diagnostic
from builder.render.pdf.impose.booklet import Stitch, booklet_sides
from builder.render.pdf.impose.lengths import MM
from builder.render.pdf.impose.plan import Side, Size
from builder.render.trim import Trim, parse_length, parse_trim
from builder.request import BookletAsked

# A page may be as much larger than half a sheet; its margins forgive it.
_TOLERANCE = 1 * MM


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sheets of a paper for pages of a size, and how they are bound."""

    page: Size
    sheet: Size
    stitch: Stitch

    def sides(self, count: int) -> tuple[Side, ...]:
        """Front and back of every sheet for so many pages."""
        return booklet_sides(count, self.page, self.sheet, self.stitch)


def plan_sheets(asked: BookletAsked, table: BookletOptions, trim: Trim, language: str) -> Sheets:
    """The sheets that are asked for, else those that the table names, else the smallest.

    Raises ``BuildFailed`` (exit code 2) where two pages do not fit side by side on them.
    """
    page = Size(*trim.size)
    paper = asked.paper or table.paper or _smallest(page)
    sheet = _sheet(paper)
    room = min(sheet.width / 2 / page.width, sheet.height / page.height)
    is_small = _fits(page, sheet)
    fit = table.fit if asked.fit is None else asked.fit
    if not is_small and not fit:
        raise BuildFailed([_too_large(trim, paper, room)], exit_code=2)
    stitch = Stitch(
        asked.duplex or table.duplex,
        table.signature if asked.signature is None else asked.signature,
        parse_length(asked.creep or table.creep) * MM,
        1 if is_small else room,
        direction_of(language) == "rtl",
    )
    return Sheets(page, sheet, stitch)


def _smallest(page: Size) -> Paper:
    """The smallest paper that holds two pages; A4 where none does."""
    papers = sorted(get_args(Paper), key=lambda paper: _format(paper).height_mm)
    return next((each for each in papers if _fits(page, _sheet(each))), "a4")


def _sheet(paper: str) -> Size:
    return Size(*_format(paper).size).landscape


def _fits(page: Size, sheet: Size) -> bool:
    is_narrow = page.width <= sheet.width / 2 + _TOLERANCE
    return is_narrow and page.height <= sheet.height + _TOLERANCE


def _format(paper: str) -> Trim:
    trim = parse_trim(paper)
    assert trim is not None
    return trim


def _too_large(trim: Trim, paper: str, room: float) -> Diagnostic:
    message = f"two pages of {trim.width} x {trim.height} do not fit on a sheet of {paper.upper()}"
    hint = f"make them smaller ({room:.0%}) with --fit"
    if paper != "a3":
        hint += ", or take larger paper: --paper a3"
    return Diagnostic("booklet-paper", message, None, hint)
