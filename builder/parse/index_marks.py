"""Marks for the index in a chapter's tree: ``<span class="index-mark" data-index="pump">``.

A mark stands around the words that it is for, or is empty. Its names stay in the tree until
it is known which text an output and edition has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace as changed
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.diagnostics import Diagnostic, Place
from builder.index import Extent, IndexMark, Path, paths_of
from builder.parse.bracketed import ALSO, EXTENT, INDEX, INDEX_DATA, INDEX_MARK, MAIN, SEE, SORT
from builder.parse.headings import unique
from builder.parse.leftovers import find_in_prose
from builder.parse.prose import Prose
from builder.parse.tree import (
    LEVELS,
    offset_of,
    parents,
    remove,
    text_of,
    unwrap,
    with_class,
)
from builder.source import Source

_MARKED = re.compile(r"\{[^{}]*?\bindex\b[^{}]*\}")
# With the word before it: elsewhere in the block the same may be a mark.
_STRAY = re.compile(r"\w{0,20}\{:?[ ]*(?:index|term)\b")
_TO_END = re.compile(r"[^}\n]*\}?")
# The words of these are the name of a mark in them that has none.
_NAMING = frozenset((*LEVELS, "caption", "dt", "figcaption", "th"))
_MOST_LEVELS = 3


def name_index_marks(trees: Iterable[Element], chapter_id: str, taken: set[str]) -> None:
    """Give each mark an id."""
    marks = [mark for tree in trees for mark in with_class(tree, INDEX_MARK)]
    for number, mark in enumerate(marks, start=1):
        if not mark.get("id"):
            mark.set("id", unique(f"{chapter_id}.index-{number}", taken))


def check_index_marks(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Marks without a name, with names too deep, and such as mark nothing."""
    owners = parents(body)
    for mark in [each for each in body.iter() if INDEX in each.attrib]:
        paths = (*paths_of(mark.get(INDEX, "")), *_paths(mark, SEE), *_paths(mark, ALSO))
        place = _place(mark, prose.source)
        if not _names(mark, owners):
            hint = 'write the words in brackets, [pump]{index}, or name it: {index="pump"}'
            yield Diagnostic("nameless-index-mark", "a mark without a name", place, hint)
        elif any(len(path) > _MOST_LEVELS or not all(path) for path in paths):
            hint = 'write one to three names with > between them: {index="pump > hand pump"}'
            message = f'not the name of an entry: "{mark.get(INDEX, "")}"'
            yield Diagnostic("wrong-index-entry", message, place, hint)
    for start, found in find_in_prose(body, _STRAY, prose):
        offset = start + found[0].index("{")
        written = _TO_END.match(prose.plain, offset)
        text = written[0] if written else found[0]
        yield Diagnostic(
            "stray-mark",
            f'"{text}" marks nothing here',
            prose.source.place(offset, len(text)),
            r'write [words]{index}, {index="words"} or [words]{term}; for the text write \{',
        )


def take_index_marks(body: Element, notes: Iterable[Note], source: Source) -> tuple[IndexMark, ...]:
    """The marks of a chapter for one output and edition; their names leave the trees."""
    in_text = _take_from(body, source)
    in_notes = (mark for note in notes for mark in _take_from(note.body, source))
    return (*in_text, *(changed(mark, is_in_note=True) for mark in in_notes))


def _take_from(tree: Element, source: Source) -> Iterator[IndexMark]:
    owners, section = parents(tree), ""
    for element in list(tree.iter()):
        if element.tag in LEVELS[1:]:
            section = element.get("id", "")
        if INDEX in element.attrib:
            yield _taken(element, owners, section, source)


def _taken(
    mark: Element, owners: dict[Element, Element], section: str, source: Source
) -> IndexMark:
    sees, also = _paths(mark, SEE), _paths(mark, ALSO)
    extent: Extent = "point"
    if mark.get(EXTENT) in ("from", "to"):
        extent = "from" if mark.get(EXTENT) == "from" else "to"
    is_pointer = bool(sees or also)
    taken = IndexMark(
        _names(mark, owners),
        "" if is_pointer else mark.get("id", ""),
        section,
        _place(mark, source),
        extent,
        MAIN in mark.attrib,
        sees,
        also,
        mark.get(SORT, ""),
    )
    for name in INDEX_DATA:
        mark.attrib.pop(name, None)
    if is_pointer:
        owner = owners[mark]
        owners.update(dict.fromkeys(mark, owner))
        unwrap(owner, mark)
        if owner.tag == "p" and not len(owner) and not (owner.text or "").strip():
            remove(owners[owner], owner)
    return taken


def _paths(mark: Element, name: str) -> tuple[Path, ...]:
    return paths_of(mark.get(name, ""))


def _names(mark: Element, owners: dict[Element, Element]) -> tuple[Path, ...]:
    """The entries of a mark: those that it names, else the words that it is for."""
    if named := _paths(mark, INDEX):
        return named
    words, above = text_of(mark), mark
    while not words and above in owners:
        above = owners[above]
        words = text_of(above) if above.tag in _NAMING else ""
    return ((words.replace("*", ""),),) if words else ()


def _place(mark: Element, source: Source) -> Place:
    at = offset_of(mark)
    found = _MARKED.search(source.text, at)
    if found and "\n\n" not in source.text[at : found.start()]:
        return source.place(found.start(), len(found[0].partition("\n")[0]))
    return source.place(at)
