"""Rows of tables as Markdown reads them, with what is said of spans between the bars."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableProcessor

from builder.parse.spans import ABOVE, JOIN, LEFT, RULE

_RULE_CELL = re.compile(r" *:?-{3,}:? *")


class Rows(TableProcessor):
    """Markdown's tables, their cells marked where they belong to the one before or above."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser, {"use_align_attribute": False})

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        # The types of the package leave out what it keeps for itself.
        super()._build_row(row, parent, align)  # type: ignore[misc]
        texts: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if all(_RULE_CELL.fullmatch(text) for text in texts):
            parent[-1].set(RULE, "rule")
        for cell, text in zip(parent[-1], texts, strict=False):
            if not text:
                cell.set(JOIN, LEFT)
            elif text.strip() == "^^":
                cell.set(JOIN, ABOVE)
