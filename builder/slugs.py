"""Names that are safe as ids and file names: ASCII letters, digits and hyphens."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "’": "", "'": ""}
)


def slug(text: str) -> str:
    """``Know what you want!`` -> ``know-what-you-want``.

    Letters without a form in ASCII become their code points; apostrophes leave no trace.
    """
    lowered = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = (char for char in lowered if not unicodedata.combining(char))
    ascii_text = "".join(
        char if char.isascii() else f"u{ord(char):x}" if char.isalnum() else "-" for char in kept
    )
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:100].rstrip("-")
    return name if not name or name[0].isalpha() else f"n{name}"
