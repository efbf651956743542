"""Names that are safe as ids and file names: ASCII letters, digits and hyphens."""

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "’": "", "'": ""}
)


def slug(text: str) -> str:
    """``Know what you want!`` -> ``know-what-you-want``.

    Letters without a form in ASCII become their code points; apostrophes leave no trace.
    """
    ascii_text = "".join(
        char if char.isascii() else f"u{ord(char):x}" if char.isalnum() else "-"
        for char in _plain(text)
    )
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:100].rstrip("-")
    return name if not name or name[0].isalpha() else f"n{name}"


def is_spelt_out(text: str) -> bool:
    """Whether its slug can be read: all its letters have a form in ASCII."""
    return all(char.isascii() or not char.isalnum() for char in _plain(text))


def _plain(text: str) -> Iterator[str]:
    lowered = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return (char for char in lowered if not unicodedata.combining(char))
