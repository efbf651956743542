"""Boxes: notes, epigraphs, verse, pull-quotes, messages, exercises, and one-output blocks."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from builder.parse.dialogues import shape_dialogue
from builder.parse.tree import (
    AT,
    add_class,
    classes,
    lines_of,
    move_content,
    new,
    parents,
    remove,
    replace,
    text_of,
    walk,
    with_class,
)

_TITLE = "admonition-title"
# Element and class of each kind; every other kind is a box that stands beside the text.
_KINDS: Mapping[str, tuple[str, str]] = {
    "columns": ("div", "columns"),
    "dialogue": ("div", "dialogue"),
    "epigraph": ("blockquote", "epigraph"),
    "exercise": ("section", "exercise"),
    "landscape": ("div", "landscape"),
    "margin": ("aside", "margin"),
    "message": ("div", "message"),
    "only-epub": ("div", "only-epub"),
    "only-print": ("div", "only-print"),
    "pullquote": ("aside", "pullquote"),
    "references": ("div", "references"),
    "table-notes": ("div", "table-notes"),
    "verse": ("div", "verse"),
}
EXERCISE = "exercise"
# Blocks whose title says where they come from.
_ATTRIBUTED = ("epigraph", "verse")


def shape_boxes(body: Element) -> None:
    """Turn the blocks that Markdown made into the elements they stand for."""
    owners = parents(body)
    for block in [*with_class(body, "admonition"), *walk(body, "details")]:
        if block.tag in ("div", "details"):
            shaped = _shaped(block)
            owners.update(dict.fromkeys(shaped, shaped))
            owners[shaped] = owners[block]
            replace(owners[block], block, shaped)
    for dialogue in with_class(body, "dialogue"):
        shape_dialogue(dialogue)
    for verse in with_class(body, "verse"):
        for stanza in [child for child in verse if child.tag == "p"]:
            if "attribution" not in classes(stanza):
                _split_lines(stanza)


def _shaped(block: Element) -> Element:
    title = _take_title(block)
    kind, *others = [name for name in classes(block) if name != "admonition"] or ["box"]
    name, own_class = _KINDS.get(kind, ("aside", "box" if kind == "box" else f"box {kind}"))
    shaped = new(name, class_=own_class)
    for key, value in block.items():
        if key not in ("class", "title", "open"):
            shaped.set(key, value)
    for other in others:
        add_class(shaped, other)
    if title is not None and kind not in _ATTRIBUTED:
        shaped.append(title)
    move_content(block, shaped)
    if title is not None and kind in _ATTRIBUTED:
        title.set("class", "attribution")
        shaped.append(title)
    return shaped


def _take_title(block: Element) -> Element | None:
    """Take the title out of a block; attributes behind its words are meant for the block."""
    title = next(
        (child for child in block if _TITLE in classes(child) or child.tag == "summary"), None
    )
    if title is None:
        return None
    remove(block, title)
    for key, value in title.items():
        if key == "class":
            for name in classes(title):
                add_class(block, name)
        elif key != AT:
            block.set(key, value)
    block.set("class", block.get("class", "").replace(_TITLE, "").strip())
    if not text_of(title):
        return None
    title.tag, title.tail = "p", "\n"
    title.attrib = {AT: title.get(AT, "0"), "class": "box-title"}
    return title


def _split_lines(stanza: Element) -> None:
    """Put each line of a stanza into a span of its own, as the source breaks them."""
    add_class(stanza, "stanza")
    lines = lines_of(stanza)
    for line in lines:
        line.tag, line.attrib = "span", {"class": "line"}
    stanza.text = None
    stanza[:] = [line for line in lines if len(line) or (line.text or "").strip()]
    for line in stanza[:-1]:
        line.append(new("br"))
