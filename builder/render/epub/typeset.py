"""Display lines: words into few lines of even length, and letters onto them."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from builder.render.epub.kerning import kerning_of
from builder.render.epub.shaping import ShapedFace, shaped_face, wants_shaping

# Widths are read at this size, where rounding to pixels no longer shows.
_LARGE = 1000


@dataclass(frozen=True, slots=True)
class Face:
    """A font for display: what its letters and pairs of letters measure, in ems."""

    file: Path
    widths: Mapping[str, float]
    kerns: Mapping[str, float]
    tracking: float

    def positions(self, line: str) -> Iterator[tuple[str, float, float]]:
        """Each letter of a line with its distance from the left and from the foot."""
        at = 0.0
        for letter, after in zip(line, f"{line[1:]} ", strict=True):
            yield letter, at, 0
            at += self.widths[letter] + self.kerns.get(letter + after, 0) + self.tracking

    def width(self, line: str) -> float:
        """How long a line is."""
        return max((at + self.widths[letter] for letter, at, _ in self.positions(line)), default=0)

    def load(self, size: int) -> ImageFont.FreeTypeFont:
        """The font at a size; laid out by Pillow's own rules, which are the same everywhere."""
        return ImageFont.truetype(self.file, size, layout_engine=ImageFont.Layout.BASIC)


# Letter by letter, or as its script joins them.
AnyFace = Face | ShapedFace


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines at the size at which it fits."""

    face: AnyFace
    lines: tuple[str, ...]
    size: int


def face_of(file: Path, text: str, tracking: float = 0) -> AnyFace:
    """The font as far as the text needs it."""
    plain = normal(text)
    if wants_shaping(plain):
        return shaped_face(file, plain)
    large = Face(file, {}, {}, 0).load(_LARGE)
    letters = sorted({*plain, " "})
    widths = {letter: large.getlength(letter) / _LARGE for letter in letters}
    return Face(file, widths, kerning_of(file, plain), tracking)


def normal(text: str) -> str:
    """The text with its accents on the letters and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fit(text: str, face: AnyFace, sizes: range, measure: int, height: int, leading: float) -> Lines:
    """The text at a size at which its lines fit into measure and height.

    A large size counts, and so do lines that fill the measure: "A Second / Knock" is better
    than a little larger in three lines with the "A" alone.
    """
    words = tuple(normal(text).split())
    longest = max(map(face.width, words), default=0)
    best, best_score = None, 0.0
    for size in (size for size in sizes if longest * size <= measure):
        if size <= best_score:
            break
        lines = balanced(words, face, measure / size)
        filled = sum(map(face.width, lines)) * size / (measure * max(1, len(lines)))
        score = size * filled**0.5
        if score > best_score and len(lines) * leading * size <= height:
            best, best_score = Lines(face, lines, size), score
    return best or _forced(words, face, sizes[-1], measure)


def _forced(words: tuple[str, ...], face: AnyFace, size: int, measure: int) -> Lines:
    """The text at the smallest size, too tall or with its longest words cut."""
    limit = measure / size
    pieces = tuple(piece for word in words for piece in _pieces(word, face, limit))
    return Lines(face, balanced(pieces, face, limit), size)


def balanced(words: tuple[str, ...], face: AnyFace, limit: float) -> tuple[str, ...]:
    """The words in as few lines as the limit allows, the lines as even as they can be.

    Of two ways with as many lines, the one with less room left over is better, weighed by
    its square, as paragraphs are set; the last line counts like the others.
    """

    @cache
    def best(start: int) -> tuple[int, float, tuple[str, ...]]:
        if start == len(words):
            return 0, 0.0, ()
        ways = []
        for end in range(start + 1, len(words) + 1):
            line = " ".join(words[start:end])
            room = limit - face.width(line)
            if room < 0 and end > start + 1:
                break
            count, waste, rest = best(end)
            ways.append((count + 1, waste + room * room, (line, *rest)))
        return min(ways)

    return best(0)[2]


def _pieces(word: str, face: AnyFace, limit: float) -> Iterator[str]:
    """A word too long for a line, cut where the line ends."""
    start = 0
    for end in range(1, len(word) + 1):
        if face.width(word[start:end]) > limit and end > start + 1:
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]
