"""A source text: offsets to lines and columns."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.diagnostics import Place

# Begin and end of a piece of a text.
Span = tuple[int, int]


@dataclass(frozen=True)
class Source:
    """One file of the manuscript: its path within the book and its text."""

    path: str
    text: str

    @cached_property
    def _starts(self) -> Sequence[int]:
        # As an array, for a long book has many lines.
        return array("Q", [0, *(match.end() for match in re.finditer("\n", self.text))])

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of ``length`` characters from ``offset``, cut at the end of the line."""
        offset = max(0, min(offset, len(self.text)))
        index = bisect_right(self._starts, offset) - 1
        start = self._starts[index]
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end]
        column = offset - start
        length = max(1, min(length, len(line) - column))
        return Place(self.path, index + 1, column + 1, length, line)

    def offset_of_line(self, line: int) -> int:
        """The offset at which the line (from 1) starts."""
        return self._starts[min(max(line, 1), len(self._starts)) - 1]
