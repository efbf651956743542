"""The parsed chapters of one output -> the book, everything numbered and resolved."""

from collections.abc import Iterable

from builder.book import Book, Chapter, Manuscript
from builder.cache import NO_STORE, Store
from builder.diagnostics import Outcome
from builder.resolve.captions import number_captions
from builder.resolve.citations import cite_sources
from builder.resolve.contents import make_contents
from builder.resolve.glossary import link_terms
from builder.resolve.images import measure_images
from builder.resolve.index import make_index
from builder.resolve.lists import make_lists
from builder.resolve.numbers import number_chapters
from builder.resolve.references import find_targets, resolve_references
from builder.words import Words


def resolve_book(
    manuscript: Manuscript, surveyed: Iterable[Chapter], words: Words, store: Store = NO_STORE
) -> Outcome[Book]:
    """Put the chapters of one output together; findings name what does not fit."""
    config = manuscript.config
    measured = measure_images(manuscript.root, tuple(surveyed), store)
    label = words.chapter if config.chapter_label is None else config.chapter_label
    numbered = number_chapters(measured.value, label, words)
    counted = number_captions(numbered, config, words)
    sources = manuscript.bibliography
    cited = cite_sources(counted.chapters, sources, config.language, store)
    targets = find_targets(cited.value, counted.labels)
    withheld = manuscript.withheld(config.edition)
    resolved = resolve_references(cited.value, targets, withheld)
    linked = link_terms(resolved.value, config.glossary, config.language, store)
    chapters = linked.value.chapters
    contents = make_contents(chapters)
    lists = make_lists(chapters, counted.counted, config)
    index = make_index(chapters, config.language)
    uses = linked.value.uses
    book = Book(manuscript.root, config, chapters, contents, targets, lists, index.value, uses)
    outcomes = (measured, cited, resolved, linked, index)
    return Outcome(book, tuple(finding for each in outcomes for finding in each.findings))
