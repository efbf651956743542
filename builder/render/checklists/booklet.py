"""The shape ``booklet``: the pages of half the size, to be folded and stapled in the middle."""

from dataclasses import replace

from builder.diagnostics import Outcome
from builder.render.checklists.common import Edition, LaidChecklists
from builder.render.checklists.formats import HALVES, size_of
from builder.render.checklists.pages import lay_set
from builder.render.pdf.impose.booklet import Stitch, booklet_sides
from builder.render.pdf.press import Press


def lay_booklet(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the pages and put two on each side of a sheet, in the order of the folded sheets."""
    paper = edition.options.paper
    laid = lay_set(edition, HALVES[paper], press)
    stitch = Stitch(edition.options.duplex, is_right_bound=edition.is_right_to_left)
    sheet = size_of(paper).landscape
    sides = booklet_sides(laid.value.pages, size_of(HALVES[paper]), sheet, stitch)
    return replace(laid, value=replace(laid.value, sides=sides))
