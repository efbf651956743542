"""Where marks for the index stand in a chapter's tree: at the words that they are for."""

from xml.etree.ElementTree import Element

from builder.parse.bracketed import EXTENT, INDEX, INDEX_DATA, INDEX_MARK
from builder.parse.tree import (
    AT,
    BLOCKS,
    add_class,
    classes,
    new,
    parents,
    remove,
    replace,
    text_of,
    walk,
)

_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))
_BEHIND_IMAGE = "data-index-behind"
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


def _mark_of(element: Element) -> Element:
    """A mark with what an element says of the index, which it says no more."""
    mark = new("span", class_=INDEX_MARK)
    for name in INDEX_DATA:
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
