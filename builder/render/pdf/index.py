"""The printed index: entries with the pages that they are on, joined where they follow."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.index import Index, IndexEntry
from builder.parse.tree import new
from builder.render.index import IndexWriter
from builder.render.index_pages import IndexPages, index_pages
from builder.words import Words

# A page stands on the line of the last word before it.
_JOINT = ",\u00a0"


def index_tree(index: Index, pages: Mapping[str, str], words: Words) -> Element:
    """The index for known pages; what is on a page that is not known yet is left out."""

    def locators(entry: IndexEntry) -> Iterator[Element]:
        for each in index_pages(entry.locators, pages):
            yield _linked(each, words)

    return IndexWriter(words, locators, _JOINT).write(index)


def _linked(pages: IndexPages, words: Words) -> Element:
    made = new("strong" if pages.is_main else "span", class_="index-pages")
    made.append(new("a", pages.label(words), href=f"#{pages.anchor}"))
    if pages.last != pages.first:
        made[0].tail = "\u2013"
        made.append(new("a", pages.last, href=f"#{pages.last_anchor}"))
    return made
