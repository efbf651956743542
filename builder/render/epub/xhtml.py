"""What XHTML in an EPUB asks beyond HTML: languages said twice, addresses without spaces."""

import re
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from builder.parse.tree import walk

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IN_URLS = ";/?:@&=+$,#%!~*'()"
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def make_valid(tree: Element) -> None:
    """Say each language in ``xml:lang`` too, and write addresses as URLs; no ``main`` in a main."""
    for element in tree.iter():
        # A page of an e-book is all main, and screen readers know one alone.
        if element.tag == "main":
            element.tag = "div"
        if language := element.get("lang"):
            element.set(_XML_LANG, language)
        if source := element.get("cite"):
            element.set("cite", _as_url(source))
    for link in walk(tree, "a"):
        target = link.get("href", "#")
        if not target.startswith("#"):
            link.set("href", _as_url(target))


def turn_code(tree: Element) -> None:
    """In a text that runs from right to left, code runs from left to right."""
    for code in walk(tree, "pre", "code", "kbd", "samp"):
        code.set("dir", "ltr")


def _as_url(address: str) -> str:
    """An address with everything escaped that a URL cannot hold (RFC 3986)."""
    in_host = "[]" if "[" in urlsplit(address).netloc else ""
    return _LONE_PERCENT.sub("%25", quote(address, safe=_IN_URLS + in_host))
