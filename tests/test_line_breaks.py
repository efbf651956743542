"""A paragraph is broken where all its lines are best."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from builder.render.pdf.line_breaks import SHRINK, Break, LineBreaks, Measure

_SPACE = 0.25
_WIDTH = 20.0
_SEEDS = range(40)


def _breaks(words: Sequence[str]) -> tuple[Break, ...]:
    """A text in letters of half an em; a hyphen in a word is where it may be divided."""
    made = [Break(0, 0, 0, 0, 0, 0, False)]
    at, x = 0, 0.0
    for number, word in enumerate(words):
        for part in word.split("-"):
            if part is not word.split("-")[0]:
                made.append(Break(at, x + 0.3, x, number, 0, at, True))
            at += len(part)
            x += len(part) / 2
        is_last = number == len(words) - 1
        skipped = 0 if is_last else 1
        made.append(Break(at + skipped, x, x + skipped * _SPACE, number, skipped, at, False))
        at, x = at + skipped, x + skipped * _SPACE
    return tuple(made)


def _measure(width: float = _WIDTH, *, is_justified: bool = True) -> Measure:
    return Measure(width, _SPACE, is_justified, may_shrink=True)


def _ends(breaks: Sequence[Break], measure: Measure) -> list[int]:
    """The breaks that end the lines, asked for one after the other."""
    lines, ends, hyphens = LineBreaks(breaks, measure), [0], 0
    while ends[-1] < len(breaks) - 1:
        ends.append(lines.end_of_line(ends[-1], measure.width, breaks, hyphens))
        hyphens = hyphens + 1 if breaks[ends[-1]].divides else 0
    return ends


def _lines(words: Sequence[str], measure: Measure) -> list[str]:
    """The text of each line."""
    text = " ".join(words).replace("-", "")
    breaks = _breaks(words)
    places = [breaks[end].at for end in _ends(breaks, measure)]
    return [text[start:end].strip() for start, end in pairwise(places)]


def _words(seed: int) -> list[str]:
    """Words of 1 to 12 letters; those of 7 letters and more may be divided."""
    at_random = random.Random(seed)
    lengths = [at_random.choice((1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 12)) for _ in range(80)]
    return [
        "a" * length if length < 7 else "a" * 3 + "-" + "a" * (length - 3) for length in lengths
    ]


def _spaces(breaks: Sequence[Break], ends: Sequence[int]) -> list[float]:
    """How wide the spaces of each line are but for those of the last one."""
    spaces = []
    for start, end in pairwise(ends[:-1]):
        first, last = breaks[start], breaks[end]
        count = last.spaces - first.spaces - first.skipped
        spaces.append(_SPACE + (_WIDTH - (last.end - first.start)) / count)
    return spaces


def test_a_line_gives_a_word_for_the_next_ones_sake() -> None:
    """The first line has room for "gg", but the second one then is looser than either is now."""
    text = (
        "aaaaaa bbbbb cccc dd eeeeeeee ffffffffff"
        " gg hh iiiiiiii jjjjjjjj kkkkkkkkkk lll mmmmmmmmmm nnnnnnnn"
    )

    lines = _lines(text.split(), _measure())

    assert lines[0] == "aaaaaa bbbbb cccc dd eeeeeeee ffffffffff"


@pytest.mark.parametrize("seed", _SEEDS)
def test_no_line_is_too_wide(seed: int) -> None:
    """Spaces shrink by a third of themselves at most."""
    breaks = _breaks(_words(seed))

    spaces = _spaces(breaks, _ends(breaks, _measure()))

    assert min(spaces) >= _SPACE * (1 - SHRINK) - 1e-3


def test_spaces_are_more_even_than_in_full_lines() -> None:
    """Over many paragraphs, the widest spaces are narrower than where each line is filled."""
    best, filled = [], []
    for seed in _SEEDS:
        breaks = _breaks(_words(seed))
        best += _spaces(breaks, _ends(breaks, _measure()))
        filled += _spaces(breaks, _filled(breaks))

    assert sorted(best)[-len(best) // 50] < 0.9 * sorted(filled)[-len(filled) // 50]


def _filled(breaks: Sequence[Break]) -> list[int]:
    """The breaks that end the lines where each one is as full as can be."""
    ends = [0]
    while ends[-1] < len(breaks) - 1:
        start = breaks[ends[-1]].start
        fitting = [i for i, each in enumerate(breaks) if each.end - start <= _WIDTH]
        ends.append(fitting[-1])
    return ends


@pytest.mark.parametrize("seed", _SEEDS)
def test_no_more_than_two_hyphens_in_a_row(seed: int) -> None:
    """Not even in narrow lines."""
    breaks = _breaks(_words(seed))
    ends = _ends(breaks, _measure(12.0))

    hyphens = "".join("-" if breaks[end].divides else " " for end in ends)

    assert "---" not in hyphens


@pytest.mark.parametrize("is_justified", [True, False])
@pytest.mark.parametrize("seed", _SEEDS)
def test_no_last_line_of_a_few_letters(seed: int, is_justified: bool) -> None:
    """Where the lines before it can spare a word, the last one has it."""
    words = [*_words(seed), "aaa"]

    last = _lines(words, _measure(is_justified=is_justified))[-1]

    assert len(last) >= 8


def test_words_are_whole_where_lines_are_fair() -> None:
    """A word is divided only where lines would be loose without."""
    words = ["a" * 5] * 12

    assert "-" not in "".join(_lines(["a" * 2 + "-" + "a" * 3] * 12, _measure()))
    assert _lines(["a" * 2 + "-" + "a" * 3] * 12, _measure()) == _lines(words, _measure())


def test_a_long_word_is_divided_where_a_line_would_be_loose() -> None:
    """Nothing else makes the first line fair."""
    words = ["a" * 9] * 3 + ["b" * 5 + "-" + "b" * 15, "c" * 9, "d" * 9]

    assert _lines(words, _measure())[0].endswith("bbbbb")


@pytest.mark.parametrize("seed", _SEEDS)
def test_lines_depend_on_what_follows_alone(seed: int) -> None:
    """Asked for from the middle of a text, the same lines come out."""
    breaks = _breaks(_words(seed))
    ends = _ends(breaks, _measure())
    middle = len(ends) // 2

    again = LineBreaks(breaks, _measure()).end_of_line(ends[middle], _WIDTH, breaks)

    assert again == ends[middle + 1]


def test_what_cannot_be_broken_stands_out() -> None:
    """A word wider than the line has one to itself."""
    assert _lines(["aa", "b" * 60, "cc"], _measure()) == ["aa", "b" * 60, "cc"]


def test_a_first_line_of_its_own() -> None:
    """The first line may be narrower, and have wider letters."""
    breaks = _breaks(["aaa"] * 40)
    wider = [each._replace(end=each.end * 1.5, start=each.start * 1.5) for each in breaks]
    lines = LineBreaks(breaks, _measure())

    narrow = lines.end_of_line(0, _WIDTH / 2, breaks)
    wide = lines.end_of_line(0, _WIDTH, wider)

    assert narrow < wide < lines.end_of_line(0, _WIDTH, breaks)
