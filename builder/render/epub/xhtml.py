"""What XHTML in an EPUB asks beyond HTML: languages said twice, addresses without spaces."""

from urllib.parse import quote
from xml.etree.ElementTree import Element

from builder.parse.tree import walk

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IN_URLS = ";/?:@&=+$,#%!~*'()[]"


def make_valid(tree: Element) -> None:
    """Say each language in ``xml:lang`` too, and write the addresses of the web as URLs."""
    for element in tree.iter():
        if language := element.get("lang"):
            element.set(_XML_LANG, language)
    for link in walk(tree, "a"):
        target = link.get("href", "#")
        if not target.startswith("#"):
            link.set("href", quote(target, safe=_IN_URLS))
