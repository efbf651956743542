"""Raw HTML and attributes: nothing in a book runs, submits, embeds or fetches."""

import difflib
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic, Place, Severity
from builder.parse.attributes import BLANK_KEYS
from builder.parse.positions import place_of
from builder.parse.tree import AT, is_phrasing, local_name, offset_of, parents, remove, unwrap
from builder.source import Source

_ACTIVE = frozenset(
    "script noscript style link meta base iframe frame frameset object embed applet form button "
    "select textarea audio video source track canvas template dialog portal foreignObject "
    "animate animateMotion animateTransform set handler".split()
)
# Elements that a book may hold, with the attributes that only they have.
_ELEMENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        "abbr address article aside b bdi bdo body br caption cite code dd dfn div dl dt em "
        "figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i kbd main mark p pre rp rt "
        "ruby s samp section small span strong sub summary sup table tbody tfoot thead tr u ul "
        "var wbr".split(),
        frozenset[str](),
    ),
    "a": frozenset(("href", "hreflang", "rel", "target", "type")),
    "blockquote": frozenset(("cite",)),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "data": frozenset(("value",)),
    "del": frozenset(("cite", "datetime")),
    "details": frozenset(("open",)),
    "img": frozenset(("src", "alt", "width", "height")),
    "input": frozenset(("type", "checked")),
    "ins": frozenset(("cite", "datetime")),
    "li": frozenset(("value",)),
    "ol": frozenset(("start", "reversed", "type")),
    "q": frozenset(("cite",)),
    "td": frozenset(("colspan", "rowspan", "headers")),
    "th": frozenset(("colspan", "rowspan", "headers", "scope", "abbr")),
    "time": frozenset(("datetime",)),
}
# What HTML has, but for pages of the web and what can be done there.
_NOT_IN_CHAPTERS = frozenset(
    "area datalist fieldset head html label legend map menu meter nav optgroup option output param "
    "picture progress search slot title".split()
)
_LETTERS = frozenset("b cite code em i kbd mark q s samp small span strong sub sup u var".split())
_GLOBAL = frozenset(
    (*BLANK_KEYS, "class", "count", "dir", "hidden", "id", "lang", "role", "style", "title")
)
_HARMLESS = frozenset((AT, "class", "id", "title"))
# The attributes that are whole numbers, from the least to the greatest that HTML knows.
_NUMBERS = {
    "colspan": range(1, 1001),
    "rowspan": range(65535),
    "span": range(1, 1001),
    "start": range(-999_999, 1_000_000),
    "value": range(-999_999, 1_000_000),
}
_FAMILIES = ("aria-", "data-", "epub:", "xml:", "xmlns")
_INSTEAD = {
    "acronym": "abbr",
    "big": "span",
    "center": "div",
    "font": "span",
    "strike": "s",
    "tt": "code",
}
_FETCHES = re.compile(r"url\s*\((?!\s*[\"']?#)|@import|expression|\\", re.IGNORECASE)


def check_safety(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Take out what could act or is no HTML, and report it."""
    owners = parents(body)
    for element in list(body.iter()):
        finding = _problem_of(element, source)
        if finding is None:
            yield from _check_attributes(element, source)
            continue
        yield finding
        owner = owners.get(element)
        if owner is not None and element in list(owner):
            if finding.code == "unknown-element":
                owners.update(dict.fromkeys(element, owner))
                unwrap(owner, element)
            else:
                remove(owner, element)


def _problem_of(element: Element, source: Source) -> Diagnostic | None:
    name = local_name(element)
    if name in _ACTIVE or (name == "input" and element.get("type") != "checkbox"):
        return Diagnostic(
            "active-content",
            f"<{name}> cannot be part of a book",
            place_of(element, source),
            "delete it; styles belong in theme.css",
        )
    if element.tag.startswith("{") or name in _ELEMENTS:
        return None
    matches = difflib.get_close_matches(name, (*_ELEMENTS, *_INSTEAD), n=1, cutoff=0.8)
    near = matches[0] if matches else ""
    hint = f"write <{_INSTEAD.get(near, near)}>" if near else "write &lt; for a < that opens no tag"
    is_html = name in _NOT_IN_CHAPTERS
    message = (
        f"<{name}> has no place in a chapter" if is_html else f"<{name}> is no element of HTML"
    )
    hint = "delete its tags, or write <div> or <span>" if is_html else hint
    return Diagnostic("unknown-element", message, place_of(element, source), hint)


def check_nesting(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Take out marks of letters around paragraphs and lists: most were meant to end before."""
    owners = parents(body)
    for element in [each for each in body.iter() if each.tag in _LETTERS]:
        if not is_phrasing(element):
            yield Diagnostic(
                "misnested-html",
                f"<{element.tag}> stands around a paragraph, a list or the like",
                place_of(element, source),
                f"write </{element.tag}> where it ends",
                Severity.WARNING,
            )
            owners.update(dict.fromkeys(element, owners[element]))
            unwrap(owners[element], element)


def _check_attributes(element: Element, source: Source) -> Iterator[Diagnostic]:
    for key, value in list(element.items()):
        if key in _HARMLESS:
            continue
        name = key.rpartition("}")[2]
        if problem := _act_of(element, name.lower(), value):
            place = _attribute_place(element, name, source)
            yield Diagnostic("active-content", problem, place, "delete the attribute")
            del element.attrib[key]
        elif not _is_known(element, key):
            yield Diagnostic(
                "unknown-attribute",
                f'<{local_name(element)}> has no attribute "{name}"',
                _attribute_place(element, name, source),
                "looks belong in theme.css; a brace that is text is written \\{",
            )
            del element.attrib[key]
        elif problem := _wrong_number(element, name, value):
            hint = f'write {name}="2" or another number, or delete it'
            place = _attribute_place(element, name, source)
            yield Diagnostic("bad-attribute", problem, place, hint)
            del element.attrib[key]


def _wrong_number(element: Element, name: str, value: str) -> str:
    numbers = _NUMBERS.get(name)
    if numbers is None or element.tag == "data":
        return ""
    digits = value.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        return f'the attribute "{name}" is no whole number: "{value[:60]}"'
    if int(value) not in numbers:
        return f'the attribute "{name}" is not from {numbers[0]} to {numbers[-1]}: "{value[:60]}"'
    return ""


def _act_of(element: Element, name: str, value: str) -> str:
    if name.startswith("on"):
        return f'the attribute "{name}" would run a script'
    if name in ("srcset", "poster", "action", "formaction", "ping", "background"):
        return f'the attribute "{name}" would fetch "{value[:60]}"'
    may_fetch = element.tag.startswith("{") or name == "style"
    if may_fetch and _FETCHES.search(value):
        return f'the attribute "{name}" would fetch a file'
    own = element.tag in ("a", "img")
    if name in ("href", "src") and not own and not value.startswith("#"):
        return f'the attribute "{name}" of <{local_name(element)}> would fetch "{value[:60]}"'
    return ""


def _is_known(element: Element, key: str) -> bool:
    if element.tag.startswith("{") or key == AT or key in _GLOBAL or key.startswith(_FAMILIES):
        return True
    return key in _ELEMENTS[element.tag]


def _attribute_place(element: Element, name: str, source: Source) -> Place:
    near = place_of(element, source)
    start = offset_of(element)
    end = source.text.find("\n\n", start)
    at = source.text.lower().find(name.lower(), start, end if end >= 0 else None)
    return source.place(at, len(name)) if at >= 0 else near
