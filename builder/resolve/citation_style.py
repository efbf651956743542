"""Citations and the list of sources in a CSL style: the only user of Typst, which knows these.

Typst gets a document that holds nothing but citations, and gives back HTML. It sees the files
that are handed to it and no others.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Citation
from builder.parse.markup import inner_markup
from builder.parse.tree import (
    add_class,
    new,
    parents,
    parse_well_formed,
    remove,
    text_of,
    unwrap,
)
from builder.slugs import slug

_MAIN, _SOURCES, _STYLE = "main.typ", "sources.bib", "style.csl"
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-.*)?", re.IGNORECASE)
_PLACE = re.compile(rf"{re.escape(_SOURCES)}:(\d+):(\d+)")
_NOTE = "doc-noteref"
# The class of a link from a citation to the source in the list.
BIBLIOREF = "biblioref"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be cited: the sources as BibLaTeX, the style, and the citations in order.

    ``style_text`` is the style where it is not one that is known by its name; ``home`` is the
    chapter that the sources are listed in, if there is one.
    """

    sources: str
    style: str
    style_text: str
    language: str
    citations: tuple[Citation, ...]
    is_whole: bool
    home: str


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


class StyleError(Exception):
    """What Typst will not do, and the line and column of the sources that it names, from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def format_sources(wanted: Wanted) -> Formatted:
    """Citations and sources in the style; raises ``StyleError``."""
    if not wanted.citations and not wanted.is_whole:
        return Formatted()
    in_notes = _makes_notes(wanted)
    return _Reader(wanted, _tree(_document(wanted, in_notes), wanted), in_notes).read()


def _makes_notes(wanted: Wanted) -> bool:
    """Whether the style cites in notes, which only citing tells."""
    key = next((one.key for each in wanted.citations for one in each.cited), "")
    if not key:
        return False
    lines = (*_head(wanted), f"#cite({_label(key)})", _list(wanted))
    return any(each.get("role") == _NOTE for each in _tree("\n".join(lines), wanted).iter())


def _document(wanted: Wanted, in_notes: bool) -> str:
    """All citations in order; behind them each source once more, and its author alone."""
    lines = [*_head(wanted)]
    for number, citation in enumerate(wanted.citations):
        form = "prose" if citation.is_in_text and not in_notes else "normal"
        calls = "".join(_call(one.key, form, one.after) for one in citation.cited)
        lines.append(_piece(f"c{number}", calls))
    for number, key in enumerate(_keys(wanted)):
        lines.append(_piece(f"k{number}", _call(key)))
        lines.append(_piece(f"a{number}", _call(key, "author")))
    return "\n".join((*lines, _list(wanted)))


def _head(wanted: Wanted) -> Iterator[str]:
    found = _LANGUAGE.fullmatch(wanted.language)
    if found:
        region = f", region: {_string(found[2].upper())}" if found[2] else ""
        yield f"#set text(lang: {_string(found[1].lower())}{region})"


def _list(wanted: Wanted) -> str:
    style = _STYLE if wanted.style_text else wanted.style
    whole = "true" if wanted.is_whole else "false"
    return (
        f"#bibliography({_string(_SOURCES)}, style: {_string(style)}, title: none, full: {whole})"
    )


def _piece(name: str, content: str) -> str:
    return f"#html.elem({_string('i')}, attrs: (id: {_string(name)}))[{content}]"


def _call(key: str, form: str = "normal", after: str = "") -> str:
    supplement = f", supplement: [#{_string(after)}]" if after else ""
    return f"#cite({_label(key)}, form: {_string(form)}{supplement})"


def _label(key: str) -> str:
    return f"label({_string(key)})"


def _string(text: str) -> str:
    """A string of Typst, which has the escapes of JSON that are needed here."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _keys(wanted: Wanted) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.key for each in wanted.citations for one in each.cited))


def _tree(document: str, wanted: Wanted) -> Element:
    import typst

    files = {_MAIN: document.encode(), _SOURCES: wanted.sources.encode()}
    if wanted.style_text:
        files[_STYLE] = wanted.style_text.encode()
    try:
        # Its stubs leave out files in memory.
        data: bytes = typst.compile(files, format="html", ignore_system_fonts=True)  # type: ignore[call-overload]
    except typst.TypstError as error:
        found = _PLACE.search(error.diagnostic)
        line, column = (int(found[1]), int(found[2]) + 1) if found else (0, 0)
        raise StyleError(error.message, line, column) from None
    found = _BODY.search(data.decode())
    body = parse_well_formed(found[1]) if found else None
    assert body is not None, "Typst writes well-formed HTML"
    return body


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
        for number, key in enumerate(_keys(wanted)):
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
        call = next((each for each in piece.iter() if each.get("role") == _NOTE), None)
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
