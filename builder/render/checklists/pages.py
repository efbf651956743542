"""The shape ``pages``: an index, a tracker, one page a chapter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

from builder.book import Numbered
from builder.diagnostics import Outcome
from builder.render.checklists.common import (
    Edition,
    LaidChecklists,
    form_of_set,
    from_page_and_list,
    page_css,
    settle_runs,
    template_values,
)
from builder.render.checklists.exercises import exercises_of
from builder.render.checklists.lines import TaskList, count_text, task_lists
from builder.render.checklists.note_lines import lines_below, runs_with_lines
from builder.render.checklists.per_sheet import lay_per_sheet
from builder.render.checklists.tracker import tracker_run
from builder.render.form import Form
from builder.render.html import fill
from builder.render.pdf.gathering import Sheet
from builder.render.pdf.plan import Run
from builder.render.pdf.press import Press
from builder.render.pdf.print_tree import UNKNOWN_PAGE

# The pitch of the ruled lines for notes in CSS pixels: 9 mm, as in checklists.css.
_LINE = 9 / 25.4 * 96


@dataclass(frozen=True, slots=True)
class _Page:
    """A chapter's page to be, as its template takes it."""

    id: str
    chapter: str
    caption: str
    title: str
    lists: tuple[TaskList, ...]
    from_page: str
    exercises: tuple[Element, ...]


def lay_pages(edition: Edition, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the set, one page on a sheet or two of half the size."""
    return lay_per_sheet(lay_set, edition, press)


def lay_set(edition: Edition, page: str, press: Press) -> Outcome[LaidChecklists]:
    """Lay out the set on a size of page.

    Index and tracker are left out where single chapters are picked.
    """
    css = page_css(edition, page, "pages")
    runs: list[Run] = []
    if edition.is_whole:
        runs.append(_index_run(edition, page))
        runs.append(tracker_run(edition, page))
    pages = [*_pages_of(edition)]
    runs += runs_with_lines("lists", pages, partial(_pages_html, edition, page), _room, css, press)
    return settle_runs(runs, css, press)


def _index_run(edition: Edition, page: str) -> Run:
    words, book_pages = edition.words, edition.book_pages

    def html(pages: Mapping[str, str]) -> str:
        lines = [
            {
                "anchor": f"list.{each.id}",
                "caption": each.caption,
                "title": each.title,
                "count": count_text(each.chapter.checklists, words),
                "from_page": words.page.format(page=book_pages.get(each.id, UNKNOWN_PAGE)),
                "page": pages.get(f"list.{each.id}", UNKNOWN_PAGE),
            }
            for each in edition.picked
        ]
        values = {**template_values(edition, page=page), "lines": lines}
        return fill("print/checklist-index.html", values)

    printed = frozenset(f"list.{each.id}" for each in edition.picked)
    return Run("index", "main", "same", printed, frozenset(), html)


def _room(page: _Page, sheet: Sheet) -> int:
    """How many lines for notes stand below the lists; none on a page of their own."""
    if not page.lists:
        return 0
    end, start = sheet.anchors[f"{page.id}.end"], sheet.anchors[f"{page.id}.notes"]
    if end.page != start.page:
        return 0
    return lines_below(start.top, _LINE, sheet)


def _pages_html(
    edition: Edition, size: str, pages: Sequence[_Page], lines: Sequence[int] | None
) -> str:
    """Pages with lines for notes; without, they show where the notes would begin."""
    sheets = [
        {
            "id": page.id,
            "chapter": page.chapter,
            "caption": page.caption,
            "title": page.title,
            "lists": page.lists,
            "from_page": page.from_page,
            "exercises": page.exercises,
            "lines": lines[index] if lines else 0,
        }
        for index, page in enumerate(pages)
    ]
    values = {**template_values(edition, page=size), "sheets": sheets, "is_fitting": lines is None}
    return fill("print/checklist.html", values)


def _pages_of(edition: Edition) -> Iterator[_Page]:
    """A page for each chapter that is picked; in a whole set, for one with exercises alone too."""
    form, picked = form_of_set(edition), {each.id for each in edition.picked}
    for numbered in edition.book.chapters:
        page = _page_of(edition, numbered, form)
        if numbered.id in picked or (edition.is_whole and page.exercises):
            yield page


def _page_of(edition: Edition, numbered: Numbered, form: Form) -> _Page:
    return _Page(
        f"list.{numbered.id}",
        numbered.id,
        numbered.caption,
        numbered.title,
        task_lists(edition, numbered),
        from_page_and_list(edition, numbered),
        exercises_of(edition, numbered, form),
    )
