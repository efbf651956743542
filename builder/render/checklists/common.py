"""What all shapes of the checklists share: what is printed, and how it becomes a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from builder.book import Book, Numbered
from builder.config import ChecklistOptions
from builder.config.languages import direction_of
from builder.diagnostics import Outcome
from builder.render.checklists.formats import format_of
from builder.render.form import FORM_CSS, Form, form_of
from builder.render.pdf.bind import bind, count_pages, has_furniture_apart
from builder.render.pdf.chapter_html import common_values
from builder.render.pdf.endings import ENDINGS_CSS
from builder.render.pdf.gathering import Gathering, Html
from builder.render.pdf.impose.plan import Side
from builder.render.pdf.own_checklist import checklist_page
from builder.render.pdf.plan import Run, blank_html, describe
from builder.render.pdf.press import Press
from builder.render.pdf.print_tree import UNKNOWN_PAGE
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
    settled = settle(
        runs, css, press.lay_all, with_furniture=not has_furniture_apart(css, press.store)
    )
    return Outcome(LaidChecklists(settled.value, css), settled.findings)


def write_checklists(edition: Edition, laid: LaidChecklists, press: Press) -> Iterable[bytes]:
    """The laid-out set as the pieces of a PDF file."""
    book = edition.book
    title = f"{book.config.title}: {edition.words.checklists}"
    blank = Gathering("blank", Html.of(blank_html(book)), laid.css)
    pieces = bind(laid.settled, describe(book, title), press, blank=blank)
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


@cache
def _shape_css(name: str) -> str:
    return (styles_folder() / "shapes" / f"{name}.css").read_text(encoding="utf-8")


def fixed_run(name: str, html: str) -> Run:
    """A run of pages that print no page numbers of the set."""
    return Run(name, "main", "same", frozenset(), frozenset(), partial(_constant, html))


def _constant(html: str, _pages: Mapping[str, str]) -> str:
    return html
