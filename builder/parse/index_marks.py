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
from builder.parse.bracketed import ALSO, EXTENT, INDEX, INDEX_MARK, MAIN, SEE, SORT
from builder.parse.headings import unique
from builder.parse.leftovers import find_in_prose
from builder.parse.prose import Prose
from builder.parse.tree import (
    AT,
    BLOCKS,
    LEVELS,
    add_class,
    classes,
    new,
    offset_of,
    parents,
    remove,
    replace,
    text_of,
    unwrap,
    walk,
    with_class,
)
from builder.source import Source

_DATA = (INDEX, EXTENT, MAIN, SEE, ALSO, SORT)
_MARKED = re.compile(r"\{[^{}]*?\bindex\b[^{}]*\}")
# With the word before it: elsewhere in the block the same may be a mark.
_STRAY = re.compile(r"\w{0,20}\{:?[ ]*(?:index|term)\b")
_TO_END = re.compile(r"[^}\n]*\}?")
# The words of these are the name of a mark in them that has none.
_NAMING = frozenset((*LEVELS, "caption", "dt", "figcaption", "th"))
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))
_BEHIND_IMAGE = "data-index-behind"
_MOST_LEVELS = 3
# What no space stands before.
_SIGNS = ".,;:!?)]…”’»"


def part_from_images(body: Element) -> None:
    """Put marks right behind an image into a paragraph of their own: the image stands alone."""
    owners = parents(body)
    for paragraph in walk(body, "p"):
        if (paragraph.text or "").strip() or not len(paragraph) or paragraph[0].tag != "img":
            continue
        marks = []
        while len(paragraph) > 1 and not (paragraph[0].tail or "").strip():
            if INDEX_MARK not in classes(paragraph[1]):
                break
            marks.append(paragraph[1])
            remove(paragraph, paragraph[1])
        if marks:
            apart = new("p")
            for mark in marks:
                mark.tail = None
                mark.set(_BEHIND_IMAGE, "")
                apart.append(mark)
            replace(owners[paragraph], paragraph, paragraph, apart)


def shape_index_marks(body: Element) -> None:
    """Make a mark of every attribute, each where its place is that of what it is for."""
    owners = parents(body)
    for element in [each for each in body.iter() if INDEX in each.attrib]:
        if INDEX_MARK in classes(element):
            _close_up(element, owners[element])
        elif element.tag == "span":
            add_class(element, INDEX_MARK)
        elif element.tag in _EMPTY:
            _insert_before(owners[element], element, _mark_of(element))
        elif element.tag in BLOCKS:
            _insert(_opening(element), _mark_of(element))
        else:
            mark = _mark_of(element)
            replace(owners[element], element, mark)
            mark.append(element)
    owners = parents(body)
    for paragraph in walk(body, "p", "figcaption"):
        if _is_marks_alone(paragraph):
            _settle(paragraph, owners[paragraph])


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
    for name in _DATA:
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


def _mark_of(element: Element) -> Element:
    """A mark with what an element says of the index, which it says no more."""
    mark = new("span", class_=INDEX_MARK)
    for name in _DATA:
        if name in element.attrib:
            mark.set(name, element.attrib.pop(name))
    mark.set(AT, element.get(AT, "0"))
    return mark


def _close_up(mark: Element, owner: Element) -> None:
    """Take the space before marks that a sign follows: the sign stands close to the word."""
    if (mark.tail or "")[:1] not in _SIGNS or not mark.tail:
        return
    at = list(owner).index(mark)
    while at and _is_bare(owner[at - 1]) and not (owner[at - 1].tail or "").strip():
        at -= 1
        owner[at].tail = None
    if at and owner[at - 1].tail:
        owner[at - 1].tail = (owner[at - 1].tail or "").rstrip()
    elif not at and owner.text:
        owner.text = owner.text.rstrip()


def _is_bare(element: Element) -> bool:
    """Whether an element is a mark around no words."""
    return INDEX_MARK in classes(element) and not text_of(element)


def _is_marks_alone(paragraph: Element) -> bool:
    texts = (paragraph.text, *(mark.tail for mark in paragraph))
    return (
        len(paragraph) > 0
        and not any((text or "").strip() for text in texts)
        and all(_is_bare(each) for each in paragraph)
    )


def _settle(paragraph: Element, owner: Element) -> None:
    """Move the marks of a paragraph that has nothing else to the text that they are for.

    That is what follows; for the end of a range, or behind an image, what stands before.
    """
    siblings, marks = list(owner), list(paragraph)
    at = siblings.index(paragraph)
    before = next((each for each in reversed(siblings[:at]) if _can_hold(each)), None)
    behind = next((each for each in siblings[at + 1 :] if _can_hold(each)), None)
    behind_images = [mark.attrib.pop(_BEHIND_IMAGE, None) is not None for mark in marks]
    is_end = any(behind_images) or any(mark.get(EXTENT) == "to" for mark in marks)
    if before is not None and (is_end or behind is None):
        holder = _closing(before)
        for mark in marks:
            mark.tail = None
            holder.append(mark)
    elif behind is not None:
        for mark in reversed(marks):
            _insert(_opening(behind), mark)
    else:
        return
    remove(owner, paragraph)


def _can_hold(element: Element) -> bool:
    return element.tag not in _EMPTY and bool(len(element) or (element.text or "").strip())


def _opening(element: Element) -> Element:
    """The innermost block that an element begins with."""
    while not (element.text or "").strip() and len(element) and element[0].tag in BLOCKS:
        element = element[0]
    return element


def _closing(element: Element) -> Element:
    """The innermost block that an element ends with."""
    while len(element) and element[-1].tag in BLOCKS and element[-1].tag not in _EMPTY:
        element = element[-1]
    return element


def _insert(element: Element, mark: Element) -> None:
    mark.tail, element.text = element.text, None
    element.insert(0, mark)


def _insert_before(owner: Element, element: Element, mark: Element) -> None:
    owner.insert(list(owner).index(element), mark)
