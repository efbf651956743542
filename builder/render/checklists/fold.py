"""The shape ``fold``: one sheet a list, folded and cut once to a booklet of eight pages.

A cover, the tasks spread over the pages with lines below them, pages for notes, and the
back. A list that fills more than the six pages inside goes on in a booklet of its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from builder.diagnostics import Outcome
from builder.render.checklists.common import (
    Edition,
    LaidChecklists,
    fixed_run,
    from_page,
    page_css,
    settle_runs,
    template_values,
)
from builder.render.checklists.formats import PANELS, size_of
from builder.render.checklists.lines import count_text, task_lists
from builder.render.checklists.zines import Panel, Zine, fill_zines
from builder.render.html import fill
from builder.render.pdf.gathering import Gathering, Html, Sheet
from builder.render.pdf.impose.fold import fold_sides
from builder.render.pdf.plan import Run
from builder.render.pdf.press import Press

_ZINES_A_RUN = 8


def lay_fold(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the pages of all booklets and put eight on each sheet."""
    paper = edition.options.paper
    css = page_css(edition, PANELS[paper], "fold")
    whole = [
        Zine(f"list.{each.id}", each, (Panel(task_lists(edition, each)),))
        for each in edition.picked
    ]
    groups = _grouped(fill_zines(whole, partial(_measure, edition, css, press)))
    runs = [_run(edition, number, group) for number, group in enumerate(groups, 1)]
    laid = settle_runs(runs, css, press)
    sheet = size_of(paper).landscape
    sides = fold_sides(laid.value.pages, sheet, is_right_bound=edition.is_right_to_left)
    return replace(laid, value=replace(laid.value, sides=sides))


def _measure(
    edition: Edition, css: tuple[str, ...], press: Press, zines: Sequence[Zine]
) -> list[Sheet]:
    """For each booklet, the layout that it is in, with anchors to measure."""
    groups = _grouped(zines)
    bare = [
        Gathering(f"fold-{number}", Html.of(_html(edition, group, is_fitting=True)), css)
        for number, group in enumerate(groups, 1)
    ]
    sheets = press.lay_all(bare)
    return [sheet for group, sheet in zip(groups, sheets, strict=True) for _ in group]


def _run(edition: Edition, number: int, zines: Sequence[Zine]) -> Run:
    return fixed_run(f"fold-{number}", _html(edition, zines, is_fitting=False))


def _html(edition: Edition, zines: Sequence[Zine], *, is_fitting: bool) -> str:
    leaves = [
        {
            "zine": each,
            "count": count_text(each.numbered.chapter.checklists, edition.words),
            "from_page": from_page(edition, each.numbered),
        }
        for each in zines
    ]
    values = {**template_values(edition, "fold"), "leaves": leaves, "is_fitting": is_fitting}
    return fill("print/checklist-fold.html", values)


def _grouped(zines: Sequence[Zine]) -> list[Sequence[Zine]]:
    starts = range(0, len(zines), _ZINES_A_RUN)
    return [zines[start : start + _ZINES_A_RUN] for start in starts]
