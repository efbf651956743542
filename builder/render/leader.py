"""What is for the leader says so, wherever it stands: to the eye and to the ear."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.parse.checklists import BOX, TEXT
from builder.parse.leader import LEADER, section_of
from builder.parse.tree import LEVELS, classes, copy_of, new, parents, with_class
from builder.words import Words

LABEL = "leader-label"
_BLOCKS = frozenset(("aside", "blockquote", "div", "section"))


def label_leaders_text(tree: Element, words: Words) -> None:
    """Begin what is for the leader with a label; of a section, below its heading."""
    owners = parents(tree)
    for element in with_class(tree, LEADER):
        if _is_inside_own(element, owners):
            continue
        if element.tag in LEVELS:
            label = new("p", words.for_the_leader, class_=LABEL, **words.lang)
            label.tail, element.tail = element.tail, "\n"
            owner = owners[element]
            owner.insert(list(owner).index(element) + 1, label)
        elif element.tag in _BLOCKS and TEXT not in classes(element):
            label = new("p", words.for_the_leader, class_=LABEL, **words.lang)
            label.tail, element.text = element.text, None
            element.insert(0, label)
        elif element.tag in ("p", "li", "dd", "td", "th", "div"):
            _begin(element, words)


def frame_leaders_sections(tree: Element) -> None:
    """Put each section for the leader into an element of its own."""
    owners = parents(tree)
    for heading in [each for each in with_class(tree, LEADER) if each.tag in LEVELS]:
        owner = owners[heading]
        section = section_of(heading, owner)
        frame = new("div", "\n", class_="leader-section")
        frame.tail = "\n"
        owner.insert(list(owner).index(heading), frame)
        for element in section:
            owner.remove(element)
            frame.append(element)
            owners[element] = frame


def label_leaders_notes(notes: Iterable[Note], words: Words) -> tuple[Note, ...]:
    """The same footnotes, with labels on what is for the leader in them."""
    labelled = tuple(replace(note, body=copy_of(note.body)) for note in notes)
    for note in labelled:
        label_leaders_text(note.body, words)
    return labelled


def _is_inside_own(element: Element, owners: Mapping[Element, Element]) -> bool:
    """Whether an element stands in another that is for the leader and says so."""
    above = owners.get(element)
    while above is not None:
        if LEADER in classes(above):
            return True
        above = owners.get(above)
    return False


def _begin(element: Element, words: Words) -> None:
    """Put the label before the first words of a paragraph or item, behind the box of a task."""
    if len(element) and element[0].tag == "p" and not (element.text or "").strip():
        element = element[0]
    label = new("span", f"{words.for_the_leader}:", class_=LABEL, **words.lang)
    if len(element) and BOX in classes(element[0]) and not (element.text or "").strip():
        label.tail, element[0].tail = f" {(element[0].tail or '').lstrip()}", None
        element.insert(1, label)
    else:
        label.tail, element.text = f" {(element.text or '').lstrip()}", None
        element.insert(0, label)
