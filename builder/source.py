"""A source text: offsets to lines and columns, and where a rendered text came from."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.diagnostics import Place

# What stands in the source but not in the rendered text: comments and tags, link targets,
# attribute lists, footnote labels and the marks of blocks and tasks.
_MARKUP = re.compile(
    r"<!--.*?-->|</?[a-zA-Z][^>]*>|\]\([^)\n]*\)|\]\[[^\]\n]*\]|\{[^}\n]*\}|\[\^[^\]\n]+\]:?"
    r"|^[ \t]*/{3,}[ \t]*[\w-]*|^[ \t]*!!![ \t]*[\w-]+|^[ \t]*[-*+][ \t]+\[[xX]\]|^[ \t]*\d+[.)]"
    r"|^```.*$|&#?\w+;",
    re.MULTILINE | re.DOTALL,
)
_KEY_LENGTHS = (16, 10, 6)


@dataclass(frozen=True)
class Source:
    """One file of the manuscript: its path within the book and its text."""

    path: str
    text: str

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of ``length`` characters from ``offset``, cut at the end of the line."""
        index = bisect_right(self._starts, max(0, min(offset, len(self.text)))) - 1
        start = self._starts[index]
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end]
        column = max(0, offset - start)
        return Place(self.path, index + 1, column + 1, max(1, min(length, len(line) - column)), line)

    def offset_of_line(self, line: int) -> int:
        """The offset at which the line (from 1) starts."""
        return self._starts[min(max(line, 1), len(self._starts)) - 1]

    @cached_property
    def _letters(self) -> tuple[str, Sequence[int]]:
        """The letters and digits outside markup, and the offset of each."""
        masked = _MARKUP.sub(lambda match: " " * len(match[0]), self.text)
        offsets = [offset for offset, char in enumerate(masked) if char.isalnum()]
        return "".join(masked[offset] for offset in offsets), offsets

    def find_rendered(self, rendered: str, start: int) -> int | None:
        """The offset at or after ``start`` where the source of a rendered text begins.

        Only letters and digits are compared, so quotes, dashes and emphasis do not matter.
        """
        letters, offsets = self._letters
        wanted = "".join(char for char in rendered if char.isalnum())
        first = bisect_right(offsets, start - 1)
        for length in _KEY_LENGTHS:
            key = wanted[:length]
            found = letters.find(key, first) if key else -1
            if found >= 0:
                return offsets[found]
        return None
