"""The book's PDF: planned, laid out, its page numbers settled, and bound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from builder.book import Book
from builder.cache import key
from builder.config.languages import direction_of
from builder.diagnostics import Outcome
from builder.kept import recall, retain
from builder.render.colophon import printed_facts
from builder.render.pdf.bind import bind, count_pages, has_furniture_apart
from builder.render.pdf.chapter_html import Finish
from builder.render.pdf.edges import edge_rules, margin_rules
from builder.render.pdf.endings import ENDINGS_CSS
from builder.render.pdf.estimate import estimate_folios
from builder.render.pdf.gathering import Gathering, Html, Sheet
from builder.render.pdf.plan import blank_html, describe, plan_book
from builder.render.pdf.press import Press
from builder.render.pdf.print_tree import SLOT_CSS
from builder.render.pdf.settle import Guess, Settled, settle
from builder.render.theme import Theme
from builder.render.theme.sides import going_on, mirrored
from builder.render.trim import Trim
from builder.words import Words

# How much of the height of a page a picture takes at most.
_FIGURE = 0.58


@dataclass(frozen=True, slots=True)
class LaidBook:
    """The book laid out, and the style sheets that it was laid out with."""

    settled: Settled
    css: tuple[str, ...]

    @property
    def folios(self) -> Mapping[str, str]:
        """The folio of every anchor, as printed."""
        return self.settled.folios

    @property
    def pages(self) -> int:
        """How many pages the bound book has."""
        return count_pages(self.settled.placed)


def lay_book(book: Book, theme: Theme, trim: Trim, words: Words, press: Press) -> Outcome[LaidBook]:
    """Lay out the whole book."""
    css = _css(book, theme, trim)
    last = f"folios-{key(str(book.root.resolve()), theme.name)}"
    guess = recall(press.store, last, Guess)
    finish = Finish(printed_facts(book, theme, words), theme.has_initials)
    runs = plan_book(book, words, finish, partial(_lay_alone, press, css))
    settled = settle(
        runs,
        css,
        press.lay_all,
        with_furniture=not has_furniture_apart(css, press.store),
        estimate=estimate_folios(book, trim, press.store),
        guess=guess,
        keep=press.keep,
    )
    retain(press.store, last, settled.value.guess)
    return Outcome(LaidBook(settled.value, css), settled.findings)


def write_book(book: Book, laid: LaidBook, press: Press) -> Iterator[bytes]:
    """The laid-out book as the pieces of a PDF file, made as they are written."""
    blank = Gathering("blank", Html.of(blank_html(book)), laid.css)
    return bind(laid.settled, describe(book), press, blank=blank)


def _lay_alone(press: Press, css: tuple[str, ...], id_: str, html: str, goes_on: bool) -> Sheet:
    used = tuple(map(going_on, css)) if goes_on else css
    return press.lay_alone(Gathering(id_, Html.of(html), used))


def _css(book: Book, theme: Theme, trim: Trim) -> tuple[str, ...]:
    css = (theme.css("print"), _page_css(book, trim))
    is_bound_on_the_right = direction_of(book.config.language) == "rtl"
    return tuple(map(mirrored, css)) if is_bound_on_the_right else css


def _page_css(book: Book, trim: Trim) -> str:
    pdf = book.config.pdf
    rules = [
        f"@page {{ size: {trim.width} {trim.height} }}",
        f"@page landscape, front-landscape {{ size: {trim.height} {trim.width} }}",
        # A figure fits on a page with its caption: the type area is taller in every theme.
        f"figure img {{ max-height: {_share(trim.height)}; object-fit: contain }}",
        f".landscape figure img {{ max-height: {_share(trim.width)} }}",
        *edge_rules(trim, pdf.bleed, pdf.marks),
        *(margin_rules(trim) if pdf.wide_margin else ()),
        SLOT_CSS,
        ENDINGS_CSS,
    ]
    if not pdf.hyphenate:
        rules.append("html { hyphens: manual }")
    if not pdf.justify:
        rules.append("html { text-align: start }")
    return "\n".join(rules)


def _share(length: str) -> str:
    return f"calc({length} * {_FIGURE})"
