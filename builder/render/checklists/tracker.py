"""The tracker: one box a chapter."""

from dataclasses import dataclass

from builder.book import Numbered
from builder.render.checklists.common import Edition, fixed_run, template_values
from builder.render.html import fill
from builder.render.pdf.plan import Run

# Lines of the tracker, headings counted twice, that a column holds.
_ROOM = {"a3": 38, "a4": 24, "letter": 23, "a5": 20, "half-letter": 20}


@dataclass(frozen=True, slots=True)
class _Group:
    """A part of the tracker: its title and its chapters."""

    title: str
    chapters: tuple[Numbered, ...]


def tracker_run(edition: Edition, page: str) -> Run:
    """The page with a box for each chapter of the book, on a size of page."""
    groups: list[_Group] = [_Group("", ())]
    for numbered in edition.book.chapters:
        if numbered.chapter.file.role == "part":
            groups.append(_Group(numbered.title, ()))
        elif numbered.chapter.file.role in ("chapter", "appendix"):
            groups[-1] = _Group(groups[-1].title, (*groups[-1].chapters, numbered))
    filled = [group for group in groups if group.chapters]
    columns = _columns(filled, _ROOM[page])
    html = fill(
        "print/checklist-tracker.html", {**template_values(edition, page=page), "columns": columns}
    )
    return fixed_run("tracker", html)


def _columns(groups: list[_Group], room: int) -> list[list[_Group]]:
    """The groups in two columns of about one height where they have room on a page."""
    heights = [len(group.chapters) + 2 for group in groups]
    half = sum(heights) / 2
    if half > room or len(groups) < 2:
        return [groups]
    split = min(range(1, len(groups)), key=lambda index: abs(sum(heights[:index]) - half))
    return [groups[:split], groups[split:]]
