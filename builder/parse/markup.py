"""Element tree -> text that is HTML and XHTML at once."""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from xml.etree.ElementTree import Element

from builder.parse.tree import AT, SAYS, UNCLOSED, WIDTH, XHTML

_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {_XLINK: "xlink", _XML: "xml"}
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# What XML has no way to write (XML 1.0, 2.2): a reference such as &#xFFFE; may have put it there.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?")


def markup(element: Element) -> str:
    """The element as text that is HTML and XHTML at once, without its places."""
    pieces: list[str] = []
    _write(element, pieces.append, "")
    return _UNWRITABLE.sub("", "".join(pieces))


def inner_markup(element: Element) -> str:
    """What is in the element, as ``markup`` writes it."""
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        _write(child, pieces.append, "")
        pieces.append(escape(child.tail or "", quote=False))
    return _UNWRITABLE.sub("", "".join(pieces))


def _write(element: Element, put: Callable[[str], None], namespace: str) -> None:
    own, name = _names(element.tag)
    put(f"<{name}")
    if own and own != namespace:
        put(f' xmlns="{own}"')
    elif not own and namespace:
        put(f' xmlns="{XHTML}"')
    for key, value in element.items():
        if written := _attribute_name(key):
            put(f' {written}="{escape(value)}"')
    if not own and name in _VOID:
        put("/>")
        return
    put(">")
    if element.text:
        put(_escaped(element.text))
    for child in element:
        _write(child, put, own)
        if child.tail:
            put(_escaped(child.tail))
    put(f"</{name}>")


@cache
def _names(tag: str) -> tuple[str, str]:
    """The namespace and the name of an element."""
    own, _, name = tag.rpartition("}")
    return own.removeprefix("{"), name


def _escaped(text: str) -> str:
    """Text of a page: most of it has nothing to escape."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


@cache
def _attribute_name(key: str) -> str:
    if key in (AT, SAYS, UNCLOSED, WIDTH, "xmlns") or key.startswith("xmlns:"):
        return ""
    if key.startswith("{"):
        namespace, _, name = key[1:].partition("}")
        prefix = _PREFIXES.get(namespace)
        return f"{prefix}:{name}" if prefix == "xml" else name if prefix else ""
    return key if _XML_NAME.fullmatch(key) and not key.startswith(("xlink:", "xml:")) else ""
