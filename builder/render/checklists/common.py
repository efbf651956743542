"""What all shapes of the checklists share: what is printed, and how it becomes a file."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from xml.etree.ElementTree import Element

from builder.book import Book, Checklist, Item, Numbered, flat
from builder.config import ChecklistOptions
from builder.config.languages import direction_of
from builder.diagnostics import BuildFailed, Diagnostic, Outcome
from builder.parse.tree import walk
from builder.render.checklists.formats import format_of
from builder.render.form import FORM_CSS, Form, form_of
from builder.render.pdf.bind import bind, count_pages, has_furniture_apart
from builder.render.pdf.endings import ENDINGS_CSS, hold_last_words
from builder.render.pdf.gathering import Gathering, Html
from builder.render.pdf.impose.plan import Side
from builder.render.pdf.own_checklist import checklist_page
from builder.render.pdf.plan import Run, blank_html, common_values, describe
from builder.render.pdf.press import Press
from builder.render.pdf.print_tree import SLOT_SCHEME, UNKNOWN_PAGE, print_tree
from builder.render.pdf.settle import Settled, settle
from builder.render.theme import Theme
from builder.themes import styles_folder
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Edition:
    """The checklists of a book as they are to be printed.

    ``picked`` are the chapters with lists that are wanted, all of them where ``is_whole``;
    ``book_pages`` holds the folio in the book of each anchor, ``written`` what stands in the
    fields of a form from the start, by the name of the place.
    """

    book: Book
    theme: Theme
    words: Words
    options: ChecklistOptions
    picked: tuple[Numbered, ...]
    is_whole: bool
    book_pages: Mapping[str, str]
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_right_to_left(self) -> bool:
        """Whether the book is read from right to left."""
        return direction_of(self.book.config.language) == "rtl"


@dataclass(frozen=True, slots=True)
class LaidChecklists:
    """A set laid out, and the style sheets that it was laid out with.

    ``sides`` say where its pages go on sheets; they are the sheets where there are none.
    """

    settled: Settled
    css: tuple[str, ...]
    sides: tuple[Side, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return len(self.sides) or count_pages(self.settled.placed)


Shape = Callable[[Edition, Press], Outcome[LaidChecklists]]


@dataclass(frozen=True, slots=True)
class Task:
    """One printed line: the task as a tree, ticked or not, and the tasks under it."""

    id: str
    text: str
    body: Element
    is_done: bool
    tasks: tuple["Task", ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """One printed list; the chapter's own carries no title."""

    id: str
    title: str
    tasks: tuple[Task, ...]


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


def page_css(edition: Edition, page: str, *shapes: str) -> tuple[str, ...]:
    """Style sheets for pages of a size that has a name.

    What every theme shares of a shape comes before the theme's own sheet, and what holds
    whatever a theme says behind it.
    """
    trim, options = format_of(page), edition.options
    switches = (
        ("right-to-left", edition.is_right_to_left),
        ("large-print", options.large_print),
        ("ink-saver", options.ink_saver),
    )
    return (
        *(_shape_css(name) for name in shapes),
        edition.theme.css("checklists"),
        ENDINGS_CSS,
        f"@page {{ size: {trim.width} {trim.height} }}",
        *((FORM_CSS,) if options.fillable else ()),
        *(_shape_css(name) for name, is_wanted in switches if is_wanted),
    )


def settle_runs(runs: Sequence[Run], css: tuple[str, ...], press: Press) -> Outcome[LaidChecklists]:
    """Lay out runs of pages until their numbers stand."""
    settled = settle(runs, css, press.lay_all, with_furniture=not has_furniture_apart(css))
    return Outcome(LaidChecklists(settled.value, css), settled.findings)


def write_checklists(edition: Edition, laid: LaidChecklists, press: Press) -> Iterable[bytes]:
    """The laid-out set as the pieces of a PDF file."""
    book = edition.book
    title = f"{book.config.title}: {edition.words.checklists}"
    blank = Gathering("blank", Html.of(blank_html(book)), laid.css)
    pieces = bind(laid.settled, describe(book, title), press, css=laid.css, blank=blank)
    if not laid.sides:
        return pieces
    from builder.render.pdf.impose.sheets import impose  # takes its time, and most sets do without

    return [impose(b"".join(pieces), laid.sides)]


def template_values(edition: Edition, *matter: str, page: str = "") -> dict[str, object]:
    """What every template of the checklists takes; ``matter`` are classes of the page's body.

    ``page`` is the name of its size where it is not that of the paper.
    """
    options = edition.options
    names = ["checklists", *matter, f"paper-{page or options.paper}"]
    names += ["large-print"] if options.large_print else []
    names += ["ink-saver"] if options.ink_saver else []
    return {
        **common_values(edition.book),
        "matter": " ".join(names),
        "words": edition.words,
        "form": form_of_set(edition),
    }


def form_of_set(edition: Edition) -> Form:
    """The form that a set is where it can be filled in."""
    is_form = edition.options.fillable
    return form_of(edition.book.config.urn, edition.written) if is_form else Form()


def task_lists(edition: Edition, numbered: Numbered) -> tuple[TaskList, ...]:
    """The lists of a chapter as printed, its own first."""
    return tuple(
        TaskList(
            each.anchor,
            "" if each.is_main else each.title,
            tuple(task_of(edition, numbered, item) for item in each.items),
        )
        for each in main_first(numbered.chapter.checklists)
    )


def task_of(edition: Edition, numbered: Numbered, item: Item) -> Task:
    """A task of a chapter as printed, with those under it."""
    body = set_tree(edition, numbered, item.body)
    tasks = tuple(task_of(edition, numbered, inner) for inner in item.items)
    return Task(item.id, item.text, body, item.is_done, tasks)


def set_tree(edition: Edition, numbered: Numbered, tree: Element) -> Element:
    """A copy of a tree from a chapter as the set prints it."""
    pages = edition.book_pages
    body = print_tree(tree, numbered.chapter.notes, pages, edition.words, with_pages=True)
    # The places that references name are in the book and not in this set.
    for link in walk(body, "a"):
        address = link.get("href", "")
        if address.startswith(SLOT_SCHEME):
            link.text = pages.get(address.removeprefix(SLOT_SCHEME), UNKNOWN_PAGE)
        if address.startswith(("#", SLOT_SCHEME)):
            link.tag, link.attrib = "span", {}
    hold_last_words(body)
    return body


def main_first(checklists: Iterable[Checklist]) -> list[Checklist]:
    """The lists of a chapter, its own first."""
    return sorted(checklists, key=lambda each: not each.is_main)


def from_page(edition: Edition, numbered: Numbered) -> str:
    """The words "from page 47" for a chapter."""
    page = edition.book_pages.get(numbered.id, UNKNOWN_PAGE)
    return edition.words.from_page.format(page=page)


def from_page_and_list(edition: Edition, numbered: Numbered) -> str:
    """The same with "checklist on page 52" where the list has a page of its own in the book."""
    page = edition.book_pages.get(numbered.id, UNKNOWN_PAGE)
    checklist = edition.book_pages.get(checklist_page(numbered.id))
    if checklist is None:
        return from_page(edition, numbered)
    return edition.words.from_page_and_list.format(page=page, checklist=checklist)


def count_tasks(checklists: Iterable[Checklist]) -> int:
    """How many tasks there are, those under others included."""
    return sum(1 for each in checklists for _ in flat(each.items))


def count_text(checklists: Iterable[Checklist], words: Words) -> str:
    """The words "8 tasks"."""
    return tasks_text(count_tasks(checklists), words)


def tasks_text(count: int, words: Words) -> str:
    """The same for a number."""
    return words.one_task if count == 1 else words.tasks.format(count=count)


@cache
def _shape_css(name: str) -> str:
    return (styles_folder() / "shapes" / f"{name}.css").read_text(encoding="utf-8")


def constant(html: str, _pages: Mapping[str, str]) -> str:
    """HTML that prints no page numbers, for a run."""
    return html


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
