"""Blocks of code that follow a line of text at once: they stand apart from its paragraph."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from builder.parse.raw_html import CODE
from builder.parse.tree import append_text, new, parents, replace

_STASHED = re.compile("(\x02wzxhzdk:\\d+\x03)")


class CodeApart(Treeprocessor):
    """Takes blocks of code that follow a line of text at once out of its paragraph."""

    def run(self, root: Element) -> None:
        """Split the paragraphs."""
        owners = parents(root)
        for paragraph in list(root.iter("p")):
            if any(self._is_code(text) for text in paragraph.itertext()):
                replace(owners[paragraph], paragraph, *self._split(paragraph))

    def _is_code(self, text: str) -> bool:
        stash = self.md.htmlStash.rawHtmlBlocks
        return any(
            str(stash[int(found[9:-1])]).startswith(CODE) for found in _STASHED.findall(text)
        )

    def _split(self, paragraph: Element) -> Iterator[Element]:
        """The paragraph as several, blocks of code each in one of its own."""
        parts = [Element("p", paragraph.attrib)]
        for child in (None, *paragraph):
            text = paragraph.text if child is None else child.tail
            if child is not None:
                child.tail = None
                parts[-1].append(child)
            pieces = _STASHED.split(text or "")
            for piece in pieces:
                if self._is_code(piece):
                    parts += [new("p", piece), new("p")]
                else:
                    append_text(parts[-1], piece.strip("\n") if pieces[1:] else piece)
        yield from (part for part in parts if len(part) or (part.text or "").strip())
