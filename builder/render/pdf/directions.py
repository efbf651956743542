"""Words of the other direction stay in their order, whatever elements they stand in.

The engine sets each text by itself and the boxes of a line behind one another in the direction
of the block, as if each were isolated. Where a phrase of the other direction goes on from one
element into the next, it gets an element of its own, and its direction with it. What is left and
what is right follows the Unicode Bidirectional Algorithm (UAX 9), without explicit marks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from builder.directions import STRONG, Direction, directions
from builder.parse.tree import BLOCKS, classes, new

_Node = str | Element
_RIGHT_TO_LEFT = re.compile(
    '<html[^>]* dir="rtl"|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|'
    "[\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_CODE = frozenset(("code", "kbd", "pre", "samp"))
# What stands in a line without being a part of its sentence.
_APART = frozenset(("footnote", "margin-note", "mark", "under-task"))
_OBJECT = "\ufffc"


def has_both_directions(html: str) -> bool:
    """Whether a page has letters from right to left, or is read from there."""
    return _RIGHT_TO_LEFT.search(html) is not None


def keep_order(root: Element) -> None:
    """Isolate the phrases of the other direction in a page, which is changed."""
    for body in root.iter("body"):
        _order(body, _own_direction(root) or "ltr", is_block=True)


@dataclass(frozen=True, slots=True)
class _Line:
    """Nodes of one sentence: the letters of each, and which of all letters are turned."""

    nodes: tuple[_Node, ...]
    starts: tuple[int, ...]
    text: str
    turned: tuple[bool, ...]

    @property
    def has_words(self) -> bool:
        """Whether it is a sentence, and not parts that styles put into their places."""
        inner = self.nodes[1:-1]
        words = any(isinstance(each, str) and each.strip() for each in self.nodes)
        return words or any(isinstance(each, str) for each in inner)

    @property
    def is_turned(self) -> bool:
        """Whether all its letters are of the other direction."""
        strong = [
            is_turned
            for letter, is_turned in zip(self.text, self.turned, strict=True)
            if bidirectional(letter) in STRONG
        ]
        return bool(strong) and all(strong)


class _Piece(NamedTuple):
    """A node, or a part of a text, and the number of the run that it is in."""

    node: _Node
    run: int | None


def _order(element: Element, base: Direction, *, is_block: bool) -> None:
    if element.tag in _CODE and base == "rtl":
        element.set("dir", "ltr")
    base = _own_direction(element) or base
    made: list[_Node] = []
    for is_line, group in groupby(_taken(element), key=_is_inline):
        line = _line([*group], base)
        is_sentence = is_line and line.has_words
        nodes = _isolated(line, base, is_block=is_block) if is_sentence else [*line.nodes]
        for node in nodes:
            if isinstance(node, Element) and not node.tag.startswith("{"):
                is_apart = _is_apart(node) or not is_line
                _order(node, base, is_block=is_apart or (is_block and not is_sentence))
        made += nodes
    _put(element, made)


def _isolated(line: _Line, base: Direction, *, is_block: bool) -> list[_Node]:
    """The nodes of a line, with an element around each phrase that needs one."""
    is_whole = is_block and line.is_turned
    runs = [_whole(line)] if is_whole else _runs(line.turned)
    made: list[_Node] = []
    for run, group in groupby(_pieces(line, runs), key=lambda piece: piece.run):
        nodes = [piece.node for piece in group]
        if run is not None and (len(nodes) > 1 or not all(line.turned[slice(*runs[run])])):
            span = new("span", dir="ltr" if base == "rtl" else "rtl")
            _put(span, nodes)
            nodes = [span]
        made += nodes
    return made


def _whole(line: _Line) -> tuple[int, int]:
    """The words of a line from the first to the last, and the signs at both ends."""
    first = line.turned.index(True)
    start = max(each for each in line.starts if each <= first)
    words = line.text[start:]
    return start + len(words) - len(words.lstrip()), len(line.text.rstrip())


def _runs(turned: Sequence[bool]) -> list[tuple[int, int]]:
    """From where to where letters are of the other direction."""
    found, at = [], 0
    for is_turned, group in groupby(turned):
        length = sum(1 for _ in group)
        if is_turned:
            found.append((at, at + length))
        at += length
    return found


def _pieces(line: _Line, runs: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """The nodes of a line, cut where runs begin and end."""
    cuts = sorted({at for run in runs for at in run})
    for node, start in zip(line.nodes, line.starts, strict=True):
        end = start + len(_letters(node))
        inner = (cut for cut in cuts if start < cut < end) if _may_be_cut(node) else ()
        for first, last in pairwise([start, *inner, end]):
            part = (
                node if first == start and last == end else _part(node, first - start, last - start)
            )
            yield _Piece(part, _run_of(first, last, runs))


def _may_be_cut(node: _Node) -> bool:
    return isinstance(node, str) or (not len(node) and node.tag not in _CODE)


def _part(node: _Node, first: int, last: int) -> _Node:
    """A text from one letter to another, in an element like its own where it has one."""
    if isinstance(node, str):
        return node[first:last]
    attributes = {key: value for key, value in node.items() if not first or key != "id"}
    made = Element(node.tag, attributes)
    made.text = (node.text or "")[first:last]
    return made


def _run_of(start: int, end: int, runs: Sequence[tuple[int, int]]) -> int | None:
    """The run that holds the whole of a piece; one without letters is in it or at its edge."""
    for index, (first, last) in enumerate(runs):
        if (first <= start < end <= last) or (first < start == end < last):
            return index
    return None


def _line(nodes: Sequence[_Node], base: Direction) -> _Line:
    texts = [_letters(node) for node in nodes]
    starts = [sum(map(len, texts[:index])) for index in range(len(texts))]
    text = "".join(texts)
    turned = tuple(each != base for each in directions(text, base))
    return _Line(tuple(nodes), tuple(starts), text, turned)


def _letters(node: _Node) -> str:
    """The letters of a node; what is apart or has a direction of its own counts as an object."""
    if isinstance(node, str):
        return node
    if node.tag.startswith("{") or node.tag == "img" or node.get("dir") or _is_apart(node):
        return _OBJECT
    return "".join(_letters(each) for each in _nodes(node))


def _own_direction(element: Element) -> Direction | None:
    own = element.get("dir")
    return "rtl" if own == "rtl" else "ltr" if own == "ltr" else None


def _is_apart(element: Element) -> bool:
    return not _APART.isdisjoint(classes(element))


def _is_inline(node: _Node) -> bool:
    return isinstance(node, str) or node.tag not in BLOCKS


def _nodes(element: Element) -> Iterator[_Node]:
    """The texts and elements in an element."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _taken(element: Element) -> list[_Node]:
    """The same, taken out of it."""
    nodes = [*_nodes(element)]
    for child in [*element]:
        child.tail = None
        element.remove(child)
    element.text = None
    return nodes


def _put(element: Element, nodes: Sequence[_Node]) -> None:
    """Put texts and elements into an element that is empty."""
    for node in nodes:
        if isinstance(node, Element):
            element.append(node)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + node
        else:
            element.text = (element.text or "") + node
