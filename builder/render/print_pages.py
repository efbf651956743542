"""The pages of the printed book, as plain data for the outputs that name them."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# What stands for a chapter's id where the builder itself wrote the page.
TITLE_PAGE, COPYRIGHT_PAGE, CONTENTS = "title-page", "copyright-page", "contents"
# An offset behind all text of a chapter.
BEHIND = sys.maxsize


@dataclass(frozen=True, slots=True)
class PrintPage:
    """A page of the printed book: its folio, and where in the manuscript its text begins.

    That is in a chapter, in the block that lies at an offset in its source, behind as many of
    the block's letters and digits as stand on the pages before. ``ids`` are those on a page
    that holds what the builder wrote, as in an index: it begins before the first of them.
    A page of a chapter that holds nothing of its text is ``BEHIND`` it. The chapter of one that
    is in none, such as a blank one, is "".
    """

    folio: str
    chapter: str
    offset: int = 0
    letters: int = 0
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """All its pages in order, and each id's folio."""

    pages: tuple[PrintPage, ...] = ()
    folios: Mapping[str, str] = field(default_factory=dict)

    def of_chapter(self, chapter: str) -> tuple[PrintPage, ...]:
        """The pages of one chapter."""
        return tuple(page for page in self.pages if page.chapter == chapter)

    def folios_of(self, anchors: Iterable[str]) -> Mapping[str, str]:
        """The folios of some ids, in their order."""
        return {each: self.folios[each] for each in sorted(anchors) if each in self.folios}


NOT_PRINTED = PrintedBook()
