"""The numbers of tasks in a numbered list, as text behind the box: no reader leaves that out."""

from xml.etree.ElementTree import Element

from builder.parse.checklists import BOX, LIST, NUMBER, numbers_of
from builder.parse.tree import classes, new, with_class


def number_tasks(tree: Element) -> None:
    """Write the number of each task that has one, before its box is drawn."""
    for task_list in with_class(tree, LIST):
        for task, number in numbers_of(task_list):
            write_number(task, number)


def write_number(task: Element, number: int | None) -> None:
    """Put the number of a task before its first words, behind its box; nothing without a number."""
    if number is None:
        return
    is_loose = len(task) and task[0].tag == "p" and not (task.text or "").strip()
    holder = task[0] if is_loose else task
    mark = new("span", f"{number}. ", class_=NUMBER)
    if len(holder) and BOX in classes(holder[0]) and not (holder.text or "").strip():
        mark.tail, holder[0].tail = (holder[0].tail or "").lstrip(), None
        holder.insert(1, mark)
    else:
        mark.tail, holder.text = (holder.text or "").lstrip(), None
        holder.insert(0, mark)
