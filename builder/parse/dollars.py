"""Formulas between dollar signs, told apart from prices, and kept from Markdown.

As in pandoc, ``$`` opens a formula where a letter or sign follows at once, and closes it
where one stands right before and no digit behind. ``$$`` does so anywhere; neither reaches
over a blank line.
"""

import re
from collections.abc import Sequence

from builder.source import Span

_DISPLAY = re.compile(r"\$\$(?!\$)(?:\\.|[^\\$])++\$\$", re.DOTALL)
_INLINE = re.compile(r"\$(?![\s$])(?:\\.|[^\\$])++(?<=\S)\$(?!\d)", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_LINE_START = re.compile(r"\n[ \t>]*")
# A formula is as many characters of private use as it has: the first tells which one it is.
_FIRST, _LAST, _FILLER = 0xF0000, 0xFFFFD, "\uf8ff"
_MARK = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}]){_FILLER}*")


def formula_end(text: str, start: int) -> int:
    """The end of the formula that a dollar sign opens; 0 where it opens none."""
    pattern = _DISPLAY if text.startswith("$$", start) else _INLINE
    found = pattern.match(text, start)
    if not found or not found[0].strip("$ \t\n") or _BLANK_LINE.search(found[0]):
        return 0
    return found.end()


def masked(text: str, formulas: Sequence[Span]) -> str:
    """The text with each formula as marks that mean nothing to Markdown, no longer or shorter."""
    pieces: list[str] = []
    at = 0
    for number, (start, end) in enumerate(formulas[: _LAST - _FIRST]):
        pieces += (text[at:start], chr(_FIRST + number), _FILLER * (end - start - 1))
        at = end
    return "".join((*pieces, text[at:]))


def unmasked(masked_text: str, text: str, formulas: Sequence[Span]) -> str:
    """What was masked as it stands in the text."""

    def written(mark: re.Match[str]) -> str:
        number = ord(mark[1]) - _FIRST
        return text[slice(*formulas[number])] if number < len(formulas) else mark[0]

    return _MARK.sub(written, masked_text)


def split_at_formulas(masked_text: str) -> tuple[list[str], list[int]]:
    """The texts around the formulas, one more than there are of these, and their numbers."""
    pieces = _MARK.split(masked_text)
    return pieces[::2], [ord(mark) - _FIRST for mark in pieces[1::2]]


def is_display(text: str, formula: Span) -> bool:
    """Whether a formula stands on a line of its own."""
    return text.startswith("$$", formula[0])


def latex_of(text: str, formula: Span) -> str:
    """The LaTeX of a formula on one line, without the marks of a quotation around it."""
    start, end = formula
    line = text[text.rfind("\n", 0, start) + 1 : start]
    latex = text[start:end].strip("$")
    if ">" in line:
        latex = _LINE_START.sub("\n", latex)
    return " ".join(latex.split())
