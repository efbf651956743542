"""The marks of a language: quotation marks, apostrophes, dashes and ellipses."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_APOSTROPHE = "’"
# Outer opening and closing, inner opening and closing.
_QUOTES: Mapping[str, tuple[str, str, str, str]] = {
    "bg": ("„", "“", "’", "’"),
    "ca": ("«", "»", "“", "”"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("»", "«", "›", "‹"),
    "de": ("„", "“", "‚", "‘"),
    "de-ch": ("«", "»", "‹", "›"),
    "el": ("«", "»", "“", "”"),
    "en": ("“", "”", "‘", "’"),
    "es": ("«", "»", "“", "”"),
    "et": ("„", "“", "‚", "‘"),
    "eu": ("«", "»", "“", "”"),
    "fi": ("”", "”", "’", "’"),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "gl": ("«", "»", "“", "”"),
    "hr": ("„", "”", "‚", "’"),
    "hu": ("„", "”", "»", "«"),
    "is": ("„", "“", "‚", "‘"),
    "it": ("«", "»", "“", "”"),
    "lt": ("„", "“", "‚", "‘"),
    "lv": ("“", "”", "‘", "’"),
    "nb": ("«", "»", "‘", "’"),
    "nl": ("“", "”", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": ("“", "”", "‘", "’"),
    "pt-pt": ("«", "»", "“", "”"),
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": ("„", "“", "‚", "‘"),
    "sl": ("„", "“", "‚", "‘"),
    "sr": ("„", "“", "‚", "‘"),
    "sv": ("”", "”", "’", "’"),
    "tr": ("“", "”", "‘", "’"),
    "uk": ("«", "»", "„", "“"),
}
# Words that begin with an apostrophe.
_ELISIONS: Mapping[str, frozenset[str]] = {
    "de": frozenset("s n ne nen nem ner ran rauf raus rein rum rüber runter".split()),
    "en": frozenset("bout cause cos em en er im is n nuff round til till tis twas twere".split()),
    "nl": frozenset("k m n r s t".split()),
}
_MARK = re.compile(r"(?<!-)-{2,3}(?!-)|(?<!\.)\.{3}(?!\.)|[\"']")
_FRENCH_SPACE = re.compile(r" (?=[;:!?»])|(?<=«) ")
_WORD = re.compile(r"\w+")
_OPENERS = frozenset("([{<—–-/\u00a0")
_DECADE = re.compile(r"\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph's text: what its neighbours see of it, and whether it may change."""

    text: str
    is_prose: bool = True


@dataclass(frozen=True, slots=True)
class Marks:
    """One language's marks."""

    language: str
    quotes: tuple[str, str, str, str]
    elisions: frozenset[str]

    def concerns(self, text: str) -> bool:
        """Whether there is anything to set in a text."""
        return self.language == "fr" or bool(_MARK.search(text))

    def set(self, pieces: Iterable[Piece]) -> tuple[str, ...]:
        """The pieces of one paragraph with the marks of the language in place of typed ones."""
        pieces = tuple(pieces)
        whole = "".join(piece.text for piece in pieces)
        marks = self._marks(whole)
        made, at = [], 0
        for piece in pieces:
            made.append(self._replaced(piece.text, at, marks) if piece.is_prose else piece.text)
            at += len(piece.text)
        return tuple(made)

    def _replaced(self, text: str, start: int, marks: Mapping[int, str]) -> str:
        text = _MARK.sub(lambda found: marks.get(start + found.start(), found[0]), text)
        if self.language == "fr":
            text = _FRENCH_SPACE.sub(_french_space, text)
        return text

    def _marks(self, whole: str) -> dict[int, str]:
        """What stands for each typed mark, by its offset."""
        marks: dict[int, str] = {}
        opened = {'"': 0, "'": 0}
        for found in _MARK.finditer(whole):
            typed, at = found[0], found.start()
            if typed not in opened:
                marks[at] = {"--": "–", "---": "—", "...": "…"}[typed]
                continue
            outer_open, outer_close, inner_open, inner_close = self.quotes
            opens, closes = (outer_open, outer_close) if typed == '"' else (inner_open, inner_close)
            if typed == "'" and self._is_apostrophe(whole, at, opened["'"]):
                marks[at] = _APOSTROPHE
            elif self._opens(whole, at, marks, opened[typed]):
                marks[at] = opens
                opened[typed] += 1
            else:
                marks[at] = closes
                opened[typed] = max(0, opened[typed] - 1)
        return marks

    def _is_apostrophe(self, whole: str, at: int, opened: int) -> bool:
        before, after = whole[at - 1 : at] if at else "", whole[at + 1 : at + 2]
        if before.isalnum():
            return after.isalnum() or not opened
        if _DECADE.match(whole, at + 1):
            return True
        word = _WORD.match(whole, at + 1)
        return word is not None and word[0].lower() in self.elisions

    def _opens(self, whole: str, at: int, marks: Mapping[int, str], opened: int) -> bool:
        before, after = whole[at - 1 : at] if at else "", whole[at + 1 : at + 2]
        if before and before in "\"'":
            return marks.get(at - 1) in (self.quotes[0], self.quotes[2]) or after.isalnum()
        if not after or after.isspace():
            return not opened and (not before or before.isspace()) and bool(after)
        return not before or before.isspace() or before in _OPENERS


def marks_of(language: str) -> Marks:
    """The marks for a language tag, by the whole tag first, then its language."""
    tag = language.lower()
    short = tag.partition("-")[0]
    quotes = _QUOTES.get(tag, _QUOTES.get(short, _QUOTES["en"]))
    return Marks(short, quotes, _ELISIONS.get(short, frozenset()))


def _french_space(space: re.Match[str]) -> str:
    """Narrow before ``;``, ``!`` and ``?``, of full width before ``:`` and in guillemets."""
    return "\u202f" if space.string[space.end() : space.end() + 1] in (";", "!", "?") else "\u00a0"
