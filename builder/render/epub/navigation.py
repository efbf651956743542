"""The contents as the navigation document lists them."""

from collections.abc import Iterable
from dataclasses import dataclass

from builder.book import Book, Entry
from builder.render.epub.addresses import Addresses


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the contents: its link from the package's folder, and the lines under it.

    ``order`` counts all lines from 1 in the order of reading; ``is_heading`` tells the headings
    within a chapter from the chapters.
    """

    order: int
    href: str
    caption: str
    title: str
    is_heading: bool
    lines: tuple["Line", ...] = ()

    @property
    def text(self) -> str:
        """Caption and title in one."""
        return ": ".join(part for part in (self.caption, self.title) if part)

    @property
    def depth(self) -> int:
        """How many levels there are, this one counted."""
        return 1 + max((line.depth for line in self.lines), default=0)

    @property
    def last_order(self) -> int:
        """The order of the last line in it."""
        return self.lines[-1].last_order if self.lines else self.order


def contents_lines(book: Book, addresses: Addresses, folder: str) -> tuple[Line, ...]:
    """The contents down to the depth that the book asks for; parts do not count as a level."""
    captions = {numbered.id: numbered.caption for numbered in book.chapters}

    def lines_of(entries: Iterable[Entry], levels: int, order: int) -> tuple[Line, ...]:
        made: list[Line] = []
        for entry in entries if levels else ():
            is_heading = entry.anchor != entry.chapter_id
            is_part = entry.role == "part" and not is_heading
            inner = lines_of(entry.entries, levels if is_part else levels - 1, order + 1)
            href = f"{folder}{addresses.href(entry.anchor)}"
            caption = "" if is_heading else captions[entry.chapter_id]
            made.append(Line(order, href, caption, entry.title, is_heading, inner))
            order = made[-1].last_order + 1
        return tuple(made)

    return lines_of(book.contents, book.config.epub.contents_depth, 1)
