"""The index of the e-book: entries with links to where they lead (EPUB Indexes 1.0)."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.book import Book, Numbered
from builder.index import IndexEntry, Locator
from builder.parse.tree import add_class, classes, new
from builder.render.index import ENTRY, GROUP, LIST, SEE, SEE_ALSO, TERM, IndexWriter
from builder.render.index_pages import IndexPages, index_pages
from builder.words import Words

_LOCATOR, _RANGE, _HEADNOTES = "index-locator", "index-locator-range", "index-headnotes"
# The class of an element, and what EPUB calls it.
_TYPES: Mapping[str, str] = {
    GROUP: "index-group",
    LIST: "index-entry-list",
    ENTRY: "index-entry",
    TERM: "index-term",
    SEE: "index-xref-preferred",
    SEE_ALSO: "index-xref-related",
    _LOCATOR: "index-locator",
    _RANGE: "index-locator-range",
}


def index_key(book: Book, folios: Mapping[str, str]) -> str:
    """All that the index depends on, but for words of the language."""
    chapters = [
        (each.id, each.caption, each.title, [(it.anchor, it.title) for it in each.chapter.headings])
        for each in book.chapters
    ]
    return repr((book.index, chapters, folios))


def add_index(book: Book, words: Words, folios: Mapping[str, str], section: Element) -> None:
    """Put the index into the section of its chapter; what the author wrote stands before it.

    Places whose printed pages are known are named by them.
    """
    said = [child for child in section if child.tag != "h1"]
    if said:
        notes = new("div", "\n")
        notes.set("epub:type", _HEADNOTES)
        for child in said:
            section.remove(child)
        notes.extend(said)
        section.append(notes)
    places = _Places(book, words, folios)
    made = IndexWriter(words, places.links).write(book.index)
    for element in made.iter():
        for name in classes(element):
            if kind := _TYPES.get(name):
                element.set("epub:type", kind)
    section.extend(list(made))


class _Places:
    """What the links of an index say: the printed page.

    Where there is none, the chapter, and its section where it is in there twice.
    """

    def __init__(self, book: Book, words: Words, folios: Mapping[str, str]) -> None:
        self._words, self._folios = words, folios
        self._chapters = {numbered.id: numbered for numbered in book.chapters}
        self._headings = {
            heading.anchor: heading.title
            for numbered in book.chapters
            for heading in numbered.chapter.headings
        }

    def links(self, entry: IndexEntry) -> Iterator[Element]:
        """A link for each place."""
        yield from map(self._to_pages, index_pages(entry.locators, self._folios))
        yield from self._to_chapters(
            each
            for each in entry.locators
            if not {each.anchor, each.last or each.anchor} <= self._folios.keys()
        )

    def _to_pages(self, pages: IndexPages) -> Element:
        link = new("a", pages.label(self._words), class_=_LOCATOR, href=f"#{pages.anchor}")
        made = link
        if pages.last != pages.first:
            made = _range(link, new("a", pages.last, class_=_LOCATOR, href=f"#{pages.last_anchor}"))
        if pages.is_main:
            add_class(made, "main")
        return made

    def _to_chapters(self, locators: Iterable[Locator]) -> Iterator[Element]:
        """Places in one section are one."""
        places: dict[tuple[str, str, str], list[Locator]] = {}
        for each in locators:
            places.setdefault((each.chapter_id, each.section, each.last), []).append(each)
        counts: dict[str, int] = {}
        for chapter, _, _ in places:
            counts[chapter] = counts.get(chapter, 0) + 1
        for (chapter, section, _), found in places.items():
            within = self._headings.get(section, "") if counts[chapter] > 1 else ""
            yield self._links(found, within)

    def _links(self, found: Iterable[Locator], section: str) -> Element:
        first, *others = found
        is_main = any(each.is_main for each in (first, *others))
        made = self._link(first.anchor, first.chapter_id, section)
        if first.last and first.last_chapter_id != first.chapter_id:
            made = _range(made, self._link(first.last, first.last_chapter_id, ""))
        if is_main:
            add_class(made, "main")
        return made

    def _link(self, anchor: str, chapter: str, section: str) -> Element:
        numbered = self._chapters[chapter]
        name = ": ".join(filter(None, (_short(numbered), section)))
        link = new("a", name, class_=_LOCATOR, href=f"#{anchor}")
        link.attrib |= numbered.lang if name == numbered.caption else {}
        return link


def _range(first: Element, last: Element) -> Element:
    made = new("span", class_=_RANGE)
    first.tail = "\u2013"
    made.extend((first, last))
    return made


def _short(numbered: Numbered) -> str:
    """A chapter's caption, ``Step 7``, or where it has none its title."""
    return numbered.caption or numbered.title
