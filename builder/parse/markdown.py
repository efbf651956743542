"""The one Markdown object and its extensions."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import InlineProcessor

from builder.parse.coloured import HIGHLIGHT, fence_html
from builder.parse.inline_marks import InlineMarks
from builder.parse.processors import BookExtension
from builder.parse.prose import Prose
from builder.parse.quotes import marks_of

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
    "dialogue",
    "pullquote",
    "references",
    "message",
    "landscape",
    "margin",
    "columns",
    "table-notes",
    "leader",
    "only-print",
    "only-epub",
)
# A title that renders as nothing: it tells "no title given" from a title.
_NO_TITLE = " "
_EXTENSIONS = (
    "markdown.extensions.abbr",
    "markdown.extensions.admonition",
    "markdown.extensions.attr_list",
    "markdown.extensions.def_list",
    "markdown.extensions.md_in_html",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.caption",
    "pymdownx.highlight",
    "pymdownx.quotes",
    "pymdownx.superfences",
    "pymdownx.tasklist",
)
_SETTINGS: Mapping[str, Mapping[str, object]] = {
    "pymdownx.blocks.admonition": {
        "types": [{"name": name, "class": name, "title": _NO_TITLE} for name in BLOCK_TYPES]
    },
    "pymdownx.blocks.caption": {"types": ["caption"]},
    "pymdownx.highlight": {"css_class": HIGHLIGHT, "anchor_linenums": False},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.superfences": {
        "custom_fences": [{"name": "*", "class": HIGHLIGHT, "format": fence_html}]
    },
    "pymdownx.tasklist": {"clickable_checkbox": True},
}


@dataclass(frozen=True, slots=True)
class Converted:
    """A chapter as HTML, the addresses of its links that are defined apart, and its raw HTML."""

    html: str
    references: Mapping[str, str]
    raw_html: tuple[str, ...]


class Converter:
    """Markdown to HTML, one chapter after another, with the typography of a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._own = BookExtension(marks_of(language))
        footnotes = FootnoteExtension(
            BACKLINK_TEXT="", UNIQUE_IDS=False, PLACE_MARKER="\x02no marker"
        )
        self._markdown = markdown.Markdown(
            extensions=[*map(_extension, _EXTENSIONS), footnotes, InlineMarks(), self._own],
            output_format="xhtml",
        )
        inline = self._markdown.treeprocessors["inline"]
        assert isinstance(inline, InlineProcessor)
        # The registry looks whether it is sorted at every pattern it is asked for.
        inline.inlinePatterns = tuple(inline.inlinePatterns)  # type: ignore[assignment]

    def convert(self, prose: Prose, language: str = "", cites: bool = False) -> Converted:
        """Convert a chapter; raises ``RecursionError`` where it is nested too deep."""
        self._own.prose, self._own.raw_html = prose, ()
        self._own.read_citations(cites)
        self._own.marks = marks_of(language or self.language)
        text = self._markdown.reset().convert(prose.text)
        references = {
            name: prose.unmasked(url) for name, (url, _) in self._markdown.references.items()
        }
        raw_html = tuple(map(prose.unmasked, self._own.raw_html))
        return Converted(text, references, raw_html)


def _extension(name: str) -> Extension:
    """An extension by its module: by its name alone, every installed package is asked for it."""
    made = import_module(name).makeExtension(**_SETTINGS.get(name, {}))
    assert isinstance(made, Extension)
    return made


def make_markdown(language: str) -> Converter:
    """A converter with smart typography in the book's language."""
    return Converter(language)
