"""One page on a sheet, or two of half its size."""

from collections.abc import Callable
from dataclasses import replace

from builder.diagnostics import Outcome
from builder.render.checklists.common import Edition, LaidChecklists
from builder.render.checklists.formats import HALVES, size_of
from builder.render.pdf.impose.pairs import pair_sides
from builder.render.pdf.press import Press

# Lays out a set on a size of page.
LaySet = Callable[[Edition, str, Press], Outcome[LaidChecklists]]


def lay_per_sheet(lay: LaySet, edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out a set with as many pages on a sheet as are asked for."""
    paper = edition.options.paper
    if edition.options.per_sheet == 1:
        return lay(edition, paper, press)
    laid = lay(edition, HALVES[paper], press)
    sides = pair_sides(
        laid.value.pages,
        size_of(paper).landscape,
        is_right_to_left=edition.is_right_to_left,
    )
    return replace(laid, value=replace(laid.value, sides=sides))
