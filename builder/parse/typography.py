"""Smart typography in a tree of Markdown's: every text that is no code gets the language's marks.

The tree still holds placeholders for raw HTML, entities and escaped characters; they stay
as they are, but count as neighbours.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.parse.quotes import Marks, Piece
from builder.parse.tree import BLOCKS

_PLACEHOLDER = re.compile("\x02(?:wzxhzdk:(\\d+)|(\\d+)|[^\x02\x03]*)\x03")
_OPAQUE = frozenset(("code", "kbd", "pre", "samp", "math", "svg", "img"))
_RAW_CODE = re.compile(r"<(/?)(?:code|kbd|pre|samp|tt|math|svg)\b", re.IGNORECASE)
_OBJECT = "\ufffc"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A text in the tree: an element's own, or the one behind it."""

    element: Element
    is_tail: bool

    @property
    def text(self) -> str:
        """The text as it stands."""
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def set(self, text: str) -> None:
        """Put another text in its place."""
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


def set_marks(root: Element, stash: Sequence[object], marks: Marks) -> None:
    """Set the marks of a language, paragraph by paragraph; ``stash`` holds Markdown's raw HTML."""
    run: list[_Slot | None] = []
    for slot in _slots(root):
        if slot == "end":
            _set_run(run, stash, marks)
            run = []
        else:
            run.append(slot if isinstance(slot, _Slot) else None)
    for image in root.iter("img"):
        for key in ("alt", "title"):
            if text := image.get(key):
                image.set(key, "".join(marks.set([Piece(text)])))


def _slots(element: Element) -> Iterator[_Slot | str]:
    """The texts in an element, ``"object"`` for what is no text, and the ``"end"`` of a block."""
    if element.tag in BLOCKS:
        yield "end"
    if element.tag in _OPAQUE or _is_address(element):
        yield "object"
    else:
        yield _Slot(element, is_tail=False)
        for child in element:
            yield from _slots(child)
            yield _Slot(child, is_tail=True)
    if element.tag in BLOCKS:
        yield "end"


def _is_address(element: Element) -> bool:
    """Whether the text of a link is its own address."""
    return element.tag == "a" and (element.text or "") in (element.get("href"), "\x02")


def _set_run(run: Iterable[_Slot | None], stash: Sequence[object], marks: Marks) -> None:
    pieces: list[Piece] = []
    owners: list[tuple[_Slot, list[tuple[int, str]]]] = []
    in_code = False
    for slot in run:
        if slot is None:
            pieces.append(Piece(_OBJECT, is_prose=False))
            continue
        parts: list[tuple[int, str]] = []
        for text, placeholder in _split(slot.text):
            seen = text
            if placeholder:
                raw = _meaning(placeholder, stash)
                if code := _RAW_CODE.match(raw):
                    in_code = not code[1]
                seen = "" if raw.startswith("<") else raw[-1:]
            parts.append((len(pieces), placeholder))
            pieces.append(Piece(seen, is_prose=not placeholder and not in_code))
        owners.append((slot, parts))
    made = marks.set(pieces)
    for slot, parts in owners:
        if any(made[index] != pieces[index].text for index, _ in parts):
            slot.set("".join(placeholder or made[index] for index, placeholder in parts))


def _split(text: str) -> Iterator[tuple[str, str]]:
    """The text between placeholders, and the placeholders."""
    at = 0
    for found in _PLACEHOLDER.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], ""
        yield "", found[0]
        at = found.end()
    if at < len(text):
        yield text[at:], ""


def _meaning(placeholder: str, stash: Sequence[object]) -> str:
    """What a placeholder stands for: a tag, or the character of an entity or an escape."""
    found = _PLACEHOLDER.fullmatch(placeholder)
    if found and found[1] and int(found[1]) < len(stash):
        raw = str(stash[int(found[1])])
        return raw if raw.startswith("<") else html.unescape(raw)
    return chr(int(found[2])) if found and found[2] else ""
