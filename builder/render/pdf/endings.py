"""The last words of paragraphs and titles, held together: no last line of one short word.

The engine breaks line after line and does not look ahead, so the tail of a text is kept in
one piece: long enough to make a line of its own, and with no hyphen in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from builder.parse.tree import LEVELS, classes, new, text_of, with_class

LAST_WORDS = "last-words"
ENDINGS_CSS = f".{LAST_WORDS} {{ white-space: nowrap; hyphens: none }}"
_TEXTS = frozenset(("p", "li", "dd"))
_TITLES = frozenset(LEVELS)
_CAPTIONS = frozenset(("figcaption", "caption"))
# Where lines are short or fixed, nothing is held.
_CLOSED = frozenset(("table", "pre"))
_CLOSED_CLASSES = frozenset(("verse", "columns", "margin-note"))
_NOTE, _TASK = "footnote", "task-text"
# A text that is shorter stands on one line.
_ONE_LINE = 45


@dataclass(frozen=True, slots=True)
class _Tail:
    """How many letters the last line has at least, and how many are held together at most."""

    least: int
    most: int


_OF_TEXT, _OF_RAGGED = _Tail(5, 9), _Tail(5, 18)
_OF_TITLE, _OF_CAPTION = _Tail(10, 20), _Tail(16, 28)
# Text that stands by itself: no line of it is stretched.
_DISPLAYED = {
    "pullquote": _OF_CAPTION,
    "epigraph": _OF_CAPTION,
    "message": _OF_RAGGED,
    "box": _OF_RAGGED,
    "exercise": _OF_RAGGED,
}


class _Slot(NamedTuple):
    """A text in the tree: what is in an element, or what is behind it."""

    element: Element
    is_behind: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_behind else self.element.text) or ""


def hold_last_words(tree: Element) -> None:
    """Hold the last words of every paragraph, item, caption and title below an element."""
    for name, tail in _DISPLAYED.items():
        for block in with_class(tree, name):
            for element in tuple(_open_elements(block)):
                if element.tag == "p":
                    _hold(element, tail)
    for element in tuple(_open_elements(tree)):
        if _TASK in classes(element):
            _hold(element, _OF_RAGGED)
        elif element.tag in _TEXTS and len(text_of(element)) > _ONE_LINE:
            _hold(element, _OF_TEXT)
        elif element.tag in _TITLES:
            _hold(element, _OF_TITLE)
        elif element.tag in _CAPTIONS:
            _hold(element, _OF_CAPTION)


def held_title(text: str) -> Element:
    """The title of a book, its last words held together."""
    return _held(text, _OF_TITLE)


def held_subtitle(text: str) -> Element:
    """The subtitle of a book, its last words held together."""
    return _held(text, _OF_CAPTION)


def _held(text: str, tail: _Tail) -> Element:
    made = new("p", text)
    _hold(made, tail)
    return made


def _open_elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element:
        if child.tag not in _CLOSED and not _CLOSED_CLASSES.intersection(classes(child)):
            yield from _open_elements(child)
        elif child.tag == "table":
            yield from child.iter("caption")


def _hold(block: Element, tail: _Tail) -> None:
    slot = _last_slot(block)
    text = slot.text.rstrip()
    start = _start(text, tail)
    if not start:
        return
    held = new("span", text[start:], class_=LAST_WORDS)
    held.tail = slot.text[len(text) :] or None
    if slot.is_behind:
        slot.element.tail = text[:start]
        block.insert(list(block).index(slot.element) + 1, held)
    else:
        slot.element.text = text[:start]
        slot.element.insert(0, held)


def _last_slot(block: Element) -> _Slot:
    """The last text of a block, before the notes that are called at its end."""
    for child in reversed(block):
        if (child.tail or "").strip():
            return _Slot(child, is_behind=True)
        if _NOTE not in classes(child):
            return _Slot(child, is_behind=True)
    return _Slot(block, is_behind=False)


def _start(text: str, tail: _Tail) -> int:
    """Where the held words begin; 0 where none can be held."""
    start = 0
    for before in reversed([at for at, sign in enumerate(text) if sign in " \n"]):
        length = len(text) - before - 1
        if length > tail.most:
            break
        start = before + 1
        if length >= tail.least:
            break
    return start
