"""The order of words in a language: by letters, not by case, accents or signs."""

import re
import unicodedata
from collections.abc import Mapping

# Letters that a language has behind z, or behind another letter, in their order there. What is not
# named here is sorted as its letter without accents: ä as a in German, é as e in French.
_BEHIND: Mapping[str, Mapping[str, str]] = {
    "cs": {"c": "č", "r": "ř", "s": "š", "z": "ž"},
    "da": {"z": "æøå"},
    "es": {"n": "ñ"},
    "et": {"z": "õäöü"},
    "fi": {"z": "åäö"},
    "hr": {"c": "čć", "d": "đ", "s": "š", "z": "ž"},
    "hu": {"o": "ö", "u": "ü"},
    "is": {"z": "þæö"},
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "nb": {"z": "æøå"},
    "nn": {"z": "æøå"},
    "no": {"z": "æøå"},
    "pl": {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "źż"},
    "ro": {"a": "ăâ", "i": "î", "s": "ș", "t": "ț"},
    "sk": {"c": "č", "s": "š", "z": "ž"},
    "sl": {"c": "č", "s": "š", "z": "ž"},
    "sv": {"z": "åäö"},
    "tr": {"c": "ç", "g": "ğ", "h": "ı", "o": "ö", "s": "ş", "u": "ü"},
}
_WHOLE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})
_WORD = re.compile(r"\w+")


class Collation:
    """Sorts as the dictionaries of a language do, word by word: "pump house" before "pumps"."""

    def __init__(self, language: str) -> None:
        self._own = {
            letter: f"{before}\U0010fff0{at}"
            for before, letters in _BEHIND.get(language.lower().partition("-")[0], {}).items()
            for at, letter in enumerate(letters)
        }

    def key(self, text: str) -> tuple[bool, tuple[tuple[int, int, str], ...], str]:
        """What the text is sorted by: letters come behind figures, signs count for nothing."""
        words = tuple(
            (0, int(word), "") if word.isdecimal() else (1, 0, self._folded(word))
            for word in _WORD.findall(text)
        )
        return self._is_of_letters(text), words, text

    def letter(self, text: str) -> str:
        """The letter under which the text stands; none for figures and signs."""
        if not self._is_of_letters(text):
            return ""
        first = next(char for char in text if char.isalnum())
        own = first.lower()
        return (own if own in self._own else self._folded(first)[:1]).upper()

    def folded(self, text: str) -> str:
        """A text without case, accents and signs."""
        return " ".join(self._plain(word) for word in _WORD.findall(text.casefold()))

    def _is_of_letters(self, text: str) -> bool:
        return next((char.isalpha() for char in text if char.isalnum()), False)

    def _folded(self, word: str) -> str:
        return "".join(
            self._own.get(char) or self._plain(char)
            for char in unicodedata.normalize("NFC", word.lower())
        )

    @staticmethod
    def _plain(text: str) -> str:
        decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE))
        return "".join(char for char in decomposed if not unicodedata.combining(char))
