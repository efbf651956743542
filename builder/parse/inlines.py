"""Where links, images, notes, code and raw HTML stand in the source, each within its block."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from builder.parse.prose import Prose
from builder.parse.tree import AT, BLOCKS, classes, local_name, offset_of

# What Markdown writes within lines; without attributes nothing is ever said about it.
_WITHOUT_PLACE = frozenset("abbr br code del em ins mark span strong sub sup".split())


def mark_inline(body: Element, prose: Prose, references: Mapping[str, str]) -> None:
    """Write the offsets of links, images, notes, code and raw HTML, once all is one tree.

    ``references`` holds the address of each link that is defined apart, by its name.
    """
    blocks = sorted(offset_of(each) for each in body.iter() if each.get(AT))
    finder = _Finder(prose, blocks, _names_by_address(references))
    for element in body.iter():
        if element.get(AT):
            finder.enter(offset_of(element))
        elif (found := finder.find(element)) is not None:
            element.set(AT, str(found))
    _fill(body)


def _names_by_address(references: Mapping[str, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, address in references.items():
        names.setdefault(address, []).append(name)
    return names


class _Finder:
    """Looks for what stands within blocks, moving forward; each kind has its own cursor."""

    def __init__(
        self, prose: Prose, blocks: Sequence[int], names: Mapping[str, Sequence[str]]
    ) -> None:
        self.prose, self.text = prose, prose.plain
        self.lowered = self.text.lower()
        self.blocks, self.names = blocks, names
        self.start, self.limit = 0, blocks[0] if blocks else len(self.text)
        self.cursors: dict[str, int] = {}

    def enter(self, at: int) -> None:
        """A block begins at an offset."""
        self.start = at
        index = bisect_right(self.blocks, at)
        self.limit = self.blocks[index] if index < len(self.blocks) else len(self.text)
        self.cursors.clear()

    def find(self, element: Element) -> int | None:
        """The offset of an element that Markdown gave none."""
        name = local_name(element)
        if name == "sup" and element.get("id", "").startswith("fnref"):
            return None
        if name == "a" and (target := element.get("href")) is not None:
            if target.startswith("#fn:"):
                return self._next("note", [f"[^{target[4:]}]"])
            return self._link("a", target)
        if name == "img":
            return self._link("img", element.get("src", ""))
        if name == "pre" or "highlight" in classes(element):
            return self._code()
        if element.attrib or name not in _WITHOUT_PLACE:
            return self._next(name, [f"<{name}"], lowered=True)
        return None

    def _next(self, kind: str, forms: Sequence[str], *, lowered: bool = False) -> int | None:
        text = self.lowered if lowered else self.text
        start = self.cursors.get(kind, self.start)
        found = [at for form in forms if (at := text.find(form, start, self.limit)) >= 0]
        if not found:
            return None
        self.cursors[kind] = min(found) + 1
        return min(found)

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
        if (at := self.lowered.find(f"<{kind}", start, self.limit)) >= 0:
            tag_end = self.text.find(">", at)
            if target in self.text[at:tag_end].replace("&amp;", "&"):
                yield at, at + 1
        for name in self.names.get(target, ()):
            words = r"\s+".join(map(re.escape, name.split()))
            pattern = re.compile(rf"\[\s*{words}\s*\](?![(:])", re.IGNORECASE)
            if found := pattern.search(self.text, start, self.limit):
                at = found.start()
                before = self.text[:at].rstrip(" ")
                if before.endswith("]"):
                    at = _opening(self.text, len(before) - 1)
                yield at - (self.text[at - 1 : at] == "!"), found.end()


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
    for element in reversed(list(body.iter())):
        if not element.get(AT):
            inner = next((child.get(AT) for child in element if child.get(AT)), None)
            if inner:
                element.set(AT, inner)
    last = "0"
    for element in body.iter():
        if at := element.get(AT):
            last = at
        elif element.attrib or element.tag in BLOCKS:
            element.set(AT, last)
