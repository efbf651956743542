"""Citations and the list of sources in a CSL style, which Typst knows.

Typst gets a document that holds nothing but citations, and gives back HTML.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Citation
from builder.parse.markup import inner_markup
from builder.parse.tree import (
    add_class,
    new,
    parents,
    remove,
    text_of,
    unwrap,
)
from builder.resolve.typst_document import (
    NOTE,
    Wanted,
    cited_keys,
    document_of,
    makes_notes,
    tree_of,
)
from builder.slugs import slug

# The class of a link from a citation to the source in the list.
BIBLIOREF = "biblioref"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A citation as XHTML: what stands in the text, and the note that it makes."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formatted:
    """The citations in order, and the sources as listed, each with the id of its entry."""

    citations: tuple[Rendered, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    is_in_notes: bool = False


def format_sources(wanted: Wanted) -> Formatted:
    """Citations and sources in the style; raises ``StyleError``."""
    if not wanted.citations and not wanted.is_whole:
        return Formatted()
    in_notes = makes_notes(wanted)
    return _Reader(wanted, tree_of(document_of(wanted, in_notes), wanted), in_notes).read()


class _Reader:
    """Reads out of the document that Typst made what a book wants of it."""

    def __init__(self, wanted: Wanted, body: Element, in_notes: bool) -> None:
        self._wanted, self._in_notes = wanted, in_notes
        self._pieces = {name: each for each in body.iter("i") if (name := each.get("id"))}
        self._items = {name: each for each in body.iter("li") if (name := each.get("id"))}
        sections = {each.get("role"): each for each in body.iter("section")}
        listed = sections.get("doc-bibliography")
        self._listed = list(listed.iter("li")) if listed is not None else []
        self._keys: dict[str, str] = {}
        self._authors: dict[str, str] = {}
        for number, key in enumerate(cited_keys(wanted)):
            for link in self._content(f"k{number}").iter("a"):
                self._keys.setdefault(link.get("href", "")[1:], key)
            self._authors[key] = text_of(self._pieces[f"a{number}"])

    def read(self) -> Formatted:
        """Everything, as text."""
        made = tuple(map(self._citation, range(len(self._wanted.citations))))
        return Formatted(made, tuple(self._entries()), self._in_notes)

    def _citation(self, number: int) -> Rendered:
        citation = self._wanted.citations[number]
        content = self._content(f"c{number}")
        self._complete(content, citation)
        self._tidy(content)
        if not self._in_notes:
            return Rendered(inner_markup(content))
        author = self._authors[citation.cited[0].key] if citation.is_in_text else ""
        return Rendered(inner_markup(new("i", author)), inner_markup(content))

    def _content(self, name: str) -> Element:
        """A piece of the document; where it only calls a note, what that says."""
        piece = self._pieces[name]
        call = next((each for each in piece.iter() if each.get("role") == NOTE), None)
        if call is None:
            return piece
        item = self._items[next(call.iter("a")).get("href", "")[1:]]
        for back in [each for each in item if each.get("role") == "doc-backlink"]:
            remove(item, back)
        return item

    def _complete(self, content: Element, citation: Citation) -> None:
        """What the style does not know of: words before a source, and names to be left out."""
        for one in citation.cited:
            link = next((each for each in content.iter("a") if self._leads_to(each, one.key)), None)
            if link is None:
                continue
            if one.is_without_author:
                _cut(link, self._authors[one.key])
            if one.before:
                owner = parents(content)[link]
                link_at = list(owner).index(link)
                _append_before(owner, link_at, f"{one.before} ")

    def _leads_to(self, link: Element, key: str) -> bool:
        return self._keys.get(link.get("href", "")[1:]) == key

    def _entries(self) -> Iterator[tuple[str, str]]:
        for item in self._listed:
            key = self._keys.get(item.get("id", ""), "")
            for back in [each for each in item.iter("a") if each.get("role") == "doc-backlink"]:
                unwrap(parents(item)[back], back)
            self._tidy(item)
            yield entry_id(self._wanted.home, key) if key else "", inner_markup(item)

    def _tidy(self, content: Element) -> None:
        """Links that lead to the list, or none; nothing of what only Typst's page needs."""
        for link in [*content.iter("a")]:
            owner = parents(content).get(link)
            target = link.get("href", "")
            if owner is None or not target.startswith("#"):
                continue
            key = self._keys.get(target[1:])
            if not self._wanted.home or key is None:
                unwrap(owner, link)
                continue
            for inner in [each for each in link.iter("a") if each is not link]:
                unwrap(parents(link)[inner], inner)
            link.attrib = {"href": f"#{entry_id(self._wanted.home, key)}", "class": BIBLIOREF}
        for element in [each for each in content.iter() if each is not content]:
            _strip(element, parents(content))


def entry_id(home: str, key: str) -> str:
    """The id of a source in the list."""
    return f"{home}.ref-{slug(key) or 'x'}"


def _strip(element: Element, owners: Mapping[Element, Element]) -> None:
    style = element.attrib.pop("style", "")
    for name in ("id", "role"):
        element.attrib.pop(name, None)
    if "small-caps" in style:
        add_class(element, "small-caps")
    if element.tag == "span" and not element.attrib and element in owners:
        unwrap(owners[element], element)


def _cut(link: Element, author: str) -> None:
    """Take the author from the head of a link."""
    texts: Sequence[Element] = [link, *link.iter()]
    holder = next((each for each in texts if (each.text or "").startswith(author)), None)
    if author and holder is not None:
        holder.text = (holder.text or "").removeprefix(author).lstrip(" ,")


def _append_before(owner: Element, index: int, text: str) -> None:
    if index:
        before = owner[index - 1]
        before.tail = f"{before.tail or ''}{text}"
    else:
        owner.text = f"{owner.text or ''}{text}"
