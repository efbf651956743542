"""What Kobo's own reader asks of a page: a number for each sentence, and two frames around all.

It keeps the place, marks and notes of a reader by these numbers; an EPUB without them is shown by
an older program, or loses the place (docs/epub-profiles.md).
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from xml.etree.ElementTree import Element

from builder.parse.tree import BLOCKS, new, parents, unwrap, with_class
from builder.render.epub.notes import HELD

SPAN = "koboSpan"
FRAMES = ("book-columns", "book-inner")
# A sentence with its closing quotes and the space behind it, or what is left.
_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’»)\]]*\s+|[。！？]+[」』]*|\Z)", re.DOTALL)
# Not text to be read on, or not to be touched.
_WHOLE = frozenset(("pre", "rt", "rp", "style", "script"))


def framed(section: Element) -> Element:
    """A copy of a section as Kobo's reader wants it."""
    made = deepcopy(section)
    owners = parents(made)
    for held in with_class(made, HELD):
        # Its sign belongs to the sentence.
        unwrap(owners[held], held)
    _Numbering().number(made)
    outer, inner = (new("div", id=name) for name in FRAMES)
    inner.append(made)
    outer.append(inner)
    return outer


class _Numbering:
    """Counts blocks, and sentences within each."""

    def __init__(self) -> None:
        self._block = 0
        self._sentences = count(1)

    def number(self, element: Element) -> None:
        """Put each sentence and each image in an element in a span of its own."""
        if element.tag in BLOCKS:
            self._begin_block()
        if "}" in element.tag or element.tag in _WHOLE:
            return
        inner = [*self._spans(element.text)]
        element.text = None if inner else element.text
        for child in list(element):
            tail, child.tail = child.tail, None
            self.number(child)
            inner.append(self._span(child) if child.tag == "img" else child)
            behind = [*self._spans(tail)]
            inner[-1].tail = None if behind else tail
            inner += behind
        element[:] = inner
        if element.tag in BLOCKS:
            self._begin_block()

    def _begin_block(self) -> None:
        self._block += 1
        self._sentences = count(1)

    def _spans(self, text: str | None) -> Iterator[Element]:
        if text and text.strip():
            yield from (self._span(sentence) for sentence in _SENTENCE.findall(text))

    def _span(self, content: str | Element) -> Element:
        span = new("span", class_=SPAN, id=f"kobo.{self._block}.{next(self._sentences)}")
        if isinstance(content, str):
            span.text = content
        else:
            span.append(content)
        return span
