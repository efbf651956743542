"""What is for the leader alone: blocks, sections, items and words with the class ``leader``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.diagnostics import Diagnostic
from builder.parse.captions import UNNUMBERED
from builder.parse.leftovers import find_in_prose
from builder.parse.positions import place_of
from builder.parse.prose import Prose
from builder.parse.tree import (
    LEVELS,
    add_class,
    classes,
    copy_of,
    parents,
    remove,
    text_of,
    walk,
    with_class,
)
from builder.source import Source, Span

LEADER = "leader"
# What is nothing but one thing for the leader is for the leader.
_FILLED = frozenset("blockquote dd dt h2 h3 h4 h5 h6 li p".split())
# An abbreviation that is explained in a block for the leader.
LEADER_TERM = "leader-term"
_OPENING = re.compile(
    r"^[> \t]*(?P<slashes>/{3,})[ \t]*(?P<name>[\w-]+)(?P<rest>[^\n]*(?:\n {4,}[^\n]+)*)",
    re.MULTILINE,
)
_MARKED = re.compile(r"\.leader\b|class:[^\n]*\bleader\b")
_MARK = re.compile(r"\{[^{}\n]*\.leader\b[^{}\n]*\}")
_TERM = re.compile(r"^[> \t]*\*\[([^\]\n]+)\]:[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def check_leader(body: Element, source: Source) -> Iterator[Diagnostic]:
    """A title for the leader: that is a matter of the whole chapter."""
    for title in walk(body, "h1"):
        if LEADER in classes(title):
            yield Diagnostic(
                "leader-title",
                "the title of a chapter cannot be for the leader alone",
                place_of(title, source),
                "for a whole chapter, write in its front matter: edition: leader",
            )
            title.set("class", " ".join(name for name in classes(title) if name != LEADER))


def check_leader_marks(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Marks that stand where they mean nothing: what they are meant for would reach readers."""
    for offset, mark in find_in_prose(body, _MARK, prose):
        yield Diagnostic(
            "stray-leader-mark",
            f'"{mark[0]}" marks nothing here',
            prose.source.place(offset, len(mark[0])),
            "write it at the end of a paragraph, an item, a heading, or right behind *words*",
        )


def shape_leader(body: Element) -> None:
    """Put the class on all that it is meant for: item, figure, term with its meanings.

    Figures and tables for the leader are not numbered.
    """
    owners = parents(body)
    for element in with_class(body, LEADER):
        owner = owners[element]
        while _stands_for(element, owner):
            _move(element, owner)
            element, owner = owner, owners[owner]
        if element.tag == "dt":
            for meaning in _meanings(element, owner):
                add_class(meaning, LEADER)
    # Both editions number the others alike.
    for captioned in [one for whole in wholes(body) for one in walk(whole, "figure", "table")]:
        add_class(captioned, UNNUMBERED)


def mark_terms(body: Element, prose: Prose) -> None:
    """Mark the abbreviations that are explained in a block for the leader."""
    spans = tuple(leader_spans(prose))
    found = [(term.start(), term[1], term[2]) for term in _TERM.finditer(prose.plain)]
    terms = {(name, title) for at, name, title in found if _is_in(at, spans)}
    for term in walk(body, "abbr") if terms else ():
        if (term.text, term.get("title")) in terms:
            add_class(term, LEADER_TERM)


def mark_notes(notes: Iterable[Note], prose: Prose) -> tuple[Note, ...]:
    """The notes, each told whether its text stands in a block for the leader."""
    spans = tuple(leader_spans(prose))
    return tuple(
        replace(note, is_leaders=_is_in(prose.source.offset_of_line(note.place.line), spans))
        for note in notes
    )


def wholes(body: Element) -> Iterator[Element]:
    """Everything that is for the leader; of a heading, all that it heads."""
    owners = parents(body)
    for element in with_class(body, LEADER):
        yield from section_of(element, owners[element])


def section_of(element: Element, owner: Element) -> list[Element]:
    """An element; of a heading, all up to the next of its level or above."""
    if element.tag not in LEVELS:
        return [element]
    siblings = list(owner)
    start = siblings.index(element)
    end = next(
        (
            index
            for index in range(start + 1, len(siblings))
            if siblings[index].tag in LEVELS and siblings[index].tag <= element.tag
        ),
        len(siblings),
    )
    return siblings[start:end]


def words_for_all(element: Element) -> str:
    """The words of an element that are in every edition; all, where there are no others.

    Ids are made of these, so that they are the same in every edition and tell nothing.
    """
    common = copy_of(element)
    owners = parents(common)
    for own in with_class(common, LEADER):
        if own in owners:
            remove(owners[own], own)
    return text_of(common) or text_of(element)


def leader_spans(prose: Prose) -> Iterator[Span]:
    """Where the blocks for the leader that are written with slashes stand in the source."""
    for opening in _OPENING.finditer(prose.plain):
        if opening["name"] == LEADER or _MARKED.search(opening["rest"]):
            closing = re.compile(rf"^[> \t]*{opening['slashes']}[ \t]*$", re.MULTILINE)
            end = closing.search(prose.plain, opening.end())
            yield opening.start(), end.start() if end else len(prose.plain)


def _stands_for(element: Element, owner: Element) -> bool:
    """Whether what is said of an element is meant for what it stands in."""
    # The items of Markdown's list of notes are taken apart later.
    if (owner.text or "").strip() or owner.get("id", "").startswith("fn:"):
        return False
    content = [child for child in owner if child.tag != "input"]
    if element.tag == "p" and owner.tag == "li":
        return content[0] is element
    if element.tag == "img" and owner.tag == "figure":
        return True
    is_all = content == [element] and not any((each.tail or "").strip() for each in owner)
    return is_all and owner.tag in _FILLED


def _move(element: Element, owner: Element) -> None:
    names = [name for name in classes(element) if name != LEADER]
    element.attrib.pop("class")
    if names:
        element.set("class", " ".join(names))
    add_class(owner, LEADER)


def _meanings(term: Element, owner: Element) -> Iterator[Element]:
    """What a term means, where no other term means it too."""
    siblings = list(owner)
    index = siblings.index(term)
    if index and siblings[index - 1].tag == "dt":
        return
    for meaning in siblings[index + 1 :]:
        if meaning.tag != "dd":
            return
        yield meaning


def _is_in(offset: int, spans: Iterable[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)
