"""What has an id and words of its own: the words of an empty reference to it."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from builder.book import Checklist, Heading
from builder.parse.checklists import TASK, task_text
from builder.parse.tree import classes, text_of


def find_titles(
    body: Element, headings: tuple[Heading, ...], checklists: tuple[Checklist, ...]
) -> Mapping[str, str]:
    """The words of captions, tasks, titles of boxes, lists and headings, by id."""
    titles = {}
    for element in body.iter():
        name = element.get("id")
        if name and (title := _title_of(element)) is not None:
            titles[name] = text_of(title).removesuffix(".")
    titles |= {checklist.anchor: checklist.title for checklist in checklists}
    return titles | {each.anchor: each.title for each in headings if each.level > 1}


def _title_of(element: Element) -> Element | None:
    if element.tag == "figure":
        return element.find("figcaption")
    if element.tag == "table":
        return element.find("caption")
    if element.tag == "dt":
        return element
    if TASK in classes(element):
        return task_text(element)
    return next((child for child in element if "box-title" in classes(child)), None)
