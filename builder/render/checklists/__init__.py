"""All checklists of a book -> sets to be printed, one module a shape."""

from collections.abc import Mapping

from builder.config import ShapeName
from builder.diagnostics import Outcome
from builder.render.checklists.booklet import lay_booklet
from builder.render.checklists.cards import lay_cards
from builder.render.checklists.common import Edition, LaidChecklists, Shape
from builder.render.checklists.fold import lay_fold
from builder.render.checklists.pages import lay_pages
from builder.render.checklists.planner import lay_planner
from builder.render.checklists.poster import lay_poster
from builder.render.pdf.press import Press

SHAPES: Mapping[ShapeName, Shape] = {
    "pages": lay_pages,
    "cards": lay_cards,
    "fold": lay_fold,
    "poster": lay_poster,
    "planner": lay_planner,
    "booklet": lay_booklet,
}


def lay_checklists(shape: ShapeName, edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the set in one of its shapes."""
    return SHAPES[shape](edition, press)
