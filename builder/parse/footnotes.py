"""Footnotes: taken out of the rendered page, numbered, and checked both ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.diagnostics import Diagnostic, Severity
from builder.parse.tree import AT, move_content, new, offset_of, parents, remove, replace, walk, with_class
from builder.source import Source

NOTEREF = "noteref"
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class Definition:
    """A footnote as written: its label, its offset, and its text once it is parsed."""

    label: str
    offset: int


def definition_ids(definitions: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """Offset of each definition by the id that its list item will have."""
    return {f"fn:{label}": offset for label, offset in reversed(definitions)}


def take_notes(
    body: Element, source: Source, chapter_id: str, definitions: tuple[tuple[str, int], ...]
) -> tuple[Note, ...]:
    """Remove the list of notes; leave ``<a class="noteref">`` where each is referred to.

    Only notes that are referred to are returned, in the order of their first reference.
    """
    offsets = dict(reversed(definitions))
    bodies = {}
    owners = parents(body)
    for block in with_class(body, "footnote"):
        if block.tag == "div":
            for item in walk(block, "li"):
                if item.get("id", "").startswith("fn:"):
                    bodies[item.get("id", "")[3:]] = item
            remove(owners[block], block)
    numbers: dict[str, int] = {}
    for link in with_class(body, "footnote-ref"):
        label = link.get("href", "")[4:]
        number = numbers.setdefault(label, len(numbers) + 1)
        _mark_reference(owners, link, chapter_id, number)
    return tuple(
        Note(
            number,
            label,
            f"{chapter_id}.note-{number}",
            _note_body(bodies[label]),
            source.place(offsets.get(label, offset_of(bodies[label])), len(label) + 5),
        )
        for label, number in numbers.items()
        if label in bodies
    )


def check_notes(
    body: Element,
    source: Source,
    definitions: tuple[tuple[str, int], ...],
    notes: tuple[Note, ...],
) -> Iterator[Diagnostic]:
    """Notes without a text, texts without a reference, and two texts of one name."""
    trees = (body, *(note.body for note in notes))
    seen: dict[str, int] = {}
    for label, offset in definitions:
        if label in seen:
            yield Diagnostic(
                "duplicate-footnote",
                f'a second text for the footnote "{label}"',
                source.place(offset, len(label) + 4),
                "give it a name of its own",
            )
        seen.setdefault(label, offset)
    used = {note.label for note in notes}
    for label, offset in seen.items():
        if label not in used:
            yield Diagnostic(
                "unused-footnote",
                f'nothing refers to the footnote "{label}"',
                source.place(offset, len(label) + 4),
                f"write [^{label}] where it belongs, or delete it",
                Severity.WARNING,
            )
    for tree in trees:
        yield from _undefined(tree, source)


def _undefined(tree: Element, source: Source) -> Iterator[Diagnostic]:
    for element, text in prose(tree):
        for found in _REFERENCE.finditer(text):
            at = source.text.find(found[0], max(0, offset_of(element) - 1))
            yield Diagnostic(
                "undefined-footnote",
                f'the footnote "{found[1]}" has no text',
                source.place(at if at >= 0 else offset_of(element), len(found[0])),
                f"add a line: [^{found[1]}]: The text of the note.",
            )


def prose(tree: Element) -> Iterator[tuple[Element, str]]:
    """Every text outside code, with the nearest element that has a place."""
    stack = [(tree, tree)]
    while stack:
        element, placed = stack.pop()
        if element.tag in ("code", "pre", "kbd", "samp"):
            continue
        placed = element if element.get(AT) else placed
        if element.text:
            yield placed, element.text
        for child in element:
            if child.tail:
                yield placed, child.tail
            stack.append((child, placed))


def _mark_reference(
    owners: dict[Element, Element], link: Element, chapter_id: str, number: int
) -> None:
    sup = owners[link]
    mark = new("a", str(number), class_=NOTEREF, href=f"#{chapter_id}.note-{number}")
    mark.set(AT, link.get(AT, "0"))
    if (sup.get("id") or "").startswith("fnref:"):
        mark.set("id", f"{chapter_id}.noteref-{number}")
    replace(owners[sup], sup, mark)


def _note_body(item: Element) -> Element:
    made = new("div", class_="note-body")
    for parent in list(item.iter()):
        for link in [child for child in parent if "footnote-backref" in child.get("class", "")]:
            remove(parent, link)
        if parent.text:
            parent.text = parent.text.rstrip("\xa0") or None
        for child in parent:
            child.tail = child.tail.rstrip("\xa0") or None if child.tail else None
    move_content(item, made)
    for child in list(made):
        if child.tag == "p" and not len(child) and not (child.text or "").strip():
            made.remove(child)
    return made
