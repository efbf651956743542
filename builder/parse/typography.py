"""Quotation marks and dashes by language, for the smart typography of Markdown."""

from collections.abc import Mapping

# Outer opening and closing, inner opening and closing.
_QUOTES: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "de-ch": ("«", "»", "‹", "›"),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pt": ("“", "”", "‘", "’"),
    "pt-pt": ("«", "»", "“", "”"),
    "nl": ("“", "”", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "cs": ("„", "“", "‚", "‘"),
    "sk": ("„", "“", "‚", "‘"),
    "da": ("»", "«", "›", "‹"),
    "nb": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "sv": ("”", "”", "’", "’"),
    "fi": ("”", "”", "’", "’"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
}


def quotes_of(language: str) -> Mapping[str, str]:
    """The substitutions for a language tag, by the whole tag first, then its language."""
    tag = language.lower()
    outer_open, outer_close, inner_open, inner_close = _QUOTES.get(
        tag, _QUOTES.get(tag.partition("-")[0], _QUOTES["en"])
    )
    return {
        "left-double-quote": outer_open,
        "right-double-quote": outer_close,
        "left-single-quote": inner_open,
        "right-single-quote": inner_close,
        "ndash": "–",
        "mdash": "—",
        "ellipsis": "…",
    }
