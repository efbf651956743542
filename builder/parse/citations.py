"""The citations of a text in the order of reading."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from builder.book import Citation, Note
from builder.parse.citation_marks import CITATION, WRITTEN, cited_in
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import AT, classes
from builder.source import Source

# Where the list of the sources stands.
REFERENCES = "references"


def find_citations(body: Element, notes: Sequence[Note], source: Source) -> tuple[Citation, ...]:
    """The citations of a text in the order of reading, those of a note where it is called."""
    at, found = 0, []
    for element, block, in_note in walk_citations(body, notes):
        written = element.get(WRITTEN, "")
        start = source.text.find(written, max(at, block) if not in_note else block)
        if start >= 0 and not in_note:
            at = start + len(written)
        place = source.place(max(start, 0) or block, len(written) if start >= 0 else 1)
        is_in_text = written.startswith("@")
        found.append(Citation(written, cited_in(written), is_in_text, in_note, place))
    return tuple(found)


def walk_citations(body: Element, notes: Sequence[Note]) -> Iterator[tuple[Element, int, bool]]:
    """Each citation, where the block begins that it stands in, and whether that is a note's."""
    waiting = {f"#{note.anchor}": note.body for note in notes}

    def walk(tree: Element, block: int, in_note: bool) -> Iterator[tuple[Element, int, bool]]:
        block = int(tree.get(AT) or block)
        names = classes(tree)
        if CITATION in names and tree.get(WRITTEN):
            yield tree, block, in_note
        elif NOTEREF in names:
            called = waiting.pop(tree.get("href", ""), None)
            if called is not None:
                yield from walk(called, block, True)
        for child in list(tree):
            yield from walk(child, block, in_note)

    yield from walk(body, 0, False)
