"""The index as a tree, but for what an output has for the place of a mark."""

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from builder.index import CrossReference, Index, IndexEntry, Path, emphases
from builder.parse.tree import append_text, new
from builder.words import Words

GROUP, LETTER, LIST, ENTRY, TERM = (
    "index-group",
    "index-letter",
    "index-list",
    "index-entry",
    "index-term",
)
SEE, SEE_ALSO = "index-see", "index-see-also"

# The places of an entry, each as an element.
Locators = Callable[[IndexEntry], Iterable[Element]]


class IndexWriter:
    """Writes entries: words, places, entries under it, and where else to look.

    ``joint`` stands between the words of an entry and its first place.
    """

    def __init__(self, words: Words, locators: Locators, joint: str = ", ") -> None:
        self._words, self._locators, self._joint = words, locators, joint

    def write(self, index: Index) -> Element:
        """The index, letter by letter."""
        made = new("div", class_="index")
        for group in index.groups:
            section = new("section", class_=GROUP)
            heading = new("h2", group.letter or self._words.index_signs, class_=LETTER)
            heading.attrib |= {} if group.letter else self._words.lang
            section.append(heading)
            section.append(self._list(group.entries, is_within=False))
            made.append(section)
        return made

    def _list(self, entries: Iterable[IndexEntry], *, is_within: bool) -> Element:
        made = new("ul", class_=LIST)
        made.extend(self._entry(entry, is_within) for entry in entries)
        return made

    def _entry(self, entry: IndexEntry, is_within: bool) -> Element:
        item = new("li", class_=ENTRY, id=entry.anchor)
        term = new("span", class_=TERM)
        _write_term(entry.term, term)
        item.append(term)
        for locator in self._locators(entry):
            item[-1].tail = self._joint if item[-1] is term else ", "
            item.append(locator)
        for kind, wanted in ((SEE, entry.sees), (SEE_ALSO, entry.also)):
            if wanted:
                self._refer(item, kind, wanted, is_within)
        if entry.entries:
            item.append(self._list(entry.entries, is_within=True))
        return item

    def _refer(
        self, item: Element, kind: str, wanted: Iterable[CrossReference], is_within: bool
    ) -> None:
        """``. See also jar; well``, and of an entry under another ``(see also jar; well)``."""
        item[-1].tail = " (" if is_within else ". "
        made = new("span", class_=kind)
        before, _, after = self._saying(kind, is_within).partition("{entry}")
        made.append(new("em", before.rstrip(), **self._words.lang))
        made[0].tail = " "
        for number, reference in enumerate(wanted):
            if number:
                append_text(made, "; ")
            link = new("a", href=f"#{reference.anchor}")
            _write_path(reference.path, link)
            made.append(link)
        append_text(made, after)
        item.append(made)
        made.tail = ")" if is_within else None

    def _saying(self, kind: str, is_within: bool) -> str:
        words = self._words
        if kind == SEE:
            return words.index_see_within if is_within else words.index_see
        return words.index_see_also_within if is_within else words.index_see_also


def _write_path(path: Path, element: Element) -> None:
    for number, name in enumerate(path):
        if number:
            append_text(element, ": ")
        _write_term(name, element)


def _write_term(term: str, element: Element) -> None:
    for piece, is_emphasis in emphases(term):
        if is_emphasis:
            element.append(new("em", piece))
        else:
            append_text(element, piece)
