"""All checklists of a book -> printable pages: an index, a tracker, one page a chapter."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

from builder.book import Book, Checklist, Item, Numbered
from builder.diagnostics import BuildFailed, Diagnostic, Outcome
from builder.parse.tree import walk
from builder.render.html import fill
from builder.render.pdf.bind import bind, count_pages, has_furniture_apart
from builder.render.pdf.gathering import Gathering, Sheet
from builder.render.pdf.plan import Run, blank_html, common_values, describe
from builder.render.pdf.press import Press
from builder.render.pdf.print_tree import SLOT_SCHEME, UNKNOWN_PAGE, print_tree
from builder.render.pdf.settle import Settled, settle
from builder.render.theme import Theme
from builder.render.trim import parse_trim
from builder.words import Words

# The pitch of the ruled lines for notes in CSS pixels: 9 mm, as in checklists.css.
_LINE = 9 / 25.4 * 96
_MOST_LINES = 14
# Pages laid out together: one document for each would take longer to set up than to lay out.
_PAGES_A_RUN = 16
# Lines of the tracker, headings counted twice, that a column holds.
_TRACKER_ROOM = {"a4": 24, "letter": 23, "a5": 20}


@dataclass(frozen=True, slots=True)
class Task:
    """One printed line: the task as a tree, ticked or not, and the tasks under it."""

    body: Element
    is_done: bool
    tasks: tuple["Task", ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """One printed list; the chapter's own carries no title."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class LaidChecklists:
    """The set laid out, and the style sheets that it was laid out with."""

    settled: Settled
    css: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages the set has."""
        return count_pages(self.settled.placed)


@dataclass(frozen=True, slots=True)
class _Group:
    """A part of the tracker: its title and its chapters."""

    title: str
    chapters: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class _Edition:
    """A set of a book on one paper; ``book_pages`` holds the folio in the book of each anchor."""

    book: Book
    words: Words
    paper: str
    book_pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Page:
    """A chapter's page to be, as its template takes it."""

    edition: _Edition
    numbered: Numbered
    lists: tuple[TaskList, ...]
    from_page: str


def lists_of(book: Book) -> tuple[Numbered, ...]:
    """The chapters that have a checklist, in order."""
    return tuple(each for each in book.chapters if each.chapter.checklists)


def pick_chapters(book: Book, only: Sequence[str]) -> tuple[Numbered, ...]:
    """The chapters with checklists that are named by number, id, caption or title.

    Raises ``BuildFailed`` (exit code 2) with a finding for each name that fits none.
    """
    chapters = lists_of(book)
    if not only:
        return chapters
    unknown = [name for name in only if not any(_fits(each, name) for each in chapters)]
    if unknown:
        raise BuildFailed([_unknown(name, chapters) for name in unknown], exit_code=2)
    return tuple(each for each in chapters if any(_fits(each, name) for name in only))


def lay_checklists(
    book: Book,
    theme: Theme,
    words: Words,
    press: Press,
    *,
    paper: str,
    only: Sequence[str],
    book_pages: Mapping[str, str],
) -> Outcome[LaidChecklists]:
    """Lay out the set; ``book_pages`` holds the folio in the book of each anchor.

    Index and tracker are left out where single chapters are picked.
    """
    picked = pick_chapters(book, only)
    trim = parse_trim(paper)
    assert trim is not None
    css = (theme.css("checklists"), f"@page {{ size: {trim.width} {trim.height} }}")
    edition = _Edition(book, words, paper, book_pages)
    runs: list[Run] = []
    if not only:
        runs.append(_index_run(edition, picked))
        runs.append(_tracker_run(edition))
    pages = [_page_of(edition, numbered) for numbered in picked]
    runs += _chapter_runs(pages, css, press)
    settled = settle(runs, css, press.lay_all, with_furniture=not has_furniture_apart(css))
    return Outcome(LaidChecklists(settled.value, css), settled.findings)


def write_checklists(book: Book, laid: LaidChecklists, words: Words, press: Press) -> list[bytes]:
    """The laid-out set as the pieces of a PDF file."""
    title = f"{book.config.title}: {words.checklists}"
    blank = Gathering("blank", blank_html(book), laid.css)
    return bind(laid.settled, describe(book, title), press, css=laid.css, blank=blank)


def _fits(numbered: Numbered, name: str) -> bool:
    wanted = name.strip().casefold()
    names = (numbered.number, numbered.id, numbered.caption, numbered.title)
    return wanted in (each.casefold() for each in names if each)


def _unknown(name: str, chapters: Iterable[Numbered]) -> Diagnostic:
    names = [each for one in chapters for each in (one.id, one.title, one.caption) if each]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f'did you mean "{near[0]}"?' if near else "name it by number, id or title"
    return Diagnostic(
        "unknown-chapter", f'no chapter with a checklist is called "{name}"', None, hint
    )


def _index_run(edition: _Edition, picked: Sequence[Numbered]) -> Run:
    words, book_pages = edition.words, edition.book_pages

    def html(pages: Mapping[str, str]) -> str:
        lines = [
            {
                "anchor": f"list.{each.id}",
                "caption": each.caption,
                "title": each.title,
                "count": _counted(each.chapter.checklists, words),
                "from_page": words.page.format(page=book_pages.get(each.id, UNKNOWN_PAGE)),
                "page": pages.get(f"list.{each.id}", UNKNOWN_PAGE),
            }
            for each in picked
        ]
        return fill("print/checklist-index.html", {**_common(edition), "lines": lines})

    printed = frozenset(f"list.{each.id}" for each in picked)
    return Run("index", "main", "same", printed, frozenset(), html)


def _tracker_run(edition: _Edition) -> Run:
    groups: list[_Group] = [_Group("", ())]
    for numbered in edition.book.chapters:
        if numbered.chapter.file.role == "part":
            groups.append(_Group(numbered.title, ()))
        elif numbered.chapter.file.role in ("chapter", "appendix"):
            groups[-1] = _Group(groups[-1].title, (*groups[-1].chapters, numbered))
    columns = _columns([group for group in groups if group.chapters], _TRACKER_ROOM[edition.paper])
    values = {**_common(edition), "columns": columns}
    html = fill("print/checklist-tracker.html", values)
    return Run("tracker", "main", "same", frozenset(), frozenset(), partial(_constant, html))


def _columns(groups: list[_Group], room: int) -> list[list[_Group]]:
    """The groups in two columns of about one height where they have room on a page."""
    heights = [len(group.chapters) + 2 for group in groups]
    half = sum(heights) / 2
    if half > room or len(groups) < 2:
        return [groups]
    split = min(range(1, len(groups)), key=lambda index: abs(sum(heights[:index]) - half))
    return [groups[:split], groups[split:]]


def _chapter_runs(pages: Sequence[_Page], css: tuple[str, ...], press: Press) -> Iterator[Run]:
    """Runs of some pages each, with as many lines for notes as their paper has room for."""
    groups = [pages[start : start + _PAGES_A_RUN] for start in range(0, len(pages), _PAGES_A_RUN)]
    names = [f"lists-{number}" for number in range(1, len(groups) + 1)]
    bare = [
        Gathering(name, _pages_html(group, None), css)
        for name, group in zip(names, groups, strict=True)
    ]
    for name, group, sheet in zip(names, groups, press.lay_all(bare), strict=True):
        html = _pages_html(group, [_room(page, sheet) for page in group])
        yield Run(name, "main", "same", frozenset(), frozenset(), partial(_constant, html))


def _room(page: _Page, sheet: Sheet) -> int:
    """How many lines for notes stand below the lists; none where they end on another page."""
    first, start = sheet.anchors[_list_id(page)], sheet.anchors[f"{_list_id(page)}.notes"]
    if first.page != start.page:
        return 0
    return max(0, min(_MOST_LINES, int((sheet.anchors["page-end"].bottom - start.top) / _LINE)))


def _constant(html: str, _pages: Mapping[str, str]) -> str:
    return html


def _list_id(page: _Page) -> str:
    return f"list.{page.numbered.id}"


def _pages_html(pages: Sequence[_Page], lines: Sequence[int] | None) -> str:
    """Pages with lines for notes; without, they show where the notes would begin."""
    sheets = [
        {
            "id": _list_id(page),
            "caption": page.numbered.caption,
            "title": page.numbered.title,
            "lists": page.lists,
            "from_page": page.from_page,
            "lines": lines[index] if lines else 0,
        }
        for index, page in enumerate(pages)
    ]
    values = {**_common(pages[0].edition), "sheets": sheets, "is_fitting": lines is None}
    return fill("print/checklist.html", values)


def _page_of(edition: _Edition, numbered: Numbered) -> _Page:
    words, book_pages = edition.words, edition.book_pages

    def task(item: Item) -> Task:
        body = print_tree(item.body, numbered.chapter.notes, book_pages, words, with_pages=True)
        # The places that references name are in the book and not in this set.
        for link in walk(body, "a"):
            address = link.get("href", "")
            if address.startswith(SLOT_SCHEME):
                link.text = book_pages.get(address.removeprefix(SLOT_SCHEME), UNKNOWN_PAGE)
            if address.startswith(("#", SLOT_SCHEME)):
                link.tag, link.attrib = "span", {}
        return Task(body, item.is_done, tuple(task(inner) for inner in item.items))

    lists = tuple(
        TaskList("" if each.is_main else each.title, tuple(task(item) for item in each.items))
        for each in _main_first(numbered.chapter.checklists)
    )
    page = book_pages.get(numbered.id, UNKNOWN_PAGE)
    return _Page(edition, numbered, lists, words.from_page.format(page=page))


def _main_first(checklists: Iterable[Checklist]) -> list[Checklist]:
    return sorted(checklists, key=lambda each: not each.is_main)


def _counted(checklists: Iterable[Checklist], words: Words) -> str:
    count = sum(1 for each in checklists for _ in _flat(each.items))
    return words.one_task if count == 1 else words.tasks.format(count=count)


def _flat(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _flat(item.items)


def _common(edition: _Edition) -> dict[str, object]:
    matter = f"checklists paper-{edition.paper}"
    return {**common_values(edition.book), "matter": matter, "words": edition.words}
