"""Raw HTML whose tags say where they stand in the source, before it is read as HTML.

Of broken HTML a parser makes elements that nobody wrote, and moves others: what is in the tree then
cannot be counted off in the source.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from builder.parse.tree import AT
from builder.source import Source

# What begins the HTML of highlighted code, which Markdown keeps beside raw HTML.
CODE = '<div class="highlight"'


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag in raw HTML: its offset there, its name's length and all of it as written."""

    at: int
    length: int
    text: str


def start_tags(html: str) -> tuple[Tag, ...]:
    """The start tags of raw HTML, in order."""
    finder = _Finder(html)
    finder.read()
    return tuple(finder.tags)


def with_places(html: str, tags: Sequence[Tag], places: Iterable[str]) -> str:
    """The same HTML, each tag with its place; what the author wrote there counts no more."""
    pieces, last = [], 0
    for tag, place in zip(tags, places, strict=True):
        end = tag.at + 1 + tag.length
        # Of two attributes of a name, the first holds.
        pieces += [html[last:end], f' {AT}="{place}"']
        last = end
    return "".join((*pieces, html[last:]))


class _Finder(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._html = Source("", html)

    def read(self) -> None:
        """Find all tags, up to where what is written is no HTML at all."""
        try:
            self.feed(self._html.text)
            self.close()
        except AssertionError:
            # The library asserts that a declaration is one that it knows.
            return

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Note a tag; one without an end comes here as well."""
        line, column = self.getpos()
        at, text = self._html.offset_of_line(line) + column, self.get_starttag_text() or ""
        if text[1 : len(tag) + 1].lower() == tag:
            self.tags.append(Tag(at, len(tag), text))
