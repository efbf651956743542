"""Opening a book: its folder read, its chapters parsed, and resolved for an output."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.book import Book, Manuscript, Output
from builder.cache import Store
from builder.config import CONFIG_NAME, Config, Edition, Profile
from builder.decode import decode
from builder.diagnostics import BuildFailed, Diagnostic, Outcome
from builder.drafts import draft_all, survey_all
from builder.editions import EDITIONS, in_edition
from builder.parse.chapter import Draft
from builder.parse.survey import has_leaders_text
from builder.pool import Pool
from builder.read import read_manuscript
from builder.render.theme import Theme, load_theme
from builder.render.trim import Trim, parse_trim
from builder.request import Clock, Progress, Request
from builder.resolve.book import resolve_book
from builder.source import Source
from builder.words import Words, words_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A manuscript with its chapters parsed, ready to be resolved for an output."""

    manuscript: Manuscript
    drafts: tuple[Draft, ...]
    words: Words
    theme: Theme
    trim: Trim
    store: Store


def open_book(request: Request, pool: Pool, progress: Progress, clock: Clock) -> Outcome[Opened]:
    """Read and parse the book; raises ``BuildFailed`` where it cannot be opened at all."""
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
    opened = Opened(manuscript, drafts, words, theme.value, trim, request.store)
    return Outcome(opened, tuple(findings))


def _for_readers(manuscript: Manuscript, profile: Profile | None) -> Manuscript:
    """The manuscript, its e-book to be made for the readers that are asked for."""
    config = manuscript.config
    epub = replace(config.epub, profile=profile or config.epub.profile)
    return replace(manuscript, config=replace(config, epub=epub))


def edition_of(request: Request, opened: Opened) -> Edition:
    """The edition that is asked for, else the book's own."""
    return request.edition or opened.manuscript.config.edition


def resolved(opened: Opened, output: Output, edition: Edition) -> Outcome[Book]:
    """The book for one output and edition."""
    words, store = opened.words, opened.store
    config = in_edition(opened.manuscript.config, edition, words)
    manuscript = replace(opened.manuscript, config=config)
    withheld = manuscript.withheld(edition)
    drafts = [draft for draft in opened.drafts if draft.file.source.path not in withheld]
    surveyed = survey_all(drafts, output, words, store, edition)
    made = resolve_book(manuscript, [each.value for each in surveyed], words, store)
    found = (finding for each in surveyed for finding in each.findings)
    return Outcome(made.value, (*found, *made.findings))


def resolved_all(opened: Opened) -> Iterator[Outcome[Book]]:
    """The book for every output, in every edition that has a text of its own."""
    outputs: tuple[Output, ...] = ("print", "epub")
    editions = EDITIONS if any(map(has_leaders_text, opened.drafts)) else EDITIONS[:1]
    for edition in editions:
        for output in outputs:
            yield resolved(opened, output, edition)


def _trim(config: Config, source: Source) -> Trim:
    trim = parse_trim(config.pdf.trim)
    if trim is None:
        offset = max(source.text.find(f'"{config.pdf.trim}"') + 1, 0)
        hint = "use A4, A5, Letter, 5x8, 5.5x8.5, 6x9, or a size such as 148mm x 210mm"
        message = f'"{config.pdf.trim}" is not a trim size'
        place = source.place(offset, len(config.pdf.trim))
        raise BuildFailed([Diagnostic("bad-trim", message, place, hint)], exit_code=2)
    return trim
