"""The pipeline, one stage a line: the program's table of contents."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.book import Book, Output
from builder.config import Config, OutputName
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, Severity, in_order
from builder.editions import EDITIONS
from builder.names import file_name
from builder.opening import Opened, edition_of, open_book, resolved, resolved_all
from builder.pool import Pool, pool_for
from builder.render.print_pages import NOT_PRINTED, PrintedBook
from builder.request import Artifact, Clock, Made, Progress, Report, Request
from builder.state import State
from builder.write import write_all

if TYPE_CHECKING:
    from builder.printing import Printer
    from builder.render.pdf.settle import Settled


@dataclass(frozen=True, slots=True)
class Proof:
    """The printed book laid out to look at, with what was found on the way.

    ``state`` is what the request's file says is done, and what was found in it.
    """

    book: Book
    settled: "Settled"
    state: Outcome[State | None]
    report: Report


def build(request: Request, progress: Progress) -> Report:
    """Build what is asked for; raises ``BuildFailed`` and leaves the last good files alone."""
    with pool_for(request) as pool:
        if request.outputs != ("epub",):
            pool.warm_up()
        return build_with(pool, request, progress)


def build_with(pool: Pool, request: Request, progress: Progress) -> Report:
    """Build with workers that may be starting already."""
    clock = Clock()
    with ExitStack() as presses:
        return _build(presses, pool, request, progress, clock)


def _build(
    presses: ExitStack, pool: Pool, request: Request, progress: Progress, clock: Clock
) -> Report:
    """Build; the presses are open until all is written, for pages are bound as they are written."""
    opened = open_book(request, pool, progress, clock)
    edition = edition_of(request, opened.value)
    outputs = request.outputs or opened.value.manuscript.config.outputs
    with clock.stage("resolve"):
        names_pages = "epub" in outputs and opened.value.manuscript.config.epub.names_pages
        kinds = _resolved_for(outputs, names_pages)
        books = {each: resolved(opened.value, each, edition) for each in kinds}
    found = [*opened.findings, *(each for book in books.values() for each in book.findings)]
    state = _read_state(opened.value, request)
    found += state.findings
    _stop_on_errors(found, request.strict)
    made: list[Made] = []
    laid: tuple[str, ...] = ()
    pages = NOT_PRINTED
    # The workers load the engine meanwhile, unless the e-book has to wait for them.
    steps = ("print", "epub") if names_pages else ("epub", "print")
    for step in (each for each in steps if each in books):
        if step == "epub":
            with clock.stage("epub"):
                epub = _make_epub(opened.value, books["epub"].value, request, pool, pages)
            made.insert(0, epub.value)
            found += epub.findings
        else:
            printer = _print(opened.value, books["print"].value, request, state.value)
            press = presses.enter_context(printer.open_press(pool, progress))
            printed = printer.make(outputs, press, clock)
            made += printed.value.made
            laid, pages = printed.value.laid, printed.value.book
            found += printed.findings if _is_printed(outputs) else ()
    _stop_on_errors(found, request.strict)
    with clock.stage("write"):
        config = next(iter(books.values())).value.config
        artifacts = _write(made, config, request.out)
    return Report(artifacts, in_order(found), clock.timings, laid)


def proof(request: Request, progress: Progress) -> Proof:
    """Lay the printed book out to look at its pages; nothing is written.

    Raises ``BuildFailed`` where the book cannot be laid out.
    """
    clock = Clock()
    with pool_for(request) as pool:
        pool.warm_up()
        opened = open_book(request, pool, progress, clock)
        with clock.stage("resolve"):
            book = resolved(opened.value, "print", edition_of(request, opened.value))
        _stop_on_errors([*opened.findings, *book.findings], request.strict)
        state = _read_state(opened.value, request)
        printer = _print(opened.value, book.value, request)
        laid = printer.lay(pool, progress, clock)
    found = in_order([*opened.findings, *book.findings, *laid.findings])
    report = Report((), found, clock.timings)
    return Proof(book.value, laid.value.settled, state, report)


def check(request: Request, progress: Progress) -> Report:
    """Read, parse and resolve the book for every output and edition; nothing is written.

    Where the request says so, the e-book is made as well, and judged.
    """
    clock = Clock()
    with pool_for(request) if request.validate else Pool() as pool:
        opened = open_book(request, pool, progress, clock)
        with clock.stage("resolve"):
            books = [*resolved_all(opened.value)]
        found = [*opened.findings, *(each for book in books for each in book.findings)]
        found += _read_state(opened.value, request).findings
        _stop_on_errors(found, request.strict)
        if request.validate:
            found += _judge(opened.value, request, pool, progress, clock)
    _stop_on_errors(found, request.strict)
    return Report((), in_order(found), clock.timings)


def resolve(request: Request, progress: Progress) -> tuple[Book, ...]:
    """The book as it is printed, in every edition, to look up what is in it.

    Raises ``BuildFailed`` where the book has errors.
    """
    clock = Clock()
    with Pool() as pool:
        opened = open_book(request, pool, progress, clock)
    books = [resolved(opened.value, "print", edition) for edition in EDITIONS]
    found = [*opened.findings, *(each for book in books for each in book.findings)]
    _stop_on_errors(found, strict=False)
    return tuple(book.value for book in books)


def _judge(
    opened: Opened, request: Request, pool: Pool, progress: Progress, clock: Clock
) -> tuple[Diagnostic, ...]:
    """What is found in the e-book as it would be built, the pages of the printed book in it."""
    edition = edition_of(request, opened)
    book, pages = resolved(opened, "epub", edition).value, NOT_PRINTED
    if book.config.epub.names_pages:
        printer = _print(opened, resolved(opened, "print", edition).value, request)
        with printer.open_press(pool, progress) as press:
            pages = printer.make(("epub",), press, clock).value.book
    with clock.stage("epub"):
        return _make_epub(opened, book, request, pool, pages).findings


def _is_printed(outputs: Sequence[OutputName]) -> bool:
    return any(each != "epub" for each in outputs)


def _resolved_for(outputs: Sequence[OutputName], names_pages: bool) -> tuple[Output, ...]:
    is_printed = _is_printed(outputs) or names_pages
    return (*(("print",) if is_printed else ()), *(("epub",) if "epub" in outputs else ()))


def _make_epub(
    opened: Opened, book: Book, request: Request, pool: Pool, printed: PrintedBook
) -> Outcome[Made]:
    from builder.publishing import publish

    return publish(book, opened.theme, opened.words, request, printed, pool)


def _read_state(opened: Opened, request: Request) -> Outcome[State | None]:
    """What is done, where a file says so: held against the book in all its forms."""
    path = request.checklists.state
    if path is None:
        return Outcome(None)
    from builder.state.files import read_state

    book = resolved(opened, "print", edition_of(request, opened)).value
    read = read_state(path, book, [each.value for each in resolved_all(opened)])
    return Outcome(read.value, read.findings)


def _print(opened: Opened, book: Book, request: Request, state: State | None = None) -> "Printer":
    from builder.printing import Printer

    return Printer(book, opened.theme, opened.trim, opened.words, request, state)


def _write(made: Sequence[Made], config: Config, out: Path) -> tuple[Artifact, ...]:
    paths = [out / file_name(config, each.kind, each.shape) for each in made]
    written = write_all({path: each.pieces for path, each in zip(paths, made, strict=True)})
    return tuple(
        Artifact(each.kind, path, written[path].size, each.pages, written[path].digest)
        for path, each in zip(paths, made, strict=True)
    )


def _stop_on_errors(findings: Sequence[Diagnostic], strict: bool) -> None:
    stops = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(finding.severity in stops for finding in findings):
        raise BuildFailed(in_order(findings))
