"""Where each id of the book is: links between chapters become links between files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from builder.book import Numbered
from builder.parse.tree import walk
from builder.render.epub.accessibility import Shown, shown_in
from builder.render.epub.page_breaks import PAGE_BREAK, marks_in
from builder.render.epub.sheet_rules import styles_in


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rest of the book has to know of a page: its ids, its own first, and its links.

    ``links`` are the ids that links in it lead to, some of them in other pages; ``marks`` says
    for each page of the printed book that begins in it the folio and the mark's id;
    ``title`` is the heading that a piece of a chapter begins with, if it is not the first;
    ``styles`` are those of single elements, for the style sheet.
    """

    ids: tuple[str, ...]
    links: tuple[str, ...]
    shown: Shown
    marks: tuple[tuple[str, str], ...] = ()
    title: str = ""
    styles: tuple[str, ...] = ()

    @property
    def own_id(self) -> str:
        """The first id in it, to which a link to the page leads."""
        return next(filter(None, self.ids), "")


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """The content of one file of the text: a chapter, or a piece of a long one.

    ``key`` names all that its tree depends on; that is made when it is wanted, for its links
    to be set.
    """

    numbered: Numbered
    file: str
    outline: Outline
    key: str
    read: Callable[[], Element] = field(repr=False, compare=False)


def outline_of(section: Element) -> Outline:
    """What there is to know of the content of a page."""
    links = (link.get("href", "") for link in walk(section, "a"))
    named = (each for each in section.iter() if each.get("id") and each.get("role") != PAGE_BREAK)
    return Outline(
        (section.get("id", ""), *(each.get("id", "") for each in named)),
        tuple(sorted({link[1:] for link in links if link.startswith("#")})),
        shown_in(section),
        tuple(marks_in(section)),
        styles=tuple(sorted(styles_in(section))),
    )


@dataclass(frozen=True, slots=True)
class Addresses:
    """The file of every id; the first id of a file is the file's own."""

    homes: Mapping[str, str]
    starts: Mapping[str, str]

    def href(self, anchor: str, origin: str = "") -> str:
        """The link to an id, from a file of the same folder."""
        home = self.homes[anchor]
        if home == origin:
            return f"#{anchor}"
        return home if self.starts[home] == anchor else f"{home}#{anchor}"


def addresses_of(pages: Iterable[ChapterPage]) -> Addresses:
    """Find every id in the pages."""
    homes: dict[str, str] = {}
    starts = {}
    for page in pages:
        starts[page.file] = page.outline.own_id
        homes |= dict.fromkeys(page.outline.ids, page.file)
    return Addresses(homes, starts)


def goals_of(page: ChapterPage, addresses: Addresses) -> Mapping[str, str]:
    """Where the links of a page into the book lead, by the id that each names."""
    return {
        anchor: addresses.href(anchor, page.file)
        for anchor in page.outline.links
        if anchor in addresses.homes
    }


def link_page(section: Element, goals: Mapping[str, str]) -> None:
    """Make the links of a page into the book lead to files; ``#`` alone is no link."""
    for link in walk(section, "a"):
        target = link.get("href", "")
        if not target.startswith("#"):
            continue
        if goal := goals.get(target[1:]):
            link.set("href", goal)
        else:
            del link.attrib["href"]
