"""The outline, which readers show as bookmarks (ISO 32000-1, 12.3.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.render.pdf.syntax import number, reference, string


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: its level from 1, its words, the page within its part and a point on it."""

    level: int
    title: str
    page: int
    x: float
    y: float
    is_open: bool = True


@dataclass(slots=True)
class _Node:
    number: int
    level: int
    mark: Mark | None = None
    page: int = 0
    parent: "_Node | None" = None
    children: "list[_Node]" = field(default_factory=list)


def outline_objects(marks: Sequence[tuple[Mark, int]], first: int) -> Iterator[tuple[int, bytes]]:
    """The outline's objects, numbered from ``first``, its root.

    Each mark comes with the number of its page object.
    """
    if not marks:
        return
    root = _Node(first, 0)
    path, nodes = [root], []
    for index, (mark, page) in enumerate(marks):
        while path[-1].level >= mark.level:
            path.pop()
        node = _Node(first + 1 + index, mark.level, mark, page, path[-1])
        path[-1].children.append(node)
        path.append(node)
        nodes.append(node)
    visible = _count_visible(root)
    yield (
        first,
        b"<</Type/Outlines/First %s/Last %s/Count %d>>"
        % (reference(root.children[0].number), reference(root.children[-1].number), visible),
    )
    for node in (root, *nodes):
        for index, child in enumerate(node.children):
            yield child.number, _item(child, node, index)


def _item(node: _Node, parent: _Node, index: int) -> bytes:
    mark = node.mark
    assert mark is not None
    place = b"[%s/XYZ %s %s 0]" % (reference(node.page), number(mark.x), number(mark.y))
    entries = b"/Title%s/Parent %s/Dest%s" % (string(mark.title), reference(parent.number), place)
    if index:
        entries += b"/Prev " + reference(parent.children[index - 1].number)
    if index + 1 < len(parent.children):
        entries += b"/Next " + reference(parent.children[index + 1].number)
    if node.children:
        first, last = node.children[0].number, node.children[-1].number
        count = _count_visible(node) if mark.is_open else -_count_visible(node)
        entries += b"/First %s/Last %s/Count %d" % (reference(first), reference(last), count)
    return b"<<%s>>" % entries


def _count_visible(node: _Node) -> int:
    """How many items show below a node when it is opened."""
    return sum(
        1 + (_count_visible(child) if child.mark and child.mark.is_open else 0)
        for child in node.children
    )
