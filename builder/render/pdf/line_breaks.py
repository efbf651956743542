"""Where a paragraph is best broken into lines, looked at as a whole.

The method is that of Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and
Experience 11, 1981): each way to break the text has demerits, and the way with the fewest wins.
It is worked out from the end, so that a line depends on what comes behind it and on nothing else,
wherever the engine begins anew. All widths are in ems of the paragraph.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# By which share of itself a space between words may shrink, and how far it may well be stretched.
SHRINK, _STRETCH = 1 / 3, 1 / 2
# A space stretched further than this is looked at only where nothing else is found.
_WIDEST = 1.5
# The share of a ragged line that may well be empty at its end.
_RAG = 0.12
# No words are divided where all lines are as tight or as loose as this, as ratios.
_FAIR = 1.7
# What a line, a hyphen and the rest cost.
_LINE, _HYPHEN = 10.0, 100.0
_HYPHENS_IN_A_ROW, _HYPHEN_BEFORE_LAST, _UNEVEN = 10_000.0, 5_000.0, 10_000.0
_MOST_HYPHENS, _TOO_MANY_HYPHENS = 2, 1_000_000.0
# Letters and signs that a last line has at least, and what it costs to have fewer.
_LEAST, _SHORT = 8, 7_000_000.0
# The same where lines are ragged, and a word more on the last one does no harm.
_RAGGED_LEAST, _RAGGED_SHORT = 16, 1_000_000.0
# A ratio that is as bad as any other beyond it.
_OUT = 10.0
# What rounding leaves.
_TINY = 1e-4


class Break(NamedTuple):
    """A place where a line may end.

    ``at`` names it; ``end`` is where a line that ends there ends, its hyphen included, and
    ``start`` where the next one starts, both in ems from the start of the text. ``spaces`` and
    ``letters`` are those before it, and ``skipped`` the spaces that vanish at it.
    """

    at: int
    end: float
    start: float
    spaces: int
    skipped: int
    letters: int
    divides: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide lines are and the space between their words, in ems.

    Lines that are not justified have ragged ends; those that may not shrink are stretched alone.
    """

    width: float
    space: float
    is_justified: bool
    may_shrink: bool

    @property
    def shrink(self) -> float:
        """How much narrower a space may be."""
        return self.space * SHRINK if self.is_justified and self.may_shrink else 0.0

    def least(self, start: Break, end: Break) -> float:
        """How wide a line is at the least."""
        return end.end - start.start - self.shrink * _spaces(start, end)


class LineBreaks:
    """The best lines of a text from each of its breaks on.

    The first break starts the text, the last one ends it.
    """

    def __init__(self, breaks: Sequence[Break], measure: Measure) -> None:
        self._undivided = _Search(breaks, measure, may_divide=False)
        self._divided = _Search(breaks, measure, may_divide=True)

    def end_of_line(
        self, start: int, width: float, breaks: Sequence[Break], hyphens: int = 0
    ) -> int:
        """The index of the break that ends the line which starts at one, behind so many hyphens.

        It may have another width than the lines behind it, and its breaks lie elsewhere where it
        has other letters. Words are divided only where there is no fair way without.
        """
        best = self._undivided.best(start, width, breaks, hyphens)
        return best.end if best.is_fair else self._divided.best(start, width, breaks, hyphens).end


class _Way(NamedTuple):
    """A way to go on from a break: what it costs, where its line ends, and what line it is."""

    demerits: float
    end: int
    ratio: float
    hyphens: int
    is_fair: bool


class _Search:
    """The ways to go on from the breaks of a text, worked out from its end."""

    def __init__(self, breaks: Sequence[Break], measure: Measure, *, may_divide: bool) -> None:
        self._breaks, self._measure, self._may_divide = breaks, measure, may_divide
        self._last = len(breaks) - 1
        self._ways: dict[int, tuple[_Way, ...]] = {self._last: (_Way(0.0, 0, 0.0, 0, True),)}

    def best(self, start: int, width: float, breaks: Sequence[Break], hyphens: int) -> _Way:
        """The best way on from a break for a line of its own width, with breaks of its own."""

        def rank(way: _Way) -> tuple[bool, _Way]:
            return way.hyphens > 0 and hyphens + way.hyphens > _MOST_HYPHENS, way

        targets = tuple(self._targets(start, width, breaks))
        self._go_on_from(targets)
        return min(self._ways_from(start, targets, width, breaks), key=rank)

    def _go_on_from(self, starts: Sequence[int]) -> None:
        """Work out all that can be reached, the furthest first."""
        width, breaks = self._measure.width, self._breaks
        found: dict[int, tuple[int, ...]] = {}
        ahead = [start for start in starts if start not in self._ways]
        while ahead:
            start = ahead.pop()
            if start not in found:
                found[start] = tuple(self._targets(start, width, breaks))
                ahead.extend(each for each in found[start] if each not in self._ways)
        for start in sorted(found, reverse=True):
            self._ways[start] = tuple(self._ways_from(start, found[start], width, breaks))

    def _targets(self, start: int, width: float, breaks: Sequence[Break]) -> Iterator[int]:
        """Where a line may end: all the fair places, and one at least."""
        found = False
        for end in range(self._furthest(start, width, breaks), start, -1):
            if breaks[end].divides and not self._may_divide:
                continue
            if found and self._is_too_loose(breaks[start], breaks[end], width):
                return
            yield end
            found = found or not breaks[end].divides
        if not found:
            yield next(
                end for end in range(start + 1, self._last + 1) if not self._breaks[end].divides
            )

    def _furthest(self, start: int, width: float, breaks: Sequence[Break]) -> int:
        """The last break that a line can reach, its spaces as narrow as they may be."""

        def least(end: int) -> float:
            return breaks[end].end - self._measure.shrink * breaks[end].spaces

        at = breaks[start]
        most = at.start - self._measure.shrink * (at.spaces + at.skipped) + width
        return start + bisect_right(range(start + 1, self._last + 1), most + _TINY, key=least)

    def _is_too_loose(self, start: Break, end: Break, width: float) -> bool:
        gap = width - (end.end - start.start)
        if not self._measure.is_justified:
            return gap > 2 * _RAG * width
        return gap > _WIDEST * self._measure.space * _spaces(start, end)

    def _ways_from(
        self, start: int, ends: Iterable[int], width: float, breaks: Sequence[Break]
    ) -> Iterable[_Way]:
        """The best ways on from a break, one for each kind of line that can come first."""
        best: dict[tuple[int, int], _Way] = {}
        for end in ends:
            line = self._line(start, end, width, breaks)
            for behind in self._ways[end]:
                way = self._followed(line, behind)
                key = (_fitness(way.ratio), way.hyphens)
                if key not in best or way < best[key]:
                    best[key] = way
        return best.values()

    def _line(self, start: int, end: int, width: float, breaks: Sequence[Break]) -> _Way:
        """A line by itself."""
        first, last = breaks[start], breaks[end]
        ratio = self._ratio(first, last, width)
        cost, is_fair = 0.0, ratio <= _FAIR
        if end == self._last:
            ratio = min(ratio, 0.0)
            short = self._cost_of_few(last.letters - first.letters - first.skipped) if start else 0
            is_fair = short < _SHORT
            cost = short + (_HYPHEN_BEFORE_LAST if first.divides else 0.0)
        hyphens = int(last.divides)
        cost += hyphens * _HYPHEN**2 + (_HYPHENS_IN_A_ROW if hyphens and first.divides else 0.0)
        return _Way((_LINE + 100 * abs(ratio) ** 3) ** 2 + cost, end, ratio, hyphens, is_fair)

    def _cost_of_few(self, letters: int) -> float:
        if letters < _LEAST:
            return _SHORT
        is_ragged = not self._measure.is_justified
        return _RAGGED_SHORT if is_ragged and letters < _RAGGED_LEAST else 0.0

    def _followed(self, line: _Way, behind: _Way) -> _Way:
        """A line with what comes behind it."""
        hyphens = line.hyphens and min(1 + behind.hyphens, _MOST_HYPHENS + 1)
        cost = _TOO_MANY_HYPHENS if hyphens > _MOST_HYPHENS else 0.0
        if behind.end and behind.end != self._last:
            cost += _UNEVEN if abs(_fitness(line.ratio) - _fitness(behind.ratio)) > 1 else 0.0
        demerits = line.demerits + behind.demerits + cost
        is_fair = line.is_fair and behind.is_fair
        return _Way(demerits, line.end, line.ratio, hyphens, is_fair)

    def _ratio(self, start: Break, end: Break, width: float) -> float:
        """How far a line is from the best one: below 0 it is tight, above 0 loose."""
        gap = width - (end.end - start.start)
        if abs(gap) < _TINY:
            return 0.0
        if not self._measure.is_justified:
            return gap / (_RAG * width) if gap > 0 else -_OUT
        most = self._measure.space * _STRETCH if gap > 0 else self._measure.shrink
        most *= _spaces(start, end)
        return max(-_OUT, min(gap / most, _OUT)) if most else math.copysign(_OUT, gap)


def _spaces(start: Break, end: Break) -> int:
    return end.spaces - start.spaces - start.skipped


def _fitness(ratio: float) -> int:
    """Tight, decent, loose or very loose."""
    return 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
