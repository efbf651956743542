"""What the page doctor found, in words: the page of the book, and the line of the manuscript."""

from collections.abc import Callable, Iterator, Mapping

from builder.book import Book, Chapter
from builder.cache import NO_STORE, Store
from builder.diagnostics import Diagnostic, Severity
from builder.render.pdf.gathering import Flaw
from builder.render.pdf.places import place_of_block
from builder.render.pdf.settle import Placed, Settled, folio_of

_Words = Callable[[Flaw], tuple[str, str]]


def verdicts(book: Book, settled: Settled, store: Store = NO_STORE) -> Iterator[Diagnostic]:
    """A warning for each flaw of the book's pages."""
    chapters = {numbered.id: numbered.chapter for numbered in book.chapters}
    for placed in settled.placed:
        for flaw in placed.sheet.survey.flaws:
            yield _verdict(flaw, placed, chapters.get(placed.run.id), store)


def _verdict(flaw: Flaw, placed: Placed, chapter: Chapter | None, store: Store) -> Diagnostic:
    message, hint = _WORDS[flaw.code](flaw)
    if chapter is None and flaw.code == "short-last-page":
        message, hint = _short_page_of_builder(flaw)
    place = place_of_block(chapter, flaw.place, flaw.words, store) if chapter else None
    page = folio_of(placed, flaw.page)
    return Diagnostic(flaw.code, f"page {page}: {message}", place, hint, Severity.WARNING)


def _stranded_heading(flaw: Flaw) -> tuple[str, str]:
    return (
        f'the heading "{flaw.words}" stands at the foot, its text on the next page',
        "shorten or lengthen the text before it, or set \\pagebreak above the heading",
    )


def _orphan(flaw: Flaw) -> tuple[str, str]:
    return (
        f'one line of a paragraph alone at the foot: "{flaw.words} ..."',
        "shorten or lengthen the text before it by a line",
    )


def _widow(flaw: Flaw) -> tuple[str, str]:
    return (
        f'the last line of a paragraph alone at the head: "{flaw.words} ..."',
        "shorten or lengthen the paragraph, or the text before it, by a line",
    )


def _short_page(flaw: Flaw) -> tuple[str, str]:
    return (
        f'the last page of the text holds {_lines(flaw)}: "{flaw.words} ..."',
        "cut as many lines from the chapter, or add a few",
    )


def _short_page_of_builder(flaw: Flaw) -> tuple[str, str]:
    return (
        f"the last page of what the builder lists holds {_lines(flaw)}",
        "let it list more or less: contents_depth, lists and notes under [pdf], or shorter titles",
    )


def _lines(flaw: Flaw) -> str:
    return f"{flaw.detail} line" if flaw.detail == "1" else f"{flaw.detail} lines"


def _long_line(flaw: Flaw) -> tuple[str, str]:
    return (
        f'a line runs {flaw.detail} mm over the margin: "{flaw.words} ..."',
        "break or shorten the long word, address or line of code",
    )


def _loose_line(flaw: Flaw) -> tuple[str, str]:
    return (
        f'the words of a line stand far apart: "{flaw.words} ..."',
        "reword the line, or let a long word in it break",
    )


def _cut(flaw: Flaw) -> tuple[str, str]:
    return (
        f"a {flaw.words} reaches {flaw.detail} mm over the edge of the type area",
        "give it a smaller width, or fewer columns",
    )


def _split_checklist(flaw: Flaw) -> tuple[str, str]:
    return (
        f"the checklist runs over {flaw.detail} pages",
        "shorten it, or make two of it, to have it on one page",
    )


def _coarse(flaw: Flaw) -> tuple[str, str]:
    return (
        f'the picture "{flaw.words}" has {flaw.detail} dots an inch at its printed size',
        "bring a larger file, or print it smaller with {width=...}; 300 look sharp, 200 will do",
    )


_WORDS: Mapping[str, _Words] = {
    "cut-at-edge": _cut,
    "line-too-long": _long_line,
    "loose-line": _loose_line,
    "low-resolution": _coarse,
    "orphan-line": _orphan,
    "short-last-page": _short_page,
    "split-checklist": _split_checklist,
    "stranded-heading": _stranded_heading,
    "widow-line": _widow,
}
