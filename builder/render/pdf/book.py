"""The book's PDF: runs laid out, settled, and bound with blank versos between."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.book import Book
from builder.diagnostics import Outcome
from builder.render.pdf.lay import Engine, Gathering, Sheet
from builder.render.pdf.plan import blank_html, head_html, plan_book
from builder.render.pdf.settle import settle
from builder.render.theme import Theme
from builder.render.trim import Trim
from builder.words import Words

if TYPE_CHECKING:
    from weasyprint import Page

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class LaidBook:
    """The book laid out: its pages in order, what they are labelled, and the folio of anchors."""

    pages: "tuple[Page, ...]"
    labels: tuple[tuple[int, str], ...]
    folios: Mapping[str, str]


def lay_book(
    book: Book, theme: Theme, trim: Trim, words: Words, engine: Engine, progress: Progress
) -> Outcome[LaidBook]:
    """Lay out the whole book; ``progress`` hears of each gathering laid out."""
    css = (theme.css("print"), _page_css(book, trim))
    runs = plan_book(book, words)
    done = 0

    def lay(gathering: Gathering) -> Sheet:
        nonlocal done
        progress("lay out", min(done, len(runs)), len(runs))
        done += 1
        return engine.lay(gathering)

    settled = settle(runs, css, lay)
    progress("lay out", len(runs), len(runs))
    blank = engine.lay(Gathering("blank", blank_html(book), css)).pages
    pages: list[Page] = []
    body_start = None
    for run, gathering, sheet in settled.value.sheets:
        if len(pages) % 2 == (gathering.opens_on == "right"):
            pages.extend(blank)
        if run.matter == "main" and body_start is None:
            body_start = len(pages)
        pages.extend(sheet.pages)
    labels = ((0, "r"), *(((body_start, "D"),) if body_start is not None else ()))
    return Outcome(LaidBook(tuple(pages), labels, settled.value.pages), settled.findings)


def write_book(book: Book, laid: LaidBook, engine: Engine) -> Outcome[bytes]:
    """The laid-out book as PDF."""
    return engine.write(laid.pages, head_html(book), laid.labels)


def _page_css(book: Book, trim: Trim) -> str:
    pdf = book.config.pdf
    rules = [f"@page {{ size: {trim.width} {trim.height} }}"]
    if not pdf.hyphenate:
        rules.append("html { hyphens: manual }")
    if not pdf.justify:
        rules.append("html { text-align: start }")
    return "\n".join(rules)
