"""The pipeline, one stage a line: the program's table of contents."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.book import Book, Manuscript, Output
from builder.cache import Store
from builder.config import CONFIG_NAME, Config, Edition, OutputName, Profile
from builder.decode import decode
from builder.diagnostics import (
    BuildFailed,
    Diagnostic,
    Outcome,
    Severity,
    in_order,
)
from builder.drafts import draft_all, survey_all
from builder.editions import EDITIONS, in_edition
from builder.names import file_name
from builder.parse.chapter import Draft, has_leaders_text
from builder.pool import Pool, pool_for
from builder.read import read_manuscript
from builder.render.print_pages import NOT_PRINTED, PrintedBook
from builder.render.theme import Theme, load_theme
from builder.render.trim import Trim, parse_trim
from builder.request import Artifact, Clock, Made, Progress, Report, Request
from builder.resolve.book import resolve_book
from builder.source import Source
from builder.state import State
from builder.words import Words, words_of
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


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A manuscript with its chapters parsed, ready to be resolved for an output."""

    manuscript: Manuscript
    drafts: tuple[Draft, ...]
    words: Words
    theme: Theme
    trim: Trim
    store: Store


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
    parsed = _parse(request, pool, progress, clock)
    edition = _edition(request, parsed.value)
    outputs = request.outputs or parsed.value.manuscript.config.outputs
    with clock.stage("resolve"):
        names_pages = "epub" in outputs and parsed.value.manuscript.config.epub.names_pages
        kinds = _resolved_for(outputs, names_pages)
        books = {each: _resolve(parsed.value, each, edition) for each in kinds}
    found = [*parsed.findings, *(each for book in books.values() for each in book.findings)]
    state = _read_state(parsed.value, request)
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
                epub = _make_epub(parsed.value, books["epub"].value, request, pages)
            made.insert(0, epub.value)
            found += epub.findings
        else:
            printer = _print(parsed.value, books["print"].value, request, state.value)
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
        parsed = _parse(request, pool, progress, clock)
        with clock.stage("resolve"):
            book = _resolve(parsed.value, "print", _edition(request, parsed.value))
        _stop_on_errors([*parsed.findings, *book.findings], request.strict)
        state = _read_state(parsed.value, request)
        printer = _print(parsed.value, book.value, request)
        laid = printer.lay(pool, progress, clock)
    found = in_order([*parsed.findings, *book.findings, *laid.findings])
    report = Report((), found, clock.timings)
    return Proof(book.value, laid.value.settled, state, report)


def check(request: Request, progress: Progress) -> Report:
    """Read, parse and resolve the book for every output and edition; nothing is written.

    Where the request says so, the e-book is made as well, and judged.
    """
    clock = Clock()
    with pool_for(request) if request.validate else Pool() as pool:
        parsed = _parse(request, pool, progress, clock)
        with clock.stage("resolve"):
            books = [*_resolve_all(parsed.value)]
        found = [*parsed.findings, *(each for book in books for each in book.findings)]
        found += _read_state(parsed.value, request).findings
        _stop_on_errors(found, request.strict)
        if request.validate:
            found += _judge(parsed.value, request, pool, progress, clock)
    _stop_on_errors(found, request.strict)
    return Report((), in_order(found), clock.timings)


def resolve(request: Request, progress: Progress) -> tuple[Book, ...]:
    """The book as it is printed, in every edition, to look up what is in it.

    Raises ``BuildFailed`` where the book has errors.
    """
    clock = Clock()
    with Pool() as pool:
        parsed = _parse(request, pool, progress, clock)
    books = [_resolve(parsed.value, "print", edition) for edition in EDITIONS]
    found = [*parsed.findings, *(each for book in books for each in book.findings)]
    _stop_on_errors(found, strict=False)
    return tuple(book.value for book in books)


def _judge(
    parsed: _Parsed, request: Request, pool: Pool, progress: Progress, clock: Clock
) -> tuple[Diagnostic, ...]:
    """What is found in the e-book as it would be built, the pages of the printed book in it."""
    edition = _edition(request, parsed)
    book, pages = _resolve(parsed, "epub", edition).value, NOT_PRINTED
    if book.config.epub.names_pages:
        printer = _print(parsed, _resolve(parsed, "print", edition).value, request)
        with printer.open_press(pool, progress) as press:
            pages = printer.make(("epub",), press, clock).value.book
    with clock.stage("epub"):
        return _make_epub(parsed, book, request, pages).findings


def _parse(request: Request, pool: Pool, progress: Progress, clock: Clock) -> Outcome[_Parsed]:
    root = request.root
    with clock.stage("read"):
        read = read_manuscript(root)
        manuscript = _for_readers(read.value, request.profile)
        config = manuscript.config
        source = decode((root / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
        named_in = None if request.theme else source
        theme = load_theme(request.theme or config.theme, root, named_in, request.store)
        trim = _trim(config, source)
    words = words_of(config.language)
    with clock.stage("parse"):
        made = draft_all(manuscript.files, config.language, request.store, pool, progress)
    drafts = tuple(draft.value for draft in made)
    findings = [
        *read.findings,
        *theme.findings,
        *(each for draft in made for each in draft.findings),
    ]
    parsed = _Parsed(manuscript, drafts, words, theme.value, trim, request.store)
    return Outcome(parsed, tuple(findings))


def _for_readers(manuscript: Manuscript, profile: Profile | None) -> Manuscript:
    """The manuscript, its e-book to be made for the readers that are asked for."""
    config = manuscript.config
    epub = replace(config.epub, profile=profile or config.epub.profile)
    return replace(manuscript, config=replace(config, epub=epub))


def _edition(request: Request, parsed: _Parsed) -> Edition:
    return request.edition or parsed.manuscript.config.edition


def _resolve(parsed: _Parsed, output: Output, edition: Edition) -> Outcome[Book]:
    words, store = parsed.words, parsed.store
    config = in_edition(parsed.manuscript.config, edition, words)
    manuscript = replace(parsed.manuscript, config=config)
    withheld = manuscript.withheld(edition)
    drafts = [draft for draft in parsed.drafts if draft.file.source.path not in withheld]
    surveyed = survey_all(drafts, output, words, store, edition)
    resolved = resolve_book(manuscript, [each.value for each in surveyed], words, store)
    found = (finding for each in surveyed for finding in each.findings)
    return Outcome(resolved.value, (*found, *resolved.findings))


def _resolve_all(parsed: _Parsed) -> Iterator[Outcome[Book]]:
    """The book for every output, in every edition that has a text of its own."""
    outputs: tuple[Output, ...] = ("print", "epub")
    editions = EDITIONS if any(map(has_leaders_text, parsed.drafts)) else EDITIONS[:1]
    for edition in editions:
        for output in outputs:
            yield _resolve(parsed, output, edition)


def _is_printed(outputs: Sequence[OutputName]) -> bool:
    return any(each != "epub" for each in outputs)


def _resolved_for(outputs: Sequence[OutputName], names_pages: bool) -> tuple[Output, ...]:
    is_printed = _is_printed(outputs) or names_pages
    return (*(("print",) if is_printed else ()), *(("epub",) if "epub" in outputs else ()))


def _make_epub(
    parsed: _Parsed, book: Book, request: Request, printed: PrintedBook = NOT_PRINTED
) -> Outcome[Made]:
    from builder.publishing import publish

    return publish(book, parsed.theme, parsed.words, request, printed)


def _read_state(parsed: _Parsed, request: Request) -> Outcome[State | None]:
    """What is done, where a file says so: held against the book in all its forms."""
    path = request.checklists.state
    if path is None:
        return Outcome(None)
    from builder.state.files import read_state

    book = _resolve(parsed, "print", _edition(request, parsed)).value
    read = read_state(path, book, [each.value for each in _resolve_all(parsed)])
    return Outcome(read.value, read.findings)


def _print(parsed: _Parsed, book: Book, request: Request, state: State | None = None) -> "Printer":
    from builder.printing import Printer

    return Printer(book, parsed.theme, parsed.trim, parsed.words, request, state)


def _write(made: Sequence[Made], config: Config, out: Path) -> tuple[Artifact, ...]:
    paths = [out / file_name(config, each.kind, each.shape) for each in made]
    write_all({path: each.pieces for path, each in zip(paths, made, strict=True)})
    return tuple(
        Artifact(each.kind, path, path.stat().st_size, each.pages)
        for path, each in zip(paths, made, strict=True)
    )


def _trim(config: Config, source: Source) -> Trim:
    trim = parse_trim(config.pdf.trim)
    if trim is None:
        offset = max(source.text.find(f'"{config.pdf.trim}"') + 1, 0)
        hint = "use A4, A5, Letter, 5x8, 5.5x8.5, 6x9, or a size such as 148mm x 210mm"
        message = f'"{config.pdf.trim}" is not a trim size'
        place = source.place(offset, len(config.pdf.trim))
        raise BuildFailed([Diagnostic("bad-trim", message, place, hint)], exit_code=2)
    return trim


def _stop_on_errors(findings: Sequence[Diagnostic], strict: bool) -> None:
    stops = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(finding.severity in stops for finding in findings):
        raise BuildFailed(in_order(findings))
