"""Marks of citations, written as for Pandoc.

``[see @vale, p. 33; @oduya]``, without the author ``[-@vale]``, in a sentence ``@vale [p. 3]``.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from builder.book import Cited
from builder.parse.tree import new

CITATION = "citation"
# What the author wrote.
WRITTEN = "data-cite"
_KEY = r"(?:\{[^{}\s]+\}|\w(?:\w|[:.#%&+?<>~/-](?=\w))*)"
_IN_BRACKETS = r"\[[^\[\]]*@[^\[\]]*\](?![(\[:{])"
_IN_TEXT = rf"(?<![\w@./+\\-])@{_KEY}(?:[ \n]\[[^\[\]@]*\])?"
_CITED = re.compile(rf"(?P<before>(?:.*\s)?)(?P<minus>-?)@(?P<key>{_KEY})(?P<after>.*)")
_NAMED = re.compile(rf"@(?P<key>{_KEY})(?: \[(?P<after>.*)\])?")


class CitationProcessor(InlineProcessor):
    """Makes an element of each citation, in chapters of books that have a bibliography."""

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.is_on = False

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The element, or nothing where the brackets hold something else."""
        del data
        written = " ".join(m[0].split())
        if not self.is_on or not cited_in(written):
            return None, None, None
        made = new("span", AtomicString(written), class_=CITATION)
        made.set(WRITTEN, written)
        return made, m.start(0), m.end(0)


def citation_processors(md: Markdown) -> tuple[tuple[CitationProcessor, str, int], ...]:
    """The processors with their names and priorities: before links, and behind addresses."""
    return (
        (CitationProcessor(_IN_BRACKETS, md), "citations", 172),
        (CitationProcessor(_IN_TEXT, md), "citations-in-text", 105),
    )


def cited_in(written: str) -> tuple[Cited, ...]:
    """The sources that a citation names; nothing where it is no citation."""
    if not written.startswith("["):
        found = _NAMED.fullmatch(written)
        return (_cited(found["key"], after=found["after"] or ""),) if found else ()
    matches = [_CITED.fullmatch(each.strip()) for each in written[1:-1].split(";")]
    return tuple(
        _cited(found["key"], found["before"], found["after"], bool(found["minus"]))
        for found in matches
        if found
    ) * all(matches)


def _cited(key: str, before: str = "", after: str = "", is_without_author: bool = False) -> Cited:
    words = after.strip().removeprefix(",").strip()
    return Cited(key.strip("{}"), before.strip(), words, is_without_author)
