"""The e-book of a book: made, and judged where that is asked for."""

from builder.book import Book
from builder.diagnostics import Outcome
from builder.pool import NO_POOL, Pool
from builder.render.epub.package import make_epub
from builder.render.print_pages import NOT_PRINTED, PrintedBook
from builder.render.theme import Theme
from builder.request import Made, Request, stamp_of
from builder.words import Words


def publish(
    book: Book,
    theme: Theme,
    words: Words,
    request: Request,
    printed: PrintedBook = NOT_PRINTED,
    pool: Pool = NO_POOL,
) -> Outcome[Made]:
    """The e-book as one file; raises ``BuildFailed`` where it cannot be judged as asked."""
    if request.validate:
        from builder.validate.epubcheck import require_epubcheck

        require_epubcheck()
    stamp = stamp_of(book.config.date, request.epoch)
    made = make_epub(book, theme, words, stamp, request.store, printed, pool)
    found = [*made.findings]
    if request.validate:
        from builder.validate.epub import validate_epub

        found += validate_epub(made.value)
    return Outcome(Made("epub", [made.value.data]), tuple(found))
