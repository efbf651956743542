"""Smart typography in a tree of Markdown's: every text that is no code gets the language's marks.

The tree still holds placeholders for raw HTML, entities and escaped characters; they stay
as they are, but count as neighbours.
"""

import html
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from builder.parse.quotes import Marks, Piece
from builder.parse.tree import BLOCKS

_PLACEHOLDER = re.compile("\x02(?:wzxhzdk:(\\d+)|(\\d+)|[^\x02\x03]*)\x03")
_OPAQUE = frozenset(("code", "kbd", "pre", "samp", "math", "svg", "img"))
_RAW_CODE = re.compile(r"<(/?)(?:code|kbd|pre|samp|tt|math|svg)\b", re.IGNORECASE)
_OBJECT = "\ufffc"

# A text in the tree: an element's own, or the one behind it; None for what is no text.
_Slot = tuple[Element, bool] | None


def set_marks(root: Element, stash: Sequence[object], marks: Marks) -> None:
    """Set the marks of a language, paragraph by paragraph; ``stash`` holds Markdown's raw HTML."""
    setter = _Setter(stash, marks)
    setter.visit(root)
    for image in root.iter("img"):
        for key in ("alt", "title"):
            if text := image.get(key):
                image.set(key, "".join(marks.set([Piece(text)])))


class _Setter:
    """Goes through a tree and gathers the texts of one paragraph after another."""

    def __init__(self, stash: Sequence[object], marks: Marks) -> None:
        self.stash, self.marks = stash, marks
        self.run: list[_Slot] = []

    def visit(self, element: Element) -> None:
        """Gather the texts in an element; a block begins and ends a paragraph."""
        is_block = element.tag in BLOCKS
        if is_block:
            self._set()
        if element.tag in _OPAQUE or _is_address(element):
            self.run.append(None)
        else:
            if element.text:
                self.run.append((element, False))
            for child in element:
                self.visit(child)
                if child.tail:
                    self.run.append((child, True))
        if is_block:
            self._set()

    def _set(self) -> None:
        run, self.run = self.run, []
        texts = [_text(slot) for slot in run]
        if not self.marks.concerns("".join(texts)):
            return
        parts = [list(_split(text)) for text in texts]
        pieces, in_code = [], False
        for slot, split in zip(run, parts, strict=True):
            for text, placeholder in split:
                raw = self._meaning(placeholder) if placeholder else ""
                if code := _RAW_CODE.match(raw):
                    in_code = not code[1]
                seen = text or ("" if raw.startswith("<") else raw[-1:])
                is_prose = slot is not None and not placeholder and not in_code
                pieces.append(Piece(seen, is_prose))
        made = iter(self.marks.set(pieces))
        for slot, split in zip(run, parts, strict=True):
            # What a placeholder means is taken, and the placeholder written.
            text = "".join((next(made), placeholder)[bool(placeholder)] for _, placeholder in split)
            if slot is not None:
                _write(slot, text)

    def _meaning(self, placeholder: str) -> str:
        """What a placeholder stands for: a tag, or the character of an entity or an escape."""
        found = _PLACEHOLDER.fullmatch(placeholder)
        if found and found[1] and int(found[1]) < len(self.stash):
            raw = str(self.stash[int(found[1])])
            return raw if raw.startswith("<") else html.unescape(raw)
        return chr(int(found[2])) if found and found[2] else ""


def _is_address(element: Element) -> bool:
    """Whether the text of a link is its own address."""
    return element.tag == "a" and element.text == element.get("href")


def _text(slot: _Slot) -> str:
    if slot is None:
        return _OBJECT
    element, is_tail = slot
    return (element.tail if is_tail else element.text) or ""


def _write(slot: tuple[Element, bool], text: str) -> None:
    element, is_tail = slot
    if is_tail:
        element.tail = text
    else:
        element.text = text


def _split(text: str) -> Iterator[tuple[str, str]]:
    """The text between placeholders, and the placeholders."""
    at = 0
    for found in _PLACEHOLDER.finditer(text) if "\x02" in text else ():
        if found.start() > at:
            yield text[at : found.start()], ""
        yield "", found[0]
        at = found.end()
    if at < len(text):
        yield text[at:], ""
