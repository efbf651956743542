"""Checklists: each task begins with a box as a character, which every e-reader draws."""

from xml.etree.ElementTree import Element

from builder.parse.checklists import BOX, DONE, LIST, TASK
from builder.parse.tree import AT, classes, walk, with_class
from builder.render.epub.box_font import CROSSED, EMPTY
from builder.render.task_numbers import number_tasks
from builder.words import Words


def draw_boxes(tree: Element, words: Words) -> None:
    """Write the box of each task, said aloud as done or not done, and its number if it has one."""
    number_tasks(tree)
    for task_list in with_class(tree, LIST):
        # VoiceOver takes a list without bullets for plain text unless it is told.
        task_list.set("role", "list")
    for task in with_class(tree, TASK):
        box = next(iter(with_class(task, BOX)), None)
        if box is not None:
            _draw(box, DONE in classes(task), words)
    for box in walk(tree, "input"):
        done = box.get("checked") is not None
        box.tag, box.attrib = "span", {AT: box.get(AT, "0"), "class": BOX}
        _draw(box, done, words)


def _draw(box: Element, done: bool, words: Words) -> None:
    box.text = CROSSED if done else EMPTY
    box.set("role", "img")
    box.attrib |= {"aria-label": words.done if done else words.not_done, **words.lang}
    box.tail = f"\xa0{(box.tail or '').lstrip()}"
