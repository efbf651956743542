"""``build-book where``: from a page to the lines of the manuscript, and back."""

import difflib
import json
from collections.abc import Sequence

from builder.book import Book
from builder.diagnostics import BuildFailed, Diagnostic
from builder.render.pdf.settle import Settled
from builder.render.pdf.whereabouts import (
    Stretch,
    folios_of,
    on_page,
    pages_of,
    pages_text,
)

_MARKDOWN = ".md"


def where_text(book: Book, settled: Settled, spot: str) -> str:
    """What lies on a page, or the pages of a line, for people.

    Raises ``BuildFailed`` where the book has no such page, file or line.
    """
    if not _is_file(spot):
        found = _lines_on(book, settled, spot)
        return "\n".join(_stretch_text(each) for each in found) or _made_by_builder(spot)
    pages = _pages(book, settled, spot)
    return f"{spot}: {pages_text(pages)}" if pages else f"{spot}: on no page"


def where_json(book: Book, settled: Settled, spot: str) -> str:
    """The same for programs: one JSON object."""
    if _is_file(spot):
        path, line = _parsed(spot)
        pages = _pages(book, settled, spot)
        return json.dumps({"file": path, "line": line, "pages": list(pages)})
    stretches = [
        {"file": each.path, "first_line": each.first_line, "last_line": each.last_line}
        for each in _lines_on(book, settled, spot)
    ]
    return json.dumps({"page": spot, "lines": stretches})


def _is_file(spot: str) -> bool:
    return _MARKDOWN in spot


def _parsed(spot: str) -> tuple[str, int | None]:
    path, colon, line = spot.partition(f"{_MARKDOWN}:")
    if colon and line.partition(":")[0].isdecimal():
        return path + _MARKDOWN, int(line.partition(":")[0])
    return spot.rstrip(":"), None


def _lines_on(book: Book, settled: Settled, folio: str) -> tuple[Stretch, ...]:
    folios = folios_of(settled)
    if folio.strip().lower() not in folios:
        hint = f"its pages are {folios[0]} to {folios[-1]}; blank pages hold nothing"
        raise BuildFailed([Diagnostic("unknown-page", f'no page "{folio}"', None, hint)], 2)
    return on_page(book, settled, folio)


def _pages(book: Book, settled: Settled, spot: str) -> tuple[str, ...]:
    path, line = _parsed(spot)
    files = {source.path: source for source in (one.chapter.file.source for one in book.chapters)}
    paths = [*files]
    chosen = [each for each in paths if each == path or each.endswith(f"/{path}")]
    if len(chosen) != 1:
        raise BuildFailed([_unknown_file(path, chosen or paths, bool(chosen))], 2)
    count = files[chosen[0]].text.count("\n") + 1
    if line is not None and not 0 < line <= count:
        hint = f"its lines are 1 to {count}"
        message = f'no line {line} in "{chosen[0]}"'
        raise BuildFailed([Diagnostic("unknown-line", message, None, hint)], 2)
    return pages_of(book, settled, chosen[0], line)


def _unknown_file(path: str, paths: Sequence[str], is_ambiguous: bool) -> Diagnostic:
    if is_ambiguous:
        return Diagnostic(
            "unknown-file", f'several files are called "{path}"', None, f"name one: {paths[0]}"
        )
    near = difflib.get_close_matches(path, paths, n=1, cutoff=0.4)
    hint = f'did you mean "{near[0]}"?' if near else "name it as seen from the book's folder"
    return Diagnostic("unknown-file", f'no file "{path}" in the book', None, hint)


def _stretch_text(stretch: Stretch) -> str:
    if stretch.first_line == stretch.last_line:
        return f"{stretch.path}:{stretch.first_line}"
    return f"{stretch.path}:{stretch.first_line}-{stretch.last_line}"


def _made_by_builder(folio: str) -> str:
    return f"page {folio}: made by the builder"
