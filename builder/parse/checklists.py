"""Task lists: their items with stable ids, and the boxes in the tree."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from builder.book import Checklist, Heading, Item
from builder.diagnostics import Diagnostic, Severity
from builder.parse.footnotes import NOTEREF
from builder.parse.headings import unique
from builder.parse.leader import LEADER, words_for_all
from builder.parse.mark_spans import MARK, marks_of
from builder.parse.positions import place_of
from builder.parse.tree import (
    AT,
    BLOCKS,
    LEVELS,
    add_class,
    classes,
    copy_of,
    new,
    offset_of,
    parents,
    remove,
    text_of,
    walk,
    with_class,
)
from builder.slugs import slug
from builder.source import Source

LIST, TASK, BOX, DONE, TEXT = "task-list", "task", "box-glyph", "done", "task-text"
NUMBER = "task-number"
_ID_LENGTH = 40
_WORD = re.compile(r"\w+")
_WRONG_BOX = re.compile(r"\[\s*[xX*]?\s*\](?=\s)")


def mark_tasks(trees: Sequence[Element], chapter_id: str, taken: set[str]) -> None:
    """Replace the checkboxes by ``<span class="box-glyph">`` and give each task its id.

    An id comes from the words of the task, and the names of what it refers to, so it stays when
    others are added or moved; ``{#id}`` in the task sets it. The second task of the same words gets
    ``.2``, which the id of no other words ends in. Each list gets an id from its first task.
    """
    lists = [each for tree in trees for each in with_class(tree, LIST)]
    for item in [item for task_list in lists for item in task_list]:
        holder, box = _take_checkbox(item)
        done = box is not None and "checked" in box.attrib
        kept = [name for name in classes(item) if name != "task-list-item"]
        item.set("class", " ".join((TASK, *([DONE] if done else []), *kept)))
        if not item.get("id") and holder.get("id"):
            # In a loose list, what stands in braces belongs to the paragraph.
            item.set("id", holder.attrib.pop("id"))
        if not item.get("id"):
            name = f"{chapter_id}.{task_name(words_for_all(_named(task_text(item))))}"
            item.set("id", unique(name, taken, "."))
        glyph = new("span", class_=BOX)
        glyph.tail = (holder.text or "").lstrip()
        holder.text = None
        holder.insert(0, glyph)
    for task_list in lists:
        if not task_list.get("id"):
            # Of the items that every edition has, if there are any.
            items = [item for item in task_list if LEADER not in classes(item)] or [*task_list]
            first = next((item.get("id", "") for item in items), chapter_id)
            task_list.set("id", unique(f"{first}-list", taken))


def task_name(text: str) -> str:
    """The id of a task from its words: a slug, told apart by a hash where it was cut."""
    whole = slug(text) or "task"
    if len(whole) <= _ID_LENGTH:
        return f"task-{whole}"
    # What an id does not show makes no difference: signs, case, the marks of typography.
    words = " ".join(_WORD.findall(text.casefold()))
    digest = hashlib.sha256(words.encode()).hexdigest()[:6]
    return f"task-{whole[:_ID_LENGTH].rstrip('-')}-{digest}"


def task_text(item: Element) -> Element:
    """A copy of what a task says first: its first paragraph, without marks and the like."""
    first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    made = copy_of(first)
    for block in [child for child in made if child.tag in BLOCKS][:1]:
        del made[list(made).index(block) :]
    for span in [child for child in made if {MARK, NUMBER} & {*classes(child)}]:
        remove(made, span)
    return made


def _named(text: Element) -> Element:
    """The text of a task with references by the names of what they lead to, without numbers."""
    for link in [each for each in text.iter("a") if not len(each) and not each.text]:
        path, _, anchor = link.get("href", "").partition("#")
        link.text = anchor or PurePosixPath(path).stem.lstrip("0123456789-_. ")
    return text


def numbers_of(task_list: Element) -> Iterator[tuple[Element, int | None]]:
    """Each task of a list with its number, where the list is numbered."""
    number = _number(task_list.get("start", ""), 1)
    for task in task_list:
        number = _number(task.get("value", ""), number)
        yield task, number if task_list.tag == "ol" else None
        number += 1


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
            _box_title(element, owners) or (heading.title if heading else ""),
            _items(element, source, is_leaders=_is_leaders(element, owners)),
            is_main,
            source.place(offset_of(element)),
            _intro(element, owners[element]) if is_main else (),
        )
        for element, heading, is_main in found
        if not _is_nested(element, owners)
    )


def _box_title(element: Element, owners: Mapping[Element, Element]) -> str:
    """The title of the box that a list stands in."""
    above = owners.get(element)
    while above is not None:
        if len(above) and "box-title" in classes(above[0]):
            return text_of(above[0])
        above = owners.get(above)
    return ""


def _intro(element: Element, owner: Element) -> tuple[Element, ...]:
    """What stands between the heading, or the list before it, and a list."""
    before = list(owner)[: list(owner).index(element)]
    ends = [index for index, each in enumerate(before) if each.tag in (*LEVELS, "ul", "ol")]
    return tuple(copy_of(each) for each in before[ends[-1] + 1 if ends else 0 :])


def check_checklists(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Items without a box among tasks, and boxes that are written wrong."""
    among_tasks = {item for task_list in with_class(body, LIST) for item in task_list}
    for item in [each for each in walk(body, "li") if "task-list-item" not in classes(each)]:
        wrong = _WRONG_BOX.match(_first_text(item))
        if wrong or item in among_tasks:
            yield Diagnostic(
                "item-without-box",
                f'not a box: "{wrong[0]}"' if wrong else "an item without a box among tasks",
                place_of(item, source),
                "begin it with - [ ]",
                Severity.WARNING,
            )


def _first_text(item: Element) -> str:
    first = item[0] if len(item) and not (item.text or "").strip() else item
    return (first.text or "").lstrip() if first.tag in ("li", "p") else ""


def _take_checkbox(item: Element) -> tuple[Element, Element | None]:
    """Take the checkbox out of an item; the element whose text it led, and the checkbox."""
    first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    box = first[0] if len(first) and first[0].tag == "input" else None
    if box is not None:
        first.text = (first.text or "") + (box.tail or "")
        first.remove(box)
    return first, box


def _is_nested(element: Element, owners: dict[Element, Element]) -> bool:
    above = owners.get(element)
    while above is not None:
        if LIST in classes(above):
            return True
        above = owners.get(above)
    return False


def _is_leaders(element: Element, owners: Mapping[Element, Element]) -> bool:
    """Whether a list stands in a block for the leader."""
    above: Element | None = element
    while above is not None and LEADER not in classes(above):
        above = owners.get(above)
    return above is not None


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.removeprefix("-").isdecimal() else otherwise


def _items(task_list: Element, source: Source, *, is_leaders: bool = False) -> tuple[Item, ...]:
    return tuple(
        _item(item, number, source, is_leaders=is_leaders) for item, number in numbers_of(task_list)
    )


def _item(element: Element, number: int | None, source: Source, *, is_leaders: bool) -> Item:
    nested = tuple(one for each in _nested_lists(element) for one in _items(each, source))
    body = _text_of_task(element)
    if is_leaders or LEADER in classes(element):
        add_class(body, LEADER)
    done = DONE in classes(element)
    place = place_of(element, source)
    text = text_of(task_text(element))
    return Item(element.get("id", ""), text, body, done, place, nested, marks_of(body), number)


def _nested_lists(element: Element) -> Iterator[Element]:
    """The task lists in an item, but not those in them."""
    for child in element:
        if LIST in classes(child):
            yield child
        else:
            yield from _nested_lists(child)


def _text_of_task(element: Element) -> Element:
    """A copy of an item without its box, the lists under it, ids and footnote marks."""
    body = copy_of(element)
    body.tag, body.attrib = "div", {AT: element.get(AT, "0"), "class": TEXT}
    for parent in list(body.iter()):
        parent.attrib.pop("id", None)
        for child in list(parent):
            if {BOX, LIST, NOTEREF} & {*classes(child)}:
                remove(parent, child)
    if body.text:
        body.text = body.text.lstrip()
    return body
