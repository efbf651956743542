"""Boxes: notes, epigraphs, verse, pull-quotes, messages, exercises, and one-output blocks."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from builder.parse.tree import (
    BLOCKS,
    add_class,
    append_text,
    classes,
    move_content,
    new,
    parents,
    replace,
    text_of,
    walk,
    with_class,
)

_TITLE = "admonition-title"
_LINES = re.compile(r"\s*\{:?\s*lines\s*=\s*[\"']?(\d{1,3})[\"']?\s*\}\s*$")
# Element and class of each kind; every other kind is a box that stands beside the text.
_KINDS: Mapping[str, tuple[str, str]] = {
    "epigraph": ("blockquote", "epigraph"),
    "exercise": ("section", "exercise"),
    "message": ("div", "message"),
    "only-epub": ("div", "only-epub"),
    "only-print": ("div", "only-print"),
    "pullquote": ("aside", "pullquote"),
    "verse": ("div", "verse"),
}
# Blocks whose title says where they come from.
_ATTRIBUTED = ("epigraph", "verse")
_MOST_LINES = 99


def shape_boxes(body: Element) -> None:
    """Turn the blocks that Markdown made into the elements they stand for."""
    owners = parents(body)
    for block in [*with_class(body, "admonition"), *walk(body, "details")]:
        if block.tag in ("div", "details"):
            shaped = _shaped(block)
            owners.update(dict.fromkeys(shaped, shaped))
            owners[shaped] = owners[block]
            replace(owners[block], block, shaped)
    for verse in with_class(body, "verse"):
        for stanza in [child for child in verse if child.tag == "p"]:
            if "attribution" not in classes(stanza):
                _split_lines(stanza)


def shape_lines(body: Element) -> None:
    """Write the ruled lines that ``{lines=6}`` asks for, in the box or behind the block."""
    owners = parents(body)
    for element in [each for each in body.iter() if each.get("lines")]:
        count = element.attrib.pop("lines")
        if not count.isdecimal() or not 0 < int(count) <= _MOST_LINES:
            continue
        rules = new("div", class_="lines")
        rules.extend(new("div", class_="line-rule") for _ in range(int(count)))
        if element.tag in ("section", "aside", "div", "li", "td", "dd", "blockquote"):
            element.append(rules)
        elif element.tag in BLOCKS:
            owner = owners[element]
            rules.tail, element.tail = element.tail, "\n"
            owner.insert(list(owner).index(element) + 1, rules)


def _shaped(block: Element) -> Element:
    kind, *others = [name for name in classes(block) if name != "admonition"] or ["note"]
    title = _take_title(block)
    name, own_class = _KINDS.get(kind, ("aside", f"box {kind}"))
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
    """Take the title out of a block; the lines that it asks for go to the block."""
    title = next(
        (child for child in block if _TITLE in classes(child) or child.tag == "summary"), None
    )
    if title is None:
        return None
    block.remove(title)
    end = title[-1].tail or "" if len(title) else title.text or ""
    if lines := _LINES.search(end):
        block.set("lines", lines[1])
        if len(title):
            title[-1].tail = end[: lines.start()]
        else:
            title.text = end[: lines.start()]
    if count := title.attrib.pop("lines", None):
        block.set("lines", count)
    if not text_of(title):
        return None
    title.tag = "p"
    title.set("class", "box-title")
    title.tail = "\n"
    return title


def _split_lines(stanza: Element) -> None:
    """Put each line of a stanza into a span of its own, as the source breaks them."""
    add_class(stanza, "stanza")
    lines = [new("span", class_="line")]
    _add_text(lines, stanza.text)
    for child in list(stanza):
        tail, child.tail = child.tail, None
        if child.tag != "br":
            lines[-1].append(child)
        _add_text(lines, tail)
    stanza.text = None
    stanza[:] = [line for line in lines if len(line) or (line.text or "").strip()]
    for line in stanza[:-1]:
        line.append(new("br"))


def _add_text(lines: list[Element], text: str | None) -> None:
    for index, piece in enumerate((text or "").split("\n")):
        if index:
            lines.append(new("span", class_="line"))
        append_text(lines[-1], piece)
