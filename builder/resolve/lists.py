"""Lists of figures, of tables, of listings: their captions, fit to stand elsewhere."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from builder.book import ListLine, Numbered
from builder.config import Config, Listable
from builder.parse.captions import find_captions
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import AT, classes, copy_of, new, remove, with_class
from builder.resolve.captions import NUMBER, Counted
from builder.words import Words


def make_lists(
    chapters: Iterable[Numbered], counted: Iterable[Counted], config: Config
) -> Mapping[Listable, tuple[ListLine, ...]]:
    """The lists that any output of the book wants, in the order of the text."""
    kinds = dict.fromkeys((*config.pdf.lists, *config.epub.lists))
    captions = {
        each.element.get("id", ""): each.caption
        for numbered in chapters
        if any(caption.kind in kinds for caption in numbered.chapter.survey.captions)
        for each in find_captions(numbered.chapter.body)
    }
    everything = tuple(counted)
    return {
        kind: tuple(
            ListLine(each.anchor, each.number, each.label, _title(captions[each.anchor]))
            for each in everything
            if each.kind == kind
        )
        for kind in kinds
    }


def list_title(kind: Listable, words: Words) -> str:
    """What stands above a list."""
    titles: Mapping[Listable, str] = {
        "figures": words.figures,
        "tables": words.tables,
        "listings": words.listings,
    }
    return titles[kind]


def _title(caption: Element) -> Element:
    """The words of a caption, without its number, its notes, and where links lead."""
    title = copy_of(caption)
    for number in with_class(title, NUMBER):
        number.tail = (number.tail or "").lstrip()
    for parent in list(title.iter()):
        for child in list(parent):
            if {NUMBER, NOTEREF} & {*classes(child)}:
                remove(parent, child)
    for element in title.iter():
        for key in ("id", AT):
            element.attrib.pop(key, None)
        if element.tag == "a":
            element.tag, element.attrib = "span", {}
    made = new("span")
    made.text = title.text
    made.extend(list(title))
    return made
