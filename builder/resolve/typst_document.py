"""The document of citations that Typst is given, and what it makes of it: the only user of Typst.

It sees the files that are handed to it and no others.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Citation
from builder.parse.tree import parse_well_formed

_MAIN, _SOURCES, _STYLE = "main.typ", "sources.bib", "style.csl"
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-.*)?", re.IGNORECASE)
_PLACE = re.compile(rf"{re.escape(_SOURCES)}:(\d+):(\d+)")
# The role of what calls a note.
NOTE = "doc-noteref"


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


class StyleError(Exception):
    """What Typst will not do, and the line and column of the sources that it names, from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def makes_notes(wanted: Wanted) -> bool:
    """Whether the style cites in notes, which only citing tells."""
    key = next((one.key for each in wanted.citations for one in each.cited), "")
    if not key:
        return False
    lines = (*_head(wanted), f"#cite({_label(key)})", _list(wanted))
    return any(each.get("role") == NOTE for each in tree_of("\n".join(lines), wanted).iter())


def cited_keys(wanted: Wanted) -> tuple[str, ...]:
    """The key of each source that is cited, once."""
    return tuple(dict.fromkeys(one.key for each in wanted.citations for one in each.cited))


def tree_of(document: str, wanted: Wanted) -> Element:
    """The body of the HTML that Typst makes of a document; raises ``StyleError``."""
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


def document_of(wanted: Wanted, in_notes: bool) -> str:
    """All citations in order; behind them each source once more, and its author alone."""
    lines = [*_head(wanted)]
    for number, citation in enumerate(wanted.citations):
        form = "prose" if citation.is_in_text and not in_notes else "normal"
        calls = "".join(_call(one.key, form, one.after) for one in citation.cited)
        lines.append(_piece(f"c{number}", calls))
    for number, key in enumerate(cited_keys(wanted)):
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
