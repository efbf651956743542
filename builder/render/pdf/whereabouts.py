"""Which lines of the manuscript lie on a page, and on which pages a line lies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.book import Book, Numbered
from builder.diagnostics import Diagnostic
from builder.render.pdf.places import offsets_of
from builder.render.pdf.settle import Placed, Settled, folio_of


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a file, from 1, and the folios that they lie on."""

    path: str
    first_line: int
    last_line: int
    folios: tuple[str, ...]


def on_page(book: Book, settled: Settled, folio: str) -> tuple[Stretch, ...]:
    """What lies on a page; nothing where the builder itself wrote what is there."""
    wanted = folio.strip().lower()
    return tuple(_joined(each for each in _stretches(book, settled) if wanted in each.folios))


def pages_of(book: Book, settled: Settled, path: str, line: int | None) -> tuple[str, ...]:
    """The folios that a line of a file, or the whole file, lies on, in order."""
    found: dict[str, None] = {}
    for each in _stretches(book, settled):
        if each.path == path and (line is None or each.first_line <= line <= each.last_line):
            found.update(dict.fromkeys(each.folios))
    return tuple(found)


def on_their_pages(
    book: Book, settled: Settled, findings: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Findings in the manuscript with the page of the book that each is on, where it is on one."""
    for each in findings:
        place = each.place
        pages = pages_of(book, settled, place.path, place.line) if place else ()
        name = pages_text(pages)
        yield replace(each, message=f"{name}: {each.message}") if pages else each


def pages_text(pages: Sequence[str]) -> str:
    """Folios that follow each other, in words; nothing where there are none."""
    if len(pages) > 1:
        return f"pages {pages[0]}-{pages[-1]}"
    return f"page {pages[0]}" if pages else ""


def folios_of(settled: Settled) -> tuple[str, ...]:
    """The folio of every page that holds something, in order."""
    return tuple(
        folio_of(placed, page)
        for placed in settled.placed
        for page in range(len(placed.sheet.kinds))
    )


def _stretches(book: Book, settled: Settled) -> Iterator[Stretch]:
    """Every block of the book, from its own line to the line before the next."""
    chapters = {numbered.id: numbered for numbered in book.chapters}
    for placed in settled.placed:
        if numbered := chapters.get(placed.run.id):
            yield from _of_chapter(numbered, placed)


def _of_chapter(numbered: Numbered, placed: Placed) -> Iterator[Stretch]:
    source, offsets = numbered.chapter.file.source, offsets_of(numbered.chapter)
    end_line = source.place(len(source.text.rstrip())).line
    lines = [source.place(offset).line for offset in offsets]
    for place, first, last in placed.sheet.survey.blocks:
        if place >= len(lines):
            continue
        following = next((line for line in lines[place + 1 :] if line > lines[place]), None)
        last_line = max(lines[place], following - 1 if following else end_line)
        folios = tuple(folio_of(placed, page) for page in range(first, last + 1))
        yield Stretch(source.path, lines[place], last_line, folios)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches of a file that touch made one."""
    last: Stretch | None = None
    for each in sorted(stretches, key=lambda one: (one.path, one.first_line)):
        if last and last.path == each.path and each.first_line <= last.last_line + 1:
            last = replace(last, last_line=max(last.last_line, each.last_line))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last
