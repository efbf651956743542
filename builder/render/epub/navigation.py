"""The contents as the navigation document lists them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.book import Book, Entry
from builder.config import Listable
from builder.parse.tree import text_of
from builder.render.epub.addresses import Addresses
from builder.resolve.lists import list_title
from builder.words import Words

# The lists that EPUB has a word for (Structural Semantics Vocabulary 1.1).
_LIST_TYPES: Mapping[Listable, str] = {"figures": "loi", "tables": "lot"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the contents: its link from the package's folder, and the lines under it.

    ``anchor`` is the id in the book that it leads to, if it does; ``order`` counts all lines
    from 1 in the order of reading; ``is_heading`` tells the headings within a chapter from the
    chapters; ``language`` is that of the caption, or of a title without one, where it is not the
    book's.
    """

    order: int
    anchor: str
    href: str
    caption: str
    title: str
    is_heading: bool
    lines: tuple["Line", ...] = ()
    language: str = ""

    @property
    def text(self) -> str:
        """Caption and title in one."""
        return ": ".join(part for part in (self.caption, self.title) if part)

    @property
    def anchors(self) -> Iterator[str]:
        """The ids that it and the lines in it lead to, in order."""
        yield self.anchor
        for line in self.lines:
            yield from line.anchors

    @property
    def depth(self) -> int:
        """How many levels there are, this one counted."""
        return 1 + max((line.depth for line in self.lines), default=0)

    @property
    def last_order(self) -> int:
        """The order of the last line in it."""
        return self.lines[-1].last_order if self.lines else self.order


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of a list of figures or the like: its id, and its link from the package's folder."""

    anchor: str
    href: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class NavigationList:
    """A list behind the contents: what EPUB calls it, if it does, its id, title and lines."""

    type: str
    id: str
    title: str
    lines: tuple[ListedLine, ...]


@dataclass(frozen=True, slots=True)
class PageMark:
    """The start of a page of the printed book: its folio, and the mark's id and address."""

    folio: str
    id: str
    href: str

    @property
    def is_numbered(self) -> bool:
        """Whether it has an arabic number."""
        return self.folio.isdecimal()


@dataclass(frozen=True, slots=True)
class Navigation:
    """All that the navigation document lists.

    ``starts`` are the printed pages of contents and lists, by the printed id of what they
    begin with, or "" for their end.
    """

    lines: tuple[Line, ...]
    lists: tuple[NavigationList, ...]
    marks: tuple[PageMark, ...] = ()
    starts: Mapping[str, tuple[PageMark, ...]] = field(default_factory=dict)

    def marks_in(self, file: str) -> tuple[PageMark, ...]:
        """The marks of one file."""
        return tuple(each for each in self.marks if each.href.partition("#")[0] == file)


def contents_lines(book: Book, addresses: Addresses, folder: str) -> tuple[Line, ...]:
    """The contents down to the depth that the book asks for; parts do not count as a level."""
    chapters = {numbered.id: numbered for numbered in book.chapters}

    def lines_of(entries: Iterable[Entry], levels: int, order: int) -> tuple[Line, ...]:
        made: list[Line] = []
        for entry in entries if levels else ():
            is_heading = entry.anchor != entry.chapter_id
            is_part = entry.role == "part" and not is_heading
            inner = lines_of(entry.entries, levels if is_part else levels - 1, order + 1)
            href = f"{folder}{addresses.href(entry.anchor)}"
            of = None if is_heading else chapters[entry.chapter_id]
            names = (of.caption if of else "", entry.title)
            language = of.language if of else ""
            made.append(Line(order, entry.anchor, href, *names, is_heading, inner, language))
            order = made[-1].last_order + 1
        return tuple(made)

    return lines_of(book.contents, book.config.epub.contents_depth, 1)


def navigation_lists(
    book: Book, addresses: Addresses, folder: str, words: Words
) -> Iterator[NavigationList]:
    """The lists of figures and the like that the book asks for and that have anything in them."""
    for kind in dict.fromkeys(book.config.epub.lists):
        lines = tuple(
            ListedLine(
                line.anchor,
                f"{folder}{addresses.href(line.anchor)}",
                line.label,
                text_of(line.title),
            )
            for line in book.lists[kind]
        )
        if lines:
            title = list_title(kind, words)
            yield NavigationList(_LIST_TYPES.get(kind, ""), f"list-of-{kind}", title, lines)
