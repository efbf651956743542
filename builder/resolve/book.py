"""The parsed chapters of one output -> the book, everything numbered and resolved."""

from collections.abc import Iterable

from builder.book import Book, Chapter, Manuscript
from builder.diagnostics import Outcome
from builder.resolve.contents import make_contents
from builder.resolve.images import measure_images
from builder.resolve.numbers import number_chapters
from builder.resolve.references import find_targets, resolve_references
from builder.words import Words


def resolve_book(
    manuscript: Manuscript, chapters: Iterable[Chapter], words: Words
) -> Outcome[Book]:
    """Put the chapters of one output together; findings name what does not fit."""
    config = manuscript.config
    measured = measure_images(manuscript.root, tuple(chapters))
    numbered = number_chapters(measured.value, config.chapter_label, words)
    targets = find_targets(numbered)
    resolved = resolve_references(numbered, targets)
    book = Book(manuscript.root, config, resolved.value, make_contents(resolved.value), targets)
    return Outcome(book, (*measured.findings, *resolved.findings))
