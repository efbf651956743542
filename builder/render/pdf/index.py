"""The printed index: entries with the pages that they are on, joined where they follow."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.index import Index, IndexEntry
from builder.parse.tree import add_class, new
from builder.render.index import IndexWriter
from builder.render.index_pages import IndexPages, index_pages
from builder.words import Words

# Lines that surely fit on one page, in columns of equal height. Over several pages the engine
# leaves room at the foot of columns that are to be equal.
_SHORT = 48


def index_tree(index: Index, pages: Mapping[str, str], words: Words) -> Element:
    """The index for known pages; what is on a page that is not known yet is left out."""

    def locators(entry: IndexEntry) -> Iterator[Element]:
        for each in index_pages(entry.locators, pages):
            yield _linked(each, words)

    made = IndexWriter(words, locators).write(index)
    if sum(1 for _ in made.iter("li")) + 2 * len(made) <= _SHORT:
        add_class(made, "short")
    return made


def _linked(pages: IndexPages, words: Words) -> Element:
    made = new("strong" if pages.is_main else "span", class_="index-pages")
    made.append(new("a", pages.label(words), href=f"#{pages.anchor}"))
    if pages.last != pages.first:
        made[0].tail = "\u2013"
        made.append(new("a", pages.last, href=f"#{pages.last_anchor}"))
    return made
