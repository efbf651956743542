"""What is printed: the book and its checklists, from one layout."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.book import Book
from builder.config import OutputName, ShapeName
from builder.diagnostics import (
    BuildFailed,
    Diagnostic,
    Outcome,
    Severity,
    has_errors,
    in_order,
)
from builder.pool import Pool
from builder.render.booklet import Sheets, plan_sheets
from builder.render.checklists import lay_checklists
from builder.render.checklists.common import Edition, write_checklists
from builder.render.checklists.options import EXERCISE_SHAPES, settle_options
from builder.render.checklists.picking import pick_chapters
from builder.render.glyphs import find_missing_glyphs, find_unknown_families
from builder.render.pdf.book import LaidBook, lay_book, write_book
from builder.render.pdf.engine_messages import of_other_matters
from builder.render.pdf.page_starts import printed_book
from builder.render.pdf.press import Press
from builder.render.pdf.setup import Setup
from builder.render.pdf.verdicts import verdicts
from builder.render.pdf.whereabouts import on_their_pages
from builder.render.print_pages import NOT_PRINTED, PrintedBook
from builder.render.theme import Theme
from builder.render.theme.complaints import complaint_findings
from builder.render.trim import Trim
from builder.request import Clock, Made, Progress, Request
from builder.state import State
from builder.state.compare import with_state, written_in
from builder.words import Words


@dataclass(frozen=True, slots=True)
class Printed:
    """The files made, the gatherings that were laid out anew, and the pages for the e-book."""

    made: tuple[Made, ...]
    laid: tuple[str, ...]
    book: PrintedBook


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the printed outputs of one book."""

    book: Book
    theme: Theme
    trim: Trim
    words: Words
    request: Request
    state: State | None = None

    def make(self, outputs: Sequence[OutputName], press: Press, clock: Clock) -> Outcome[Printed]:
        """The outputs that are printed, by a press that is open until they are written."""
        if "checklists" in outputs:
            self._edition({})
        if "booklet" in outputs:
            self._sheets()
        made = self._press(outputs, press, clock)
        return Outcome(made.value, (*made.findings, *self._said_of_css(press)))

    def lay(self, pool: Pool, progress: Progress, clock: Clock) -> Outcome[LaidBook]:
        """The pages of the book, before they are bound."""
        with self.open_press(pool, progress) as press:
            laid = self._lay(press, clock)
        return Outcome(laid.value, (*laid.findings, *self._said_of_css(press)))

    def _said_of_css(self, press: Press) -> tuple[Diagnostic, ...]:
        """What the engine says of the theme: for each line once, and not for each chapter."""
        return tuple(complaint_findings(press.complaints, self.theme.own))

    def open_press(self, pool: Pool, progress: Progress) -> Press:
        """A press for the book, to be closed when all is written."""
        fonts = tuple((font.name, font.folder) for font in self.theme.fonts)
        setup = Setup(self.book.root, fonts, self.theme.generics, self.theme.lineage)
        return Press(setup, self.request.store, pool, progress)

    def _lay(self, press: Press, clock: Clock) -> Outcome[LaidBook]:
        with clock.stage("lay out"):
            laid = lay_book(self.book, self.theme, self.trim, self.words, press)
        settled = laid.value.settled
        fonts = find_unknown_families(self.book, self.theme)
        missing = tuple(find_missing_glyphs(self.book, self.theme, self.request.store))
        said = (
            *(of_other_matters(laid.findings) if missing else laid.findings),
            *verdicts(self.book, settled, press.store),
            *on_their_pages(self.book, settled, missing),
        )
        return Outcome(laid.value, (*fonts, *said))

    def _press(self, outputs: Sequence[OutputName], press: Press, clock: Clock) -> Outcome[Printed]:
        """What is printed; raises ``BuildFailed`` on letters that no font has."""
        made: list[Made] = []
        laid = self._lay(press, clock)
        if has_errors(laid.findings):
            raise BuildFailed(in_order(laid.findings))
        findings: list[Diagnostic] = [*laid.findings]
        if "pdf" in outputs:
            with clock.stage("bind"):
                pieces = write_book(self.book, laid.value, press)
            made.append(Made("pdf", pieces, laid.value.pages))
        if "booklet" in outputs:
            with clock.stage("booklet"):
                made.append(self._booklet(laid.value, press))
        if "checklists" in outputs:
            press.counts = "lists"
            with clock.stage("checklists"):
                for sets in self._checklists(laid.value.folios, press):
                    made += sets.value
                    findings += sets.findings
        names_pages = "epub" in outputs and self.book.config.epub.names_pages
        book = printed_book(self.book, laid.value.settled) if names_pages else NOT_PRINTED
        return Outcome(
            Printed(tuple(made), tuple(dict.fromkeys(press.laid)), book), tuple(findings)
        )

    def _booklet(self, laid: LaidBook, press: Press) -> Made:
        from builder.render.pdf.impose.sheets import impose  # takes its time

        sides = self._sheets().sides(laid.pages)
        data = impose(b"".join(write_book(self.book, laid, press)), sides)
        return Made("booklet", [data], len(sides))

    def _sheets(self) -> Sheets:
        """The sheets of the booklet; raises ``BuildFailed`` where no page fits on them."""
        config = self.book.config
        return plan_sheets(self.request.booklet, config.booklet, self.trim, config.language)

    def _checklists(
        self, folios: Mapping[str, str], press: Press
    ) -> Iterator[Outcome[tuple[Made, ...]]]:
        edition = self._edition(folios)
        for shape in edition.options.shapes:
            laid = lay_checklists(shape, edition, press)
            if not laid.value.pages:
                yield Outcome((), (_nothing_in(shape),))
                continue
            pieces = write_checklists(edition, laid.value, press)
            made = Made("checklists", pieces, laid.value.pages, shape)
            yield Outcome((made,), laid.findings)

    def _edition(self, folios: Mapping[str, str]) -> Edition:
        """What is asked of the checklists; raises ``BuildFailed`` where it cannot be given."""
        asked = self.request.checklists
        book = with_state(self.book, self.state) if self.state else self.book
        options = settle_options(asked, book.config.checklists)
        has_room = options.exercises and {*options.shapes} <= EXERCISE_SHAPES
        return Edition(
            book,
            self.theme,
            self.words,
            options,
            pick_chapters(book, asked.chapters, with_exercises=has_room),
            not asked.chapters,
            folios,
            written_in(self.state) if self.state else {},
        )


def _nothing_in(shape: ShapeName) -> Diagnostic:
    return Diagnostic(
        "no-checklists",
        f"no chapter has a checklist, and the shape {shape} is of nothing else",
        None,
        "write one: - [ ] To do",
        Severity.WARNING,
    )
