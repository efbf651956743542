"""The tracker: one box a chapter."""

from dataclasses import dataclass

from builder.book import Numbered
from builder.render.checklists.common import Edition, fixed_run, template_values
from builder.render.html import fill
from builder.render.pdf.plan import Run


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
    values = {**template_values(edition, page=page), "groups": filled}
    return fixed_run("tracker", fill("print/checklist-tracker.html", values))
