"""What is for one output only: left out of the other, and nothing but itself in its own."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from builder.book import Output
from builder.parse.tree import classes, parents, remove, unwrap, with_class

_CLASSES: Mapping[Output, str] = {"print": "only-print", "epub": "only-epub"}


def select_output(body: Element, output: Output) -> None:
    """Take out what is for another output, and the boxes around what is for this one."""
    for other, name in _CLASSES.items():
        if other != output:
            _drop(body, name)
    own = _CLASSES[output]
    owners = parents(body)
    for kept in reversed([*with_class(body, own)]):
        if kept.tag == "div" and classes(kept) == (own,) and not kept.get("id"):
            unwrap(owners[kept], kept)


def _drop(body: Element, name: str) -> None:
    owners = parents(body)
    dropped = [*with_class(body, name)]
    for element in dropped:
        owner = owners[element]
        remove(owner, element)
        if owner.tag == "p" and not len(owner) and not (owner.text or "").strip():
            remove(owners[owner], owner)
