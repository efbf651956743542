"""The shape ``poster``: every chapter with a box for each task, on one page for the wall.

The type is as large as lets everything stand on the page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from builder.book import Item, Numbered
from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.render.checklists.common import (
    Edition,
    LaidChecklists,
    fixed_run,
    page_css,
    settle_runs,
    template_values,
)
from builder.render.checklists.lines import main_first
from builder.render.html import fill
from builder.render.pdf.gathering import Gathering, Html
from builder.render.pdf.press import Press

# Sizes of type in points, from small to large, each about a twentieth larger than the last.
_SIZES = tuple(round(6 * 1.05**step, 2) for step in range(36))
_LARGE_SIZES = tuple(round(18 * 1.05**step, 2) for step in range(18))
# Sizes tried at a time, about.
_TRIALS = 5


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick: a task, a task under another, or a chapter that has no list."""

    kind: str
    id: str
    text: str
    is_done: bool = False
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A chapter on the poster, with its boxes."""

    numbered: Numbered
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the book on the poster: its title and its chapters."""

    title: str
    lines: tuple[Line, ...]


def lay_poster(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the poster in the largest type that fits; too much for a page takes several."""
    css = page_css(edition, edition.options.paper, "poster")
    groups = _groups(edition)
    sizes = _LARGE_SIZES if edition.options.large_print else _SIZES

    def fit(tried: Sequence[float]) -> list[bool]:
        bare = [Gathering("poster", Html.of(_html(edition, groups, size)), css) for size in tried]
        return [len(sheet.kinds) == 1 for sheet in press.lay_all(bare)]

    size = sizes[largest(sizes, fit)]
    laid = settle_runs([fixed_run("poster", _html(edition, groups, size))], css, press)
    if laid.value.pages == 1:
        return laid
    return Outcome(laid.value, (*laid.findings, _too_full(edition, laid.value.pages)))


def largest(sizes: Sequence[float], fit: Callable[[Sequence[float]], Sequence[bool]]) -> int:
    """The index of the largest size that fits, of the first where none does.

    ``fit`` tries several at a time; that all below one that fits do as well is taken for true.
    """
    low, high = 0, len(sizes)
    while high - low > 1:
        step = max(1, (high - low) // (_TRIALS + 1))
        tried = [*range(low + step, high, step)]
        found = fit([sizes[index] for index in tried])
        good = [index for index, fits in zip(tried, found, strict=True) if fits]
        low = max(good, default=low)
        high = min((index for index in tried if index > low), default=high)
    return low


def _groups(edition: Edition) -> list[Group]:
    """The chapters by part; what has no list gets a box for itself, if it is a chapter."""
    groups = [Group("", ())]
    picked = {each.id for each in edition.picked}
    last = ""
    for numbered in edition.book.chapters:
        role = numbered.chapter.file.role
        if role == "part":
            groups.append(Group(numbered.title, ()))
        elif role != last and role in ("appendix", "back"):
            groups.append(Group("", ()))
        last = role
        is_listed = numbered.id in picked or (edition.is_whole and role in ("chapter", "appendix"))
        if is_listed:
            line = Line(numbered, tuple(_boxes(numbered)))
            groups[-1] = Group(groups[-1].title, (*groups[-1].lines, line))
    return [group for group in groups if group.lines]


def _boxes(numbered: Numbered) -> Iterator[Box]:
    if not numbered.chapter.checklists:
        yield Box("chapter", numbered.id, numbered.full_title)
    for checklist in main_first(numbered.chapter.checklists):
        yield from _boxes_of(checklist.items, is_under=False)


def _boxes_of(items: Sequence[Item], *, is_under: bool) -> Iterator[Box]:
    for item in items:
        yield Box("task", item.id, item.text, item.is_done, is_under)
        yield from _boxes_of(item.items, is_under=True)


def _html(edition: Edition, groups: Sequence[Group], size: float) -> str:
    values = {**template_values(edition, "poster"), "groups": groups, "size": size}
    return fill("print/checklist-poster.html", values)


def _too_full(edition: Edition, pages: int) -> Diagnostic:
    paper = edition.options.paper
    larger = {"a5": "a4", "a4": "a3", "letter": "a3"}.get(paper)
    hint = f"print it on larger paper: --paper {larger}" if larger else "make two, with --chapter"
    message = f"the poster takes {pages} pages in the smallest type that can be read"
    return Diagnostic("full-poster", message, None, hint, Severity.WARNING)
