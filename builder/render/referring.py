"""References that may be followed by a page: where in the text they stand."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.parse.tree import classes, parents, text_of, with_class
from builder.resolve.references import BY_NUMBER, REFERENCE

_NO_PAGES_IN = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"))


def references_in(tree: Element) -> Iterator[tuple[Element, Element, bool]]:
    """Each link that a page may follow, its parent, and whether it goes on without brackets.

    So it does behind a number, and inside of brackets.
    """
    owners = parents(tree)
    for link in with_class(tree, REFERENCE):
        if not _is_inside(link, owners, _NO_PAGES_IN):
            is_open = BY_NUMBER in classes(link) or _open_brackets(link, owners) > 0
            yield link, owners[link], is_open


def _is_inside(element: Element, owners: Mapping[Element, Element], names: frozenset[str]) -> bool:
    above = owners.get(element)
    while above is not None:
        if above.tag in names:
            return True
        above = owners.get(above)
    return False


def _open_brackets(link: Element, owners: Mapping[Element, Element]) -> int:
    """How many round brackets are open in the text before a link, within its block."""
    parent = owners[link]
    text = parent.text or ""
    for child in parent:
        if child is link:
            break
        text += text_of(child) + (child.tail or "")
    return text.count("(") - text.count(")")
