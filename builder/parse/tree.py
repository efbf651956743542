"""HTML text <-> element tree, and ways through a tree.

Elements carry plain names for HTML and ``{namespace}name`` for SVG and MathML. The
attribute ``data-at`` holds the offset in the source that an element came from, and
``data-unclosed`` the name of a block that the author never closed; ``data-says`` what a
drawing says as plain text, ``data-width`` how wide it is.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element, ParseError, XMLParser

import tinyhtml5

from builder.parse.math_text import math_text

AT = "data-at"
UNCLOSED = "data-unclosed"
# What a drawing of a formula says as plain text, in place of what is in it.
SAYS = "data-says"
# How wide that drawing is, in ems.
WIDTH = "data-width"
XHTML = "http://www.w3.org/1999/xhtml"
NAMESPACES = {
    "svg": "http://www.w3.org/2000/svg",
    "math": "http://www.w3.org/1998/Math/MathML",
}
_MATH = f"{{{NAMESPACES['math']}}}math"
BLOCKS = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A tag, but not an address between angle brackets.
_RAW_HTML = re.compile(r"<(?![A-Za-z][\w+.-]*:|[^\s<>]+@)[A-Za-z!/?]")


def parse_chapter(html: str, plain: str) -> Element:
    """What Markdown made of a chapter; ``plain`` is its source without code and comments.

    Without raw HTML in the source, what Markdown writes is XML, and XML is read faster.
    """
    if not _RAW_HTML.search(plain) and (body := parse_well_formed(html)) is not None:
        return body
    return parse_html(html)


def parse_html(html: str) -> Element:
    """Any HTML, read as the HTML5 standard asks, as a ``body`` element."""
    document = tinyhtml5.parse(f"<!DOCTYPE html><body>{html}", namespace_html_elements=False)
    body: Element = document.find("body")
    for parent in list(body.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str):
                remove(parent, child)
    return body


def parse_well_formed(html: str) -> Element | None:
    """HTML that is XML too, read faster; None where it is not."""
    # The only entity is the one declared here, and a chapter with "<!" is not read this way.
    parser = XMLParser()  # noqa: S314
    try:
        parser.feed('<!DOCTYPE body [<!ENTITY nbsp "&#160;">]><body>')
        parser.feed(html)
        parser.feed("</body>")
        body: Element = parser.close()
    except ParseError:
        return None
    return body


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def classes(element: Element) -> tuple[str, ...]:
    """The element's classes."""
    return tuple(element.get("class", "").split())


def add_class(element: Element, name: str) -> None:
    """Give the element one more class."""
    element.set("class", " ".join((*classes(element), name)))


def text_of(element: Element) -> str:
    """The text of an element and all in it, white space folded, notes and pictures left out."""
    return " ".join("".join(_texts(element)).split())


def offset_of(element: Element) -> int:
    """The offset in the source that the element came from; 0 where it is not known."""
    at = element.get(AT, "")
    return int(at) if at.isdecimal() else 0


def parents(root: Element) -> dict[Element, Element]:
    """The parent of every element below ``root``."""
    return {child: parent for parent in root.iter() for child in parent}


def walk(root: Element, *names: str) -> Iterator[Element]:
    """Every element with one of the names, in document order; the tree may change meanwhile."""
    wanted = frozenset(names)
    yield from [element for element in root.iter() if element.tag in wanted]


def with_class(root: Element, name: str) -> Iterator[Element]:
    """Every element with the class, in document order; the tree may change meanwhile."""
    yield from [
        element
        for element in root.iter()
        if name in (names := element.get("class", "")) and name in names.split()
    ]


def remove(parent: Element, child: Element) -> None:
    """Take a child out and leave the text behind it."""
    index = list(parent).index(child)
    _insert_text(parent, index, child.tail)
    parent.remove(child)


def replace(parent: Element, child: Element, *others: Element) -> None:
    """Put elements in the place of a child; the text behind it goes behind the last."""
    if not others:
        remove(parent, child)
        return
    index = list(parent).index(child)
    tail, child.tail = child.tail, None
    parent[index : index + 1] = list(others)
    others[-1].tail = (others[-1].tail or "") + (tail or "") or None


def unwrap(parent: Element, child: Element) -> None:
    """Put what is in a child in its place."""
    index = list(parent).index(child)
    _insert_text(parent, index, child.text)
    inner, tail = list(child), child.tail
    parent[index : index + 1] = inner
    if inner:
        inner[-1].tail = (inner[-1].tail or "") + (tail or "") or None
    else:
        _insert_text(parent, index, tail)


def move_content(source: Element, target: Element) -> None:
    """Move text and children of one element to the end of another."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + (source.text or "") or None
    else:
        target.text = (target.text or "") + (source.text or "") or None
    target.extend(list(source))
    source.text = None
    del source[:]


def copy_of(element: Element) -> Element:
    """A deep copy without the text behind the element."""
    made = deepcopy(element)
    made.tail = None
    return made


def new(name: str, text: str | None = None, **attributes: str) -> Element:
    """A new element; ``class_`` stands for class, and ``_`` in other names for a hyphen."""
    made = Element(
        name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    )
    made.text = text
    return made


def append_text(element: Element, text: str) -> None:
    """Put text behind everything in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def is_phrasing(element: Element) -> bool:
    """Whether there is no block in the element."""
    return not any(child.tag in BLOCKS for child in element.iter() if child is not element)


def lines_of(element: Element) -> list[Element]:
    """Copies of an element, each with one line of what is in it; the first keeps its id."""
    lines = [Element(element.tag, element.attrib)]

    def add_text(text: str | None) -> None:
        for index, piece in enumerate((text or "").split("\n")):
            if index:
                attributes = {key: text for key, text in element.items() if key != "id"}
                lines.append(Element(element.tag, attributes))
            append_text(lines[-1], piece)

    add_text(element.text)
    for child in element:
        if child.tag != "br":
            first, *others = lines_of(child)
            lines[-1].append(first)
            for other in others:
                add_text("\n")
                lines[-1].append(other)
        add_text(child.tail)
    return lines


def _texts(element: Element) -> Iterator[str]:
    names = element.get("class", "").split()
    if "noteref" in names:
        return
    if element.tag == _MATH:
        yield math_text(element)
        return
    if SAYS in element.attrib:
        yield element.get(SAYS, "")
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        if child.tag == "br" or child.tag in BLOCKS:
            yield " "
        yield child.tail or ""


def _insert_text(parent: Element, index: int, text: str | None) -> None:
    if not text:
        return
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
