"""Marks where a line of code was folded: a small hooked arrow before what goes on.

They are drawn beside the text, as artifacts (ISO 32000-1, 14.8.2.2): nobody copies them or
hears them, and the layout does not depend on them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, ParentBox, TextBox

if TYPE_CHECKING:
    from weasyprint import Page

_POINTS = 0.75
_GREY, _STROKE = 0.45, 0.06
# The hook and its head, in ems from the middle of the line's left end.
_HOOK = ((-0.85, -0.35), (-0.85, 0.1), (-0.32, 0.1))
_HEAD = ((-0.5, -0.06), (-0.32, 0.1), (-0.5, 0.26))


@dataclass(frozen=True, slots=True)
class Fold:
    """Where a folded line goes on: its left end, its middle and its font's size, in CSS pixels."""

    left: float
    middle: float
    size: float


def draw_folds(pages: Sequence["Page"], pdf: pydyf.PDF) -> None:
    """Draw a mark at every fold, behind all that the engine has drawn on its page."""
    readers: dict[Element, _Reader] = {}
    numbers = [int(number) for number in pdf.pages["Kids"][::3]]
    for number, page in zip(numbers, pages, strict=True):
        folds = tuple(_folds_in(page._page_box, None, readers))
        if folds:
            contents = pdf.objects[int(pdf.objects[number]["Contents"].split()[0])]
            contents.stream += _drawing(folds)


@dataclass(slots=True)
class _Reader:
    """Goes through a block of code line by line as it was laid out, over several pages maybe.

    ``lengths`` holds the letters of each line as written, ``read`` those of the one at hand
    that were seen.
    """

    lengths: list[int]
    at: int = 0
    read: int = field(default=0)

    def goes_on(self, letters: int) -> bool:
        """Whether a laid-out line of so many letters goes on where another left off."""
        goes_on = self.read > 0 and letters > 0
        self.read += letters
        if self.at < len(self.lengths) and self.read >= self.lengths[self.at]:
            self.at, self.read = self.at + 1, 0
        return goes_on


def _folds_in(box: Any, reader: _Reader | None, readers: dict[Element, _Reader]) -> Iterator[Fold]:
    if isinstance(box, LineBox) and reader is not None:
        if reader.goes_on(_letters(box)):
            size = float(box.style["font_size"])
            yield Fold(box.position_x, box.position_y + box.height / 2, size)
        return
    if box.element is not None and box.element.tag == "pre":
        reader = readers.setdefault(box.element, _Reader(_lengths(box.element)))
    if isinstance(box, ParentBox):
        for child in box.children:
            yield from _folds_in(child, reader, readers)


def _letters(line: LineBox) -> int:
    """The letters of a laid-out line, without white space and what stands beside the code."""
    texts = (box for box in line.descendants() if isinstance(box, TextBox))
    return sum(_count(box.text) for box in texts if not _is_beside(box.element))


def _lengths(code: Element) -> list[int]:
    """The letters of each line as written."""
    return [_count(line) for line in "".join(_texts(code)).split("\n")]


def _texts(element: Element) -> Iterator[str]:
    if not _is_beside(element):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _is_beside(element: Element | None) -> bool:
    return element is not None and element.get("aria-hidden") == "true"


def _count(text: str) -> int:
    return len("".join(text.split()))


def _drawing(folds: Sequence[Fold]) -> Iterator[bytes]:
    yield b"/Artifact BMC q %.2f G 1 J 1 j" % _GREY
    for fold in folds:
        yield b"%.2f w" % (fold.size * _STROKE * _POINTS)
        for path in (_HOOK, _HEAD):
            for operator, (x, y) in zip((b"m", b"l", b"l"), path, strict=True):
                across, down = fold.left + x * fold.size, fold.middle + y * fold.size
                yield b"%.2f %.2f %s" % (across * _POINTS, down * _POINTS, operator)
            yield b"S"
    yield b"Q EMC"
