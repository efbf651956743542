"""The shape ``poster``: the tracker alone, for the wall."""

from builder.diagnostics import Outcome
from builder.render.checklists.common import Edition, LaidChecklists, page_css, settle_runs
from builder.render.checklists.tracker import tracker_run
from builder.render.pdf.press import Press


def lay_poster(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the poster."""
    paper = edition.options.paper
    return settle_runs([tracker_run(edition, paper)], page_css(edition, paper), press)
