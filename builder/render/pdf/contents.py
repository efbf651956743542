"""The printed contents, and the lists of figures, tables and listings behind them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.book import Book, Entry, ListLine
from builder.render.html import fill
from builder.render.pdf.endnotes import ENDNOTES, chapters_with_notes
from builder.render.pdf.print_tree import UNKNOWN_PAGE, print_tree
from builder.resolve.lists import list_title
from builder.words import Words


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One printed line of the contents; parts have level 0, chapters 1, their headings more."""

    anchor: str
    number: str
    title: str
    role: str
    level: int


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list on pages of its own: the id of its section, its title, its lines."""

    id: str
    title: str
    lines: tuple[ListLine, ...]


def contents_lines(book: Book, words: Words, depth: int = 0) -> tuple[ContentsLine, ...]:
    """The lines of the contents, down to the book's depth or a given one; lists come first."""
    depth = depth or book.config.pdf.contents_depth
    lists = (ContentsLine(each.id, "", each.title, "front", 1) for each in lists_of(book, words))
    lines = list(_lines_of(book.contents, 1, depth))
    if book.config.pdf.notes == "book" and chapters_with_notes(book):
        at = next((n for n, line in enumerate(lines) if line.role == "back"), len(lines))
        lines.insert(at, ContentsLine(ENDNOTES, "", words.notes, "back", 1))
    return (*lists, *lines)


def lists_of(book: Book, words: Words) -> Iterator[PrintedList]:
    """The lists that the book asks for and that have anything in them."""
    for kind in dict.fromkeys(book.config.pdf.lists):
        if book.lists[kind]:
            yield PrintedList(f"list-of-{kind}", list_title(kind, words), book.lists[kind])


def contents_html(
    common: Mapping[str, object],
    name: str,
    title: str,
    lines: Sequence[ContentsLine],
    goes_on: bool,
    pages: Mapping[str, str],
) -> str:
    """The contents of an id and title, or a piece that goes on, for known pages.

    ``common`` is what every template takes.
    """
    values = {
        **common,
        "matter": "front",
        "id": name,
        "heading": title,
        "goes_on": goes_on,
        "lines": lines,
        "pages": pages,
        "unknown": UNKNOWN_PAGE,
    }
    return fill("print/contents.html", values)


def list_html(
    common: Mapping[str, object],
    words: Words,
    listed: PrintedList,
    lines: Sequence[ListLine],
    goes_on: bool,
    pages: Mapping[str, str],
) -> str:
    """A list, or a piece that goes on, for known pages; ``common`` is what every template takes."""
    filled = [
        {
            "anchor": line.anchor,
            "number": line.number,
            "title": print_tree(line.title, (), pages, words, with_pages=False),
            "page": pages.get(line.anchor, UNKNOWN_PAGE),
        }
        for line in lines
    ]
    values = {**common, "matter": "front", "list": listed, "goes_on": goes_on, "lines": filled}
    return fill("print/list.html", values)


def _lines_of(entries: Iterable[Entry], level: int, depth: int) -> Iterator[ContentsLine]:
    for entry in entries:
        is_part = entry.role == "part" and level == 1
        own = 0 if is_part else level
        yield ContentsLine(entry.anchor, entry.number, entry.title, entry.role, own)
        if is_part or level < depth:
            yield from _lines_of(entry.entries, level if is_part else level + 1, depth)
