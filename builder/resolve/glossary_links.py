"""Links from the words of a chapter to the terms of the glossary."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace as changed
from xml.etree.ElementTree import Element

from builder.book import Text
from builder.glossary import folded
from builder.parse.bracketed import TERM
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import (
    LEVELS,
    classes,
    move_content,
    new,
    parents,
    text_of,
    with_class,
)
from builder.resolve.collation import Collation

# The class of a link to the glossary.
GLOSSREF = "glossref"
# In these no first use is looked for.
_CLOSED = frozenset((*LEVELS, *"a abbr caption code dt figcaption kbd pre samp".split()))
_CLOSED_CLASSES = frozenset(("box-title", "attribution", "speaker", NOTEREF))


def link_text(chapter_id: str, goals: Mapping[str, str], finds: bool, text: Text) -> Text:
    """A copy of a text with its marked terms linked, and, where wanted, first uses of others.

    ``goals`` holds the id of each form of a term, its first letter small. The first link to a
    term has an id itself, for a link back.
    """
    body = deepcopy(text.body)
    notes = tuple(changed(note, body=deepcopy(note.body)) for note in text.notes)
    trees = (body, *(note.body for note in notes))
    marked = {goal for tree in trees for goal in _link_marked(tree, goals)}
    waiting = {form: goal for form, goal in goals.items() if goal not in marked}
    if finds and waiting:
        _Uses(waiting).link(body)
    named: set[str] = set()
    for link in [link for tree in trees for link in with_class(tree, GLOSSREF)]:
        name = f"{chapter_id}.use-{link.get('href', '').partition('.')[2]}"
        if name not in named:
            link.set("id", name)
            named.add(name)
    return changed(text, body=body, notes=notes)


def linked_terms(trees: Iterable[Element]) -> tuple[tuple[str, str], ...]:
    """The ids of the terms that trees lead to, each with the id of the first link to it."""
    links = (link for tree in trees for link in with_class(tree, GLOSSREF))
    return tuple((link.get("href", "")[1:], name) for link in links if (name := link.get("id", "")))


def sort_terms(collation: Collation, text: Text) -> Text:
    """A copy of a glossary with each of its lists in the order of its terms."""
    body = deepcopy(text.body)
    for entries in body.iter("dl"):
        groups: list[list[Element]] = []
        for child in entries:
            begins = child.tag == "dt" and not (groups and groups[-1][-1].tag == "dt")
            if begins or not groups:
                groups.append([])
            groups[-1].append(child)
        groups.sort(key=lambda group: collation.key(text_of(group[0])))
        entries[:] = [child for group in groups for child in group]
    return changed(text, body=body)


def _link_marked(tree: Element, goals: Mapping[str, str]) -> Iterator[str]:
    owners = parents(tree)
    for element in [each for each in tree.iter() if TERM in each.attrib]:
        goal = goals.get(folded(element.attrib.pop(TERM)))
        if goal is None or element.tag == "a" or not _is_open(element, owners):
            continue
        link = new("a", class_=GLOSSREF, href=f"#{goal}")
        move_content(element, link)
        element.append(link)
        yield goal


def _is_open(element: Element, owners: Mapping[Element, Element]) -> bool:
    """Whether there is no link around an element or in it."""
    if next(element.iter("a"), None) is not None:
        return False
    above = owners.get(element)
    while above is not None and above.tag != "a":
        above = owners.get(above)
    return above is None


class _Uses:
    """Finds the first use of each term in a tree, and links it."""

    def __init__(self, goals: Mapping[str, str]) -> None:
        self._goals = dict(goals)
        self._pattern = _pattern_of(self._goals)

    def link(self, element: Element) -> None:
        """Link what is in an element, from its beginning to its end."""
        self._split(element, 0, element.text)
        index = 0
        while index < len(element):
            child = element[index]
            # What was linked just now needs no second look.
            if _may_have_links(child):
                self.link(child)
            index += 1 + self._split(element, index + 1, child.tail)

    def _split(self, owner: Element, index: int, text: str | None) -> int:
        """Link what a text before the child of that number has; how many links were made."""
        made = 0
        while text and self._goals and (found := self._pattern.search(text)):
            goal = self._goals[folded(" ".join(found[0].split()))]
            self._goals = {form: each for form, each in self._goals.items() if each != goal}
            self._pattern = _pattern_of(self._goals)
            before, text = text[: found.start()], text[found.end() :]
            if index + made:
                owner[index + made - 1].tail = before
            else:
                owner.text = before
            link = new("a", found[0], class_=GLOSSREF, href=f"#{goal}")
            link.tail = text
            owner.insert(index + made, link)
            made += 1
        return made


def _may_have_links(element: Element) -> bool:
    is_closed = element.tag in _CLOSED or element.tag.startswith("{")
    return not is_closed and not _CLOSED_CLASSES & {*classes(element)}


def _pattern_of(goals: Iterable[str]) -> re.Pattern[str]:
    forms = sorted(goals, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_form, forms))})(?![\w-])")


def _form(form: str) -> str:
    """A form as it may stand in the text, its first letter large or small."""
    words = r"\s+".join(map(re.escape, form[1:].split(" ")))
    first = form[:1]
    if form != form.lower():
        return re.escape(first) + words
    return f"[{re.escape(first.upper())}{re.escape(first)}]{words}"
