"""Where links, images, notes, code and raw HTML stand in the source, each within its block."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from builder.parse.bracketed import INDEX, TERM
from builder.parse.prose import Prose
from builder.parse.tree import AT, BLOCKS, local_name, offset_of

_INDEX_MARK = re.compile(r"\{[^{}]*?\b(?:index|term)\b[^{}]*\}")
_NAME = re.compile(r"\[([^\[\]]+)\](?![(:])")
# What Markdown writes within lines; without attributes nothing is ever said about it.
_WITHOUT_PLACE = frozenset("abbr br code del em ins mark span strong sub sup".split())


def mark_inline(body: Element, prose: Prose, references: Mapping[str, str]) -> None:
    """Write the offsets of links, images, notes, code and raw HTML, once all is one tree.

    ``references`` holds the address of each link that is defined apart, by its name.
    """
    blocks = sorted(offset_of(each) for each in body.iter() if each.get(AT))
    finder = _Finder(prose, blocks, _uses_by_name(prose.plain, references))
    for element in _outside_code(body):
        if element.get(AT):
            finder.enter(offset_of(element))
        elif (found := finder.find(element)) is not None:
            element.set(AT, str(found))
    _fill(body)


def _outside_code(body: Element) -> Iterator[Element]:
    """Every element in document order, but for those in blocks of code."""
    stack = [body]
    while stack:
        element = stack.pop()
        yield element
        if element.tag != "pre":
            stack.extend(reversed(element))


# Begin and end of the links (``a``) and images (``img``) by name, for each address.
_Uses = Mapping[tuple[str, str], Sequence[tuple[int, int]]]


def _uses_by_name(text: str, references: Mapping[str, str]) -> _Uses:
    uses: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for found in _NAME.finditer(text) if references else ():
        address = references.get(" ".join(found[1].lower().split()))
        if address is not None:
            at = found.start()
            before = text[:at].rstrip(" ")
            at = _opening(text, len(before) - 1) if before.endswith("]") else at
            is_image = text[at - 1 : at] == "!"
            kind = "img" if is_image else "a"
            uses.setdefault((kind, address), []).append((at - is_image, found.end()))
    return uses


class _Finder:
    """Looks for what stands within blocks, moving forward; each kind has its own cursor."""

    def __init__(self, prose: Prose, blocks: Sequence[int], uses: _Uses) -> None:
        self.prose, self.text = prose, prose.plain
        self.blocks, self.uses = blocks, uses
        self.start, self.limit = 0, blocks[0] if blocks else len(self.text)
        self.cursors: dict[str, int] = {}
        self.entered: set[int] = set()

    def enter(self, at: int) -> None:
        """A block begins at an offset, or an element of raw HTML.

        What is never closed, HTML begins again in each block that follows.
        """
        if at in self.entered:
            return
        self.entered.add(at)
        self.start = at
        index = bisect_right(self.blocks, at)
        self.limit = self.blocks[index] if index < len(self.blocks) else len(self.text)
        self.cursors.clear()

    def find(self, element: Element) -> int | None:
        """The offset of an element that Markdown gave none."""
        name = local_name(element)
        if {INDEX, TERM} & element.attrib.keys() and name not in ("a", "img"):
            return self._index_mark()
        if name == "sup" and element.get("id", "").startswith("fnref"):
            return None
        if name == "a" and (target := element.get("href")) is not None:
            if target.startswith("#fn:"):
                return self._note(target.removeprefix("#fn:"))
            return self._link("a", target)
        if name == "img":
            return self._link("img", element.get("src", ""))
        if name == "pre":
            return self._code()
        if element.attrib or name not in _WITHOUT_PLACE:
            return self._raw(name)
        return None

    def _note(self, label: str) -> int | None:
        at = self.text.find(f"[^{label}]", self.cursors.get("note", self.start), self.limit)
        self.cursors["note"] = at + 1
        return at if at >= 0 else None

    def _index_mark(self) -> int | None:
        found = _INDEX_MARK.search(self.text, self.cursors.get(INDEX, self.start), self.limit)
        self.cursors[INDEX] = found.end() if found else self.limit
        return found.start() if found else None

    def _tag(self, name: str, start: int) -> re.Match[str] | None:
        return re.compile(rf"<{name}\b", re.IGNORECASE).search(self.text, start, self.limit)

    def _raw(self, name: str) -> int | None:
        tag = self._tag(name, self.cursors.get(name, self.start))
        if tag:
            self.cursors[name] = tag.end()
        return tag.start() if tag else None

    def _code(self) -> int | None:
        blocks = self.prose.blocks
        index = bisect_left(blocks, (self.cursors.get("code", self.start), 0))
        if index == len(blocks) or blocks[index][0] > self.limit:
            return None
        self.cursors["code"] = blocks[index][1]
        return blocks[index][0]

    def _link(self, kind: str, target: str) -> int | None:
        """The offset at which a link or image begins, whichever way it is written."""
        start = self.cursors.get(kind, self.start)
        candidates = [*self._bracketed(kind, target, start), *self._others(kind, target, start)]
        if not candidates:
            return None
        at, end = min(candidates, key=lambda candidate: candidate[1])
        self.cursors[kind] = end
        return at

    def _bracketed(self, kind: str, target: str, start: int) -> Iterator[tuple[int, int]]:
        """Begin and end of ``[text](target)``."""
        for form in {target, target.replace("&", "&amp;")}:
            for between in ("](", "](<", "]( "):
                at = self.text.find(between + form, start, self.limit + len(form))
                while at >= 0:
                    opening = _opening(self.text, at)
                    is_image = self.text[opening - 1 : opening] == "!"
                    if is_image == (kind == "img"):
                        yield opening - is_image, at + 1
                        break
                    at = self.text.find(between + form, at + 1, self.limit + len(form))

    def _others(self, kind: str, target: str, start: int) -> Iterator[tuple[int, int]]:
        """Begin and end of ``<target>``, ``<a href="target">``, ``[text][name]`` and ``[name]``."""
        for form in {f"<{target}>", f"<{target.removeprefix('mailto:')}>"}:
            if (at := self.text.find(form, start, self.limit)) >= 0:
                yield at, at + 1
        if tag := self._tag(kind, start):
            tag_end = self.text.find(">", tag.start())
            if target in self.text[tag.start() : tag_end].replace("&amp;", "&"):
                yield tag.span()
        uses = self.uses.get((kind, target), [])
        yield from uses[bisect_left(uses, (start, 0)) :][:1]


def _opening(text: str, closing: int) -> int:
    """The offset of the bracket that a closing one belongs to."""
    at, depth = closing, 1
    while depth and at > 0 and text[at - 1 : at + 1] != "\n\n":
        at -= 1
        if text[at] in "[]" and text[at - 1 : at] != "\\":
            depth += 1 if text[at] == "]" else -1
    return at if depth == 0 else closing


def _fill(body: Element) -> None:
    """Give the elements around blocks the offset of the first in them; others that before."""
    for element in reversed(list(_outside_code(body))):
        if not element.get(AT):
            inner = next((child.get(AT) for child in element if child.get(AT)), None)
            if inner:
                element.set(AT, inner)
    last = "0"
    for element in _outside_code(body):
        if at := element.get(AT):
            last = at
        elif element.attrib or element.tag in BLOCKS:
            element.set(AT, last)
