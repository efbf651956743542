"""Task lists: their items with stable ids, and the boxes in the tree."""

import hashlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import Checklist, Heading, Item
from builder.diagnostics import Diagnostic, Severity
from builder.parse.headings import LEVELS, unique
from builder.parse.positions import place_of
from builder.parse.tree import (
    AT,
    add_class,
    classes,
    copy_of,
    new,
    offset_of,
    parents,
    text_of,
    with_class,
)
from builder.slugs import slug
from builder.source import Source

LIST, TASK, BOX, DONE = "task-list", "task", "box-glyph", "done"
_ID_LENGTH = 40


def mark_tasks(body: Element, chapter_id: str) -> None:
    """Replace the checkboxes by ``<span class="box-glyph">`` and give each task its id.

    An id comes from the words of the task, so it stays when others are added or moved;
    ``{#id}`` in the task sets it. Each list gets an id from its first task.
    """
    taken = {element.get("id", "") for element in body.iter()}
    for item in with_class(body, "task-list-item"):
        holder, box = _take_checkbox(item)
        if box is None:
            continue
        item.set("class", f"{TASK} {DONE}" if "checked" in box.keys() else TASK)
        if not item.get("id"):
            item.set("id", unique(f"{chapter_id}.{task_name(_own_text(item))}", taken))
        glyph = new("span", class_=BOX)
        glyph.tail = (holder.text or "").lstrip()
        holder.text = None
        holder.insert(0, glyph)
    for task_list in with_class(body, LIST):
        first = next((item.get("id", "") for item in task_list), "")
        if not task_list.get("id"):
            task_list.set("id", unique(f"{first or chapter_id}-list", taken))


def task_name(text: str) -> str:
    """The id of a task from its words: a slug, told apart by a hash where it was cut."""
    whole = slug(text) or "task"
    if len(whole) <= _ID_LENGTH:
        return f"task-{whole}"
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    return f"task-{whole[:_ID_LENGTH].rstrip('-')}-{digest}"


def find_checklists(
    body: Element, source: Source, headings: tuple[Heading, ...]
) -> tuple[Checklist, ...]:
    """The task lists of the chapter, each with the heading that it stands under."""
    by_anchor = {heading.anchor: heading for heading in headings}
    found, current, main_level, main = [], None, 7, False
    for element in body.iter():
        if element.tag in LEVELS:
            current = by_anchor[element.get("id", "")]
            if main and current.level <= main_level:
                main = False
            if current.is_checklist:
                main, main_level = True, current.level
        elif element.tag in ("ul", "ol") and LIST in classes(element):
            found.append((element, current, main))
    owners = parents(body)
    return tuple(
        Checklist(
            element.get("id", ""),
            heading.title if heading else "",
            _items(element, source),
            is_main,
            source.place(offset_of(element)),
        )
        for element, heading, is_main in found
        if not _is_nested(element, owners)
    )


def check_checklists(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Items without a box among tasks."""
    for task_list in with_class(body, LIST):
        for item in task_list:
            if TASK not in classes(item):
                yield Diagnostic(
                    "item-without-box",
                    "an item without a box stands among tasks",
                    place_of(item, source),
                    "begin it with - [ ]",
                    Severity.WARNING,
                )


def _take_checkbox(item: Element) -> tuple[Element, Element | None]:
    """Take the checkbox out of an item; its text goes to the front of what held it."""
    for holder in (item, *(child for child in item if child.tag in ("p", "label"))):
        if len(holder) and holder[0].tag == "label":
            continue
        box = next((child for child in holder if child.tag == "input"), None)
        if box is not None:
            holder.text = (holder.text or "") + (box.tail or "")
            holder.remove(box)
            return holder, box
    label = next((child for child in item.iter("label")), None)
    if label is not None and (box := label.find("input")) is not None:
        owner = next(parent for parent in item.iter() if label in list(parent))
        owner.text = (owner.text or "") + (label.tail or "")
        owner.remove(label)
        return owner, box
    return item, None


def _own_text(item: Element) -> str:
    made = copy_of(item)
    for parent in list(made.iter()):
        for nested in [child for child in parent if child.tag in ("ul", "ol")]:
            parent.remove(nested)
    return text_of(made)


def _is_nested(element: Element, owners: dict[Element, Element]) -> bool:
    above = owners.get(element)
    while above is not None:
        if LIST in classes(above):
            return True
        above = owners.get(above)
    return False


def _items(task_list: Element, source: Source) -> tuple[Item, ...]:
    return tuple(_item(item, source) for item in task_list)


def _item(element: Element, source: Source) -> Item:
    body = copy_of(element)
    nested: list[Item] = []
    for child in list(element):
        if LIST in classes(child):
            nested += _items(child, source)
    for child in [each for each in body if LIST in classes(each)]:
        body.remove(child)
    body.tag = "div"
    at, name = body.get(AT, "0"), element.get("id", "")
    done = DONE in classes(element)
    body.attrib = {AT: at}
    add_class(body, "task-text")
    for box in [child for child in body.iter() if BOX in classes(child)]:
        owner = next(parent for parent in body.iter() if box in list(parent))
        owner.text = (owner.text or "") + (box.tail or "")
        owner.remove(box)
    for inner in body.iter():
        inner.attrib.pop("id", None)
    return Item(name, text_of(body), body, done, place_of(element, source), tuple(nested))
