"""Blocks of a printed chapter numbered, so that a page can say what of the manuscript it holds.

A number stands for an offset in the source; it stays when lines before it are added, so that
what was laid out can be kept.
"""

from xml.etree.ElementTree import Element

from builder.book import Chapter
from builder.cache import NO_STORE, Store, key
from builder.diagnostics import Place
from builder.kept import keep
from builder.parse.tree import AT, BLOCKS, offset_of

PLACE = "data-place"
_PLACED = BLOCKS | {"img"}


def offsets_of(chapter: Chapter, store: Store = NO_STORE) -> tuple[int, ...]:
    """The offset in the source that each number stands for, in order."""
    name = key("places", chapter.key)
    return keep(store, name, tuple[int, ...], lambda: _offsets_in(chapter))


def _offsets_in(chapter: Chapter) -> tuple[int, ...]:
    trees = (chapter.body, *(note.body for note in chapter.notes))
    return tuple(sorted({offset_of(each) for tree in trees for each in tree.iter() if _is(each)}))


def mark_places(tree: Element, chapter: Chapter) -> None:
    """Give each block of a chapter's printed tree its number."""
    numbers = {offset: str(number) for number, offset in enumerate(offsets_of(chapter))}
    for element in tree.iter():
        element.attrib.pop(PLACE, None)
        if _is(element) and (number := numbers.get(offset_of(element))):
            element.set(PLACE, number)


def place_of_block(
    chapter: Chapter, number: int, words: str = "", store: Store = NO_STORE
) -> Place:
    """The place of a numbered block, at its line with these words where they can be found."""
    source, offsets = chapter.file.source, offsets_of(chapter, store)
    if not 0 <= number < len(offsets):
        return source.place(chapter.file.body_start)
    start = offsets[number]
    end = offsets[number + 1] if number + 1 < len(offsets) else len(source.text)
    found = source.text.find(words, start, end) if words else -1
    return source.place(found if found >= 0 else start, max(len(words), 1) if found >= 0 else 1)


def _is(element: Element) -> bool:
    return AT in element.attrib and element.tag in _PLACED
