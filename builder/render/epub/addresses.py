"""Where each id of the book is: links between chapters become links between files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Numbered
from builder.parse.tree import walk


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """The content of one file of the text: a chapter, or a piece of a long one."""

    numbered: Numbered
    file: str
    section: Element


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
        starts[page.file] = page.section.get("id", "")
        homes |= {name: page.file for each in page.section.iter() if (name := each.get("id"))}
    return Addresses(homes, starts)


def link_page(page: ChapterPage, addresses: Addresses) -> None:
    """Make the links of a page into the book lead to files; ``#`` alone is no link."""
    for link in walk(page.section, "a"):
        target = link.get("href", "")
        if target.startswith("#"):
            anchor = target[1:]
            if anchor in addresses.homes:
                link.set("href", addresses.href(anchor, page.file))
            else:
                del link.attrib["href"]
