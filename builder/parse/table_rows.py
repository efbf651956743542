"""Tables as Markdown reads them, with spans between the bars and attributes in a line below."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.tables import TableProcessor

from builder.parse.attributes import IN_BRACES
from builder.parse.spans import ABOVE, CELLS, JOIN, LEFT, RULE
from builder.parse.tree import add_class

_RULE_CELL = re.compile(r" *:?-{3,}:? *")
_BRACES = re.compile(rf" *{IN_BRACES} *")


class Rows(TableProcessor):
    """Markdown's tables, their cells marked where they belong to the one before or above."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser, {"use_align_attribute": False})

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block is a table; attributes below it are no row of it."""
        rows, braces = _split(block)
        return super().test(parent, rows if braces else block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the table, with the attributes below it."""
        rows, braces = _split(blocks[0])
        if braces:
            blocks[0] = rows
        super().run(parent, blocks)
        _set_attributes(parent[-1], braces)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        # The types of the package leave out what it keeps for itself.
        super()._build_row(row, parent, align)  # type: ignore[misc]
        texts: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if all(_RULE_CELL.fullmatch(text) for text in texts):
            parent[-1].set(RULE, "rule")
        # As everywhere in Markdown, a row that has too few cells and no spans is filled up.
        elif len(texts) > len(align) or (
            len(texts) < len(align) and ("" in texts or "|" not in row)
        ):
            parent[-1].set(CELLS, f"{len(texts)} {len(align)}")
        for cell, text in zip(parent[-1], texts, strict=False):
            if not text:
                cell.set(JOIN, LEFT)
            elif text.strip() == "^^":
                cell.set(JOIN, ABOVE)


def _split(block: str) -> tuple[str, str]:
    """A block without the braces in its last line, and the braces; none where there are none."""
    rows, _, last = block.rstrip("\n").rpartition("\n")
    return (rows, last) if _BRACES.fullmatch(last) else (block, "")


def _set_attributes(element: Element, braces: str) -> None:
    """Give an element what stands in braces."""
    for key, value in get_attrs_and_remainder(braces.strip().strip("{:}"))[0]:
        if key == ".":
            add_class(element, value)
        else:
            element.set(key, value or key)
