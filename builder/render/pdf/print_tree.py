"""A chapter's tree as it is printed: notes in place, pages behind references, boxes to tick."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from urllib.parse import quote
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.parse.checklists import BOX
from builder.parse.tree import (
    NAMESPACES,
    classes,
    new,
    walk,
    with_class,
)
from builder.render.leader import label_leaders_notes, label_leaders_text
from builder.render.pdf.addresses import draw_codes
from builder.render.pdf.endnotes import call_notes
from builder.render.pdf.footnotes import place_notes
from builder.render.pdf.habits import draw_habits
from builder.render.pdf.margins import hang_margin_notes
from builder.render.referring import references_in
from builder.render.task_numbers import number_tasks
from builder.words import Words

# A stand-in of about the right width until the page is known.
UNKNOWN_PAGE = "00"
# The page of a reference is a slot as wide as its digits: the layout does not depend on the
# number, which binding writes from the glyphs of all digits.
SLOT, SLOT_SCHEME, SLOT_TEXT = "folio", "urn:x-book-folio:", "0123456789"
SLOT_CSS = (
    f"a.{SLOT} {{ display: inline-block; white-space: nowrap; text-align: left; text-indent: 0;"
    " hyphens: none; letter-spacing: 0; font-kerning: none; font-variant-ligatures: none;"
    " font-variant-numeric: oldstyle-nums tabular-nums; text-decoration: none }"
)
# The text alternative of a picture that is a mere decoration: it gets no tag.
DECORATION = "\ue000"
# Before the text alternative of a formula, which is tagged as one.
FORMULA = "\ue001"
_SVG = f"{{{NAMESPACES['svg']}}}"
_LIST_KINDS = {
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}


def print_tree(
    body: Element,
    notes: Iterable[Note] | None,
    pages: Mapping[str, str],
    words: Words,
    with_pages: bool,
) -> Element:
    """A copy of the tree for paper; ``pages`` holds the folio of each anchor as far as known.

    Notes are set at the foot of the page, or only called where they are None.
    """
    made = deepcopy(body)
    label_leaders_text(made, words)
    # Before notes stand within the text.
    draw_habits(made, words)
    if notes is None:
        call_notes(made)
    else:
        place_notes(made, {each.anchor: each for each in label_leaders_notes(notes, words)})
    draw_codes(made)
    hang_margin_notes(made)
    _address_images(made)
    _number_lists(made)
    if with_pages:
        _add_pages(made, pages, words)
    number_tasks(made)
    for box in with_class(made, BOX):
        box.set("class", "box-square")
    return made


def page_mark(anchor: str, pages: Mapping[str, str], saying: str) -> Element:
    """The words "page 47", linked; an arabic number is a slot, a roman one stands as it is."""
    page = pages.get(anchor, UNKNOWN_PAGE)
    before, _, after = saying.partition("{page}")
    mark = new("span", before, class_="ref-page")
    if page.isdecimal():
        style = f"width: {len(page)}ch"
        number = new("a", SLOT_TEXT, class_=SLOT, href=f"{SLOT_SCHEME}{anchor}", style=style)
    else:
        number = new("a", page, href=f"#{anchor}")
    number.tail = after
    mark.append(number)
    return mark


def _address_images(tree: Element) -> None:
    for image in walk(tree, "img"):
        image.set("src", f"book:/{quote(image.get('src', ''))}")
        image.set("alt", image.get("alt", "").strip() or DECORATION)
    for drawing in walk(tree, f"{_SVG}svg"):
        if "formula" in classes(drawing):
            title = drawing[0]
            title.text = f"{FORMULA}{title.text or ''}"
        elif drawing.find(f"{_SVG}title") is None:
            words = drawing.get("aria-label", "").strip()
            drawing.insert(0, new(f"{_SVG}title", words or DECORATION))


def _number_lists(tree: Element) -> None:
    """Numbers that HTML gives to lists and their items, in the engine's words."""
    for ordered in walk(tree, "ol"):
        if kind := _LIST_KINDS.get(ordered.get("type", "")):
            _add_style(ordered, f"list-style-type: {kind}")
        if _is_number(start := ordered.get("start", "")):
            _add_style(ordered, f"counter-reset: list-item {int(start) - 1}")
    for item in walk(tree, "li"):
        if _is_number(value := item.get("value", "")):
            _add_style(item, f"counter-set: list-item {int(value)}")


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdecimal()


def _add_style(element: Element, rule: str) -> None:
    element.set("style", "; ".join(filter(None, (rule, element.get("style", "")))))


def _add_pages(tree: Element, pages: Mapping[str, str], words: Words) -> None:
    for link, parent, is_open in references_in(tree):
        anchor = link.get("href", "")[1:]
        mark = page_mark(anchor, pages, words.page)
        if not is_open:
            mark.text = f"({mark.text or ''}"
            mark[-1].tail = f"{mark[-1].tail or ''})"
        mark.tail, link.tail = link.tail, ", " if is_open else " "
        parent.insert(list(parent).index(link) + 1, mark)


def is_done(item: Element) -> bool:
    """Whether a task is ticked in the manuscript."""
    return "done" in classes(item)
