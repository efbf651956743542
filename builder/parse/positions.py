"""Where the elements of a rendered chapter stand in its source.

Markdown keeps no positions. Before it reads what stands within lines, the text of every
block is still as the author wrote it, so each is looked for in the source behind the one
before. Links, images and notes are then looked for within their block.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from builder.diagnostics import Place
from builder.parse.prose import Prose
from builder.parse.raw_html import CODE, start_tags, with_places
from builder.parse.tree import AT, classes, offset_of
from builder.source import Source

_LINK = re.compile(
    r"!?\[(?:[^\[\]\n]|\[[^\]\n]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])?"
    r"|<[^<>\n]+>"
)
_CHECKBOX = re.compile(r"\[[ xX]\] +")
_PLACEHOLDER = re.compile("\x02wzxhzdk:(\\d+)\x03")
_MARKS = "\x02"
# A line that is neither blank nor the end of a block.
_NEXT_LINE = re.compile(r"(?<!/)(?!/{3,}[ \t]*$)\S[^\n]*", re.MULTILINE)
# Between one block and the next stand only marks, numbers and names; more is a wrong guess.
_LONGEST_GAP, _CERTAIN = 400, 24


def mark_blocks(
    root: Element, stash: Sequence[object], prose: Prose, notes: Mapping[str, int]
) -> Mapping[int, str]:
    """Write the offset of each block to its ``data-at``, in a tree of Markdown's before inlines.

    ``stash`` holds the raw HTML that Markdown put aside, ``notes`` the offset of each
    footnote's text by the id of its list item. Returns the raw HTML with the places of its tags.
    """
    cursor, shaped = 0, _Text(prose.text_outside_blocks)
    placed: dict[int, str] = {}
    titles = frozenset(_made_titles(root))
    for element in root.iter():
        name = element.get("id", "")
        if name in notes:
            cursor = prose.text_offset(notes[name])
        text = element.text or ""
        if not text.strip():
            continue
        raw = _PLACEHOLDER.match(text.strip())
        if raw and raw[0] == text.strip():
            number = int(raw[1])
            placed[number], cursor = _place_raw(str(stash[number]), cursor, shaped, prose)
            continue
        limit = shaped.end_of_next_line(cursor) if element in titles else None
        at = shaped.find(text, cursor, limit)
        if at < 0:
            continue
        box = _CHECKBOX.match(text) if element.tag in ("li", "p") else None
        element.set(AT, str(prose.source_offset(at + (box.end() if box else 0))))
        cursor = at + _least_length(text)
    return placed


def place_of(element: Element, source: Source) -> Place:
    """The place of an element: the whole link or image, the words of a block's first line."""
    at = offset_of(element)
    if link := _LINK.match(source.text, at):
        return source.place(at, link.end() - at)
    line_end = source.text.find("\n", at)
    line = source.text[at : line_end if line_end >= 0 else None].rstrip()
    if line.endswith("}"):
        line = line[: line.rfind("{")].rstrip()
    return source.place(at, len(line.rstrip("#").rstrip()))


class _Text:
    """The text of a chapter to look for blocks in."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, block: str, start: int, limit: int | None) -> int:
        """The offset of a block's first line at or behind ``start``; -1 where it is not found."""
        line = block.strip().partition("\n")[0].partition(_MARKS)[0].strip()
        at = self.text.find(line, start, limit) if line else -1
        if at < 0 and line:
            # White space may have changed: Markdown expands tabs.
            pattern = re.compile(r"\s+".join(map(re.escape, line.split())))
            found = pattern.search(self.text, start, limit or len(self.text))
            at = found.start() if found else -1
        if at - start > _LONGEST_GAP and len(line) < _CERTAIN:
            letters = sum(map(str.isalnum, self.text[start:at]))
            return -1 if letters > _LONGEST_GAP else at
        return at

    def end_of_next_line(self, start: int) -> int:
        """The end of the first line behind ``start`` that says something."""
        found = _NEXT_LINE.search(self.text, start)
        return found.end() if found else len(self.text)

    def each_of(self, pieces: Iterable[str], start: int) -> Iterator[int]:
        """The offsets of some pieces in order; -1 for one that is not found."""
        for piece in pieces:
            at = self.text.find(piece, start)
            start = at + len(piece) if at >= 0 else start
            yield at


def _place_raw(html: str, cursor: int, shaped: _Text, prose: Prose) -> tuple[str, int]:
    """Raw HTML from behind ``cursor`` with the places of its tags, and the offset behind it."""
    if html.startswith(CODE):
        return html, cursor
    tags = start_tags(html)
    # In HTML, what is indented may be no code.
    found = (text.find(html, cursor) for text in (shaped.text, prose.text))
    at = next((each for each in found if each >= 0), -1)
    if at >= 0:
        offsets, end = [at + tag.at for tag in tags], at + len(html)
    else:
        # Blank lines may have been put into it.
        offsets = [*shaped.each_of((tag.text for tag in tags), cursor)]
        end = max((cursor, *offsets))
    places = (str(prose.source_offset(each)) if each >= 0 else "" for each in offsets)
    return with_places(html, tags, places), end


def _made_titles(root: Element) -> Iterator[Element]:
    """The titles of boxes, which Markdown makes of their kinds where they have none."""
    for element in root.iter():
        if "admonition-title" in classes(element):
            yield element
        elif element.get("data-alert") and len(element):
            yield element[0]


def _least_length(text: str) -> int:
    """The characters that a block takes up in the source at the least."""
    return len(text.rstrip().partition(_MARKS)[0])
