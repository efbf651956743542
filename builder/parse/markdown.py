"""The one Markdown object and its extensions."""

import re
from collections.abc import Mapping

import markdown
from markdown.extensions.footnotes import FootnoteExtension

from builder.parse.typography import quotes_of

BLOCK_TYPES = (
    "note",
    "tip",
    "warning",
    "important",
    "caution",
    "box",
    "exercise",
    "epigraph",
    "verse",
    "pullquote",
    "message",
    "only-print",
    "only-epub",
)
# A title that renders as nothing: it tells "no title given" from a title.
_NO_TITLE = " "
_EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.caption",
    "pymdownx.caret",
    "pymdownx.highlight",
    "pymdownx.mark",
    "pymdownx.quotes",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)


def make_markdown(language: str) -> markdown.Markdown:
    """A converter with smart typography in the book's language; reset it between chapters."""
    settings: Mapping[str, Mapping[str, object]] = {
        "smarty": {"substitutions": quotes_of(language)},
        "pymdownx.blocks.admonition": {
            "types": [{"name": name, "class": name, "title": _NO_TITLE} for name in BLOCK_TYPES]
        },
        "pymdownx.blocks.caption": {"types": ["caption"]},
        "pymdownx.highlight": {"css_class": "highlight", "anchor_linenums": False},
        "pymdownx.quotes": {"callouts": True},
        "pymdownx.tasklist": {"clickable_checkbox": True},
        "pymdownx.tilde": {"smart_delete": True},
    }
    converter = markdown.Markdown(
        extensions=[
            *_EXTENSIONS,
            FootnoteExtension(BACKLINK_TEXT="", UNIQUE_IDS=False, PLACE_MARKER="\x02no marker\x03"),
        ],
        extension_configs={name: dict(options) for name, options in settings.items()},
    )
    converter.set_output_format("xhtml")
    return converter


def to_html(converter: markdown.Markdown, text: str) -> str:
    """A chapter's Markdown as HTML; raises ``RecursionError`` on text nested too deep."""
    return converter.reset().convert(text)


def footnote_definitions(text: str) -> tuple[tuple[str, int], ...]:
    """Label and offset of every footnote definition as the extension reads them."""
    return tuple(
        (found[1], found.start(1) - 2)
        for found in re.finditer(r"^ {0,3}\[\^([^\]\n]*)\]:", text, re.MULTILINE)
    )
