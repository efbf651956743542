"""Headings -> nested sections: each section bears the id that its heading had."""

from xml.etree.ElementTree import Element

from builder.parse.leader import LEADER
from builder.parse.tree import LEVELS, add_class, classes, new

LEVEL_2 = "level-2"


def nest_sections(body: Element, checklist_headings: frozenset[str]) -> Element:
    """The content of a chapter in one section, with a section for each heading under level 1.

    Only headings that stand free open a section, not those in a box or a quotation. The
    content moves: ``body`` is used up.
    """
    chapter = new("section", body.text)
    opened = [(1, chapter)]
    for child in list(body):
        level = LEVELS.index(child.tag) + 1 if child.tag in LEVELS else 0
        if level > 1:
            while opened[-1][0] >= level:
                opened.pop()
            section = _section(child, level, checklist_headings)
            opened[-1][1].append(section)
            opened.append((level, section))
        opened[-1][1].append(child)
    return chapter


def _section(heading: Element, level: int, checklist_headings: frozenset[str]) -> Element:
    anchor = heading.attrib.pop("id", "")
    section = new("section", "\n", class_=f"level-{level}")
    if anchor in checklist_headings:
        add_class(section, "checklist")
    if LEADER in classes(heading):
        heading.set("class", " ".join(name for name in classes(heading) if name != LEADER))
        add_class(section, LEADER)
    if anchor:
        section.set("id", anchor)
    section.tail = "\n"
    return section
