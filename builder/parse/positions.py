"""Where the elements of a rendered chapter stand in its source.

Markdown keeps no positions: the first letters and digits of each block are looked for in
the source, moving forward; targets of links and images are looked for as they stand.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Place
from builder.parse.tree import AT, BLOCKS, offset_of
from builder.source import Source

_LINK = re.compile(r"!?\[(?:[^\[\]\n]|\[[^\]\n]*\])*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_KEY_LENGTH = 24


def stamp(body: Element, source: Source, start: int, notes: dict[str, int]) -> None:
    """Write the offset of each block, link and image to its ``data-at``.

    ``notes`` holds the offset of each footnote definition by the id of its list item.
    """
    cursor = start
    for element, is_leaf in _blocks(body):
        if element.get("id") in notes:
            cursor = notes[element.get("id", "")]
        if not is_leaf:
            element.set(AT, str(cursor))
            continue
        text = _own_text(element)
        found = source.find_rendered(text, cursor) if text else None
        at = cursor if found is None else found
        element.set(AT, str(at))
        _stamp_inline(element, source, source.text.rfind("\n", 0, at) + 1)
        cursor = at + 1 if found is not None else cursor


def place_of(element: Element, source: Source) -> Place:
    """The place of an element: the whole link or image, the text of a block."""
    at = offset_of(element)
    link = _LINK.match(source.text, at)
    length = len(link[0]) if link else len(source.text[at:].split("\n", 1)[0]) if at else 1
    return source.place(at, length)


def _blocks(body: Element) -> Iterator[tuple[Element, bool]]:
    """Every block in document order, and whether it holds text of its own."""
    for element in body.iter():
        if element.tag in BLOCKS:
            yield element, _is_leaf(element)


def _is_leaf(element: Element) -> bool:
    if (element.text or "").strip():
        return True
    return any(child.tag not in BLOCKS or (child.tail or "").strip() for child in element)


def _own_text(element: Element) -> str:
    """The beginning of the text that stands in a block before any block inside it."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in BLOCKS:
            break
        if not (child.get("id") or "").startswith("fnref"):
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    letters = [char for char in "".join(pieces) if char.isalnum()]
    return "".join(letters[:_KEY_LENGTH])


def _stamp_inline(block: Element, source: Source, start: int) -> None:
    cursor = start
    stack = [child for child in reversed(block) if child.tag not in BLOCKS]
    while stack:
        element = stack.pop()
        stack.extend(child for child in reversed(element) if child.tag not in BLOCKS)
        target = element.get("href") or element.get("src")
        if target is None:
            element.set(AT, block.get(AT, "0"))
            continue
        cursor = _find_target(source.text, target, cursor)
        element.set(AT, str(cursor))


def _find_target(text: str, target: str, start: int) -> int:
    """The offset of the link or image with a target, from the offset of the one before."""
    if target.startswith("#fn"):
        return start
    at = text.find(f"]({target}", start + 1 if text[start : start + 1] in "![" else start)
    if at < 0:
        at = text.find(target, start)
        return start if at < 0 else at
    opening, depth = at, 1
    while opening > 0 and depth and text[opening - 1] != "\n":
        opening -= 1
        depth += {"]": 1, "[": -1}.get(text[opening], 0)
    return opening - 1 if text[opening - 1 : opening] == "!" else opening
