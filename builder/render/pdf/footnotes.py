"""Footnotes on paper: each put where it is first referred to, for the engine to set at the foot."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import (
    BLOCKS,
    add_class,
    copy_of,
    is_phrasing,
    move_content,
    new,
    parents,
    replace,
    with_class,
)


def place_notes(tree: Element, notes: Mapping[str, Note]) -> None:
    """Put each note behind its first reference; later references only name its number.

    A note that another one refers to stands behind that, and is called from within it.
    """
    owners = parents(tree)
    placed: set[str] = set()
    for link in with_class(tree, NOTEREF):
        if link.get("href", "")[1:] in placed:
            replace(owners[link], link, _again(link))
            continue
        made = list(_footnotes(link, notes, placed))
        if not all(is_phrasing(footnote) for footnote in made):
            _open_paragraph(link, owners)
        replace(owners[link], link, *made)


def _footnotes(link: Element, notes: Mapping[str, Note], placed: set[str]) -> Iterator[Element]:
    """The note that a link is the first to name, and those that it is the first to name."""
    anchor = link.get("href", "")[1:]
    placed.add(anchor)
    footnote = new("span", class_="footnote", id=anchor)
    _fill_note(footnote, notes[anchor].body)
    yield footnote
    owners = parents(footnote)
    for inner in with_class(footnote, NOTEREF):
        if inner.get("href", "")[1:] not in placed:
            for each in _footnotes(inner, notes, placed):
                add_class(each, "of-note")
                yield each
        replace(owners[inner], inner, _again(inner))


def _again(link: Element) -> Element:
    again = new("sup", class_="note-again")
    inner = copy_of(link)
    inner.attrib = {"href": link.get("href", "")}
    again.append(inner)
    return again


def _fill_note(footnote: Element, body: Element) -> None:
    blocks = _without_spaces(copy_of(body))
    paragraphs = [child for child in blocks if child.tag == "p"]
    if len(blocks) == 1 and paragraphs:
        move_content(paragraphs[0], footnote)
        return
    for paragraph in paragraphs:
        paragraph.tag = "span"
        add_class(paragraph, "note-paragraph")
    move_content(blocks, footnote)


def _without_spaces(blocks: Element) -> Element:
    """No white space around blocks: the engine gives it lines of its own in a note."""
    for element in blocks.iter():
        if len(element) and element[0].tag in BLOCKS and not (element.text or "").strip():
            element.text = None
        for child, following in zip_longest(element, element[1:]):
            is_beside = child.tag in BLOCKS or (following is not None and following.tag in BLOCKS)
            if is_beside and not (child.tail or "").strip():
                child.tail = None
    return blocks


def _open_paragraph(link: Element, owners: Mapping[Element, Element]) -> None:
    """A paragraph cannot hold blocks: one whose note has some becomes a ``div``."""
    above: Element | None = owners.get(link)
    while above is not None and (above.tag not in BLOCKS or above.tag == "p"):
        if above.tag == "p":
            above.tag = "div"
            add_class(above, "paragraph")
        above = owners.get(above)
