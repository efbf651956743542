"""Which letters of a text run from left to right, and which from right to left (UAX 9).

That is the Unicode Bidirectional Algorithm without explicit marks, for a line at a time.
"""

from collections.abc import Iterator, Sequence
from typing import Literal
from unicodedata import bidirectional

Direction = Literal["ltr", "rtl"]
STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl", "AN": "rtl"}
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def direction_of_text(text: str) -> Direction:
    """The direction of the first letter that has one (rules P2 and P3)."""
    return next((STRONG[kind] for kind in map(bidirectional, text) if kind in STRONG), "ltr")


def directions(text: str, base: Direction) -> list[Direction]:
    """The direction of each letter; numbers go with the word before them (rules W1 to N2)."""
    found: list[Direction | None] = []
    last = base
    for letter in text:
        kind = bidirectional(letter)
        last = STRONG.get(kind, last)
        is_word = kind in STRONG or kind == "EN" or (kind == "NSM" and bool(found and found[-1]))
        found.append(last if is_word else None)
    for start, end in _bracket_pairs(text):
        found[start] = found[end] = _of_pair(found, start, end, base)
    return [*_with_neutrals(found, base)]


def _bracket_pairs(text: str) -> list[tuple[int, int]]:
    """Where brackets open and close, in the order in which they open."""
    waiting: list[int] = []
    pairs = []
    for at, sign in enumerate(text):
        if sign in _BRACKETS.values():
            waiting.append(at)
        elif sign in _BRACKETS:
            fitting = [index for index in waiting if text[index] == _BRACKETS[sign]]
            if fitting:
                pairs.append((fitting[-1], at))
                waiting = [index for index in waiting if index < fitting[-1]]
    return sorted(pairs)


def _of_pair(
    found: Sequence[Direction | None], start: int, end: int, base: Direction
) -> Direction | None:
    """The direction of a pair of brackets (rule N0)."""
    inside = {each for each in found[start + 1 : end] if each}
    if not inside:
        return None
    before = next((each for each in reversed(found[:start]) if each), base)
    return base if base in inside or before == base else before


def _with_neutrals(found: Sequence[Direction | None], base: Direction) -> Iterator[Direction]:
    """All directions: what stands between two words of one direction goes with them (N1, N2)."""
    before, waiting = base, 0
    for each in found:
        if each is None:
            waiting += 1
            continue
        yield from [each if each == before else base] * waiting
        yield each
        before, waiting = each, 0
    yield from [base] * waiting
