"""Footnotes: taken out of the rendered page, numbered, and checked both ways."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace as changed
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.diagnostics import Diagnostic, Severity
from builder.parse.headings import unique
from builder.parse.leftovers import find_in_prose
from builder.parse.prose import Prose
from builder.parse.tree import (
    AT,
    move_content,
    new,
    offset_of,
    parents,
    remove,
    replace,
    walk,
    with_class,
)
from builder.slugs import slug
from builder.source import Source

NOTEREF = "noteref"
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")

# Label and offset of each footnote's text, as written.
Definitions = Sequence[tuple[str, int]]


def take_notes(
    body: Element, source: Source, chapter_id: str, definitions: Definitions
) -> tuple[Note, ...]:
    """Remove the list of notes; leave ``<a class="noteref">`` where each is referred to.

    The notes come in the order of their definitions, not numbered yet.
    """
    places = {label: source.place(at, len(label) + 4) for label, at in reversed(definitions)}
    owners = parents(body)
    taken = {f"{chapter_id}.{element.get('id')}" for element in body.iter() if element.get("id")}
    bodies: dict[str, Element] = {}
    for block in [each for each in with_class(body, "footnote") if each.tag == "div"]:
        for item in walk(block, "li"):
            if (name := item.get("id", "")).startswith("fn:"):
                bodies[name.removeprefix("fn:")] = _note_body(item)
        remove(owners[block], block)
    notes = tuple(
        Note(
            0,
            label,
            unique(f"{chapter_id}.note-{slug(label) or 'x'}", taken),
            made,
            places.get(label, source.place(offset_of(made))),
        )
        for label, made in bodies.items()
    )
    anchors = {note.label: note.anchor for note in notes}
    for tree in (body, *(note.body for note in notes)):
        _mark_references(tree, anchors)
    return notes


def number_notes(body: Element, notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes that are referred to, numbered by first reference; marks are written to ``body``.

    A note that is first referred to in another comes behind that. The notes' own trees are
    copies.
    """
    by_link = {f"#{note.anchor}": note for note in notes}
    numbered: dict[str, Note] = {}
    _number_in(body, by_link, numbered)
    return tuple(numbered.values())


def _number_in(tree: Element, by_link: dict[str, Note], numbered: dict[str, Note]) -> None:
    for link in with_class(tree, NOTEREF):
        target = link.get("href", "")
        if target not in numbered:
            note = by_link[target]
            number, made = len(numbered) + 1, deepcopy(note.body)
            numbered[target] = changed(note, number=number, body=made)
            link.set("id", note.anchor.replace(".note-", ".noteref-", 1))
            _number_in(made, by_link, numbered)
        link.text = str(numbered[target].number)


def check_notes(
    body: Element, prose: Prose, definitions: Definitions, notes: Sequence[Note]
) -> Iterator[Diagnostic]:
    """Notes without a text, texts without a reference, and two texts of one name."""
    source = prose.source
    yield from _repeated(source, definitions)
    used = {note.label for note in number_notes(deepcopy(body), notes)}
    for label, offset in dict(reversed(definitions)).items():
        if label not in used:
            yield Diagnostic(
                "unused-footnote",
                f'nothing refers to the footnote "{label}"',
                source.place(offset, len(label) + 4),
                f"write [^{label}] where it belongs, or delete it",
                Severity.WARNING,
            )
    for tree in (body, *(note.body for note in notes)):
        yield from _undefined(tree, prose)


def _repeated(source: Source, definitions: Definitions) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for label, offset in definitions:
        if label in seen:
            yield Diagnostic(
                "duplicate-footnote",
                f'a second text for the footnote "{label}"',
                source.place(offset, len(label) + 4),
                "give it a name of its own",
            )
        seen.add(label)


def _undefined(tree: Element, prose: Prose) -> Iterator[Diagnostic]:
    for offset, found in find_in_prose(tree, _REFERENCE, prose):
        yield Diagnostic(
            "undefined-footnote",
            f'the footnote "{found[1]}" has no text',
            prose.source.place(offset, len(found[0])),
            f"add a line: [^{found[1]}]: The text of the note.",
        )


def _mark_references(tree: Element, anchors: dict[str, str]) -> None:
    owners = parents(tree)
    for link in with_class(tree, "footnote-ref"):
        label = link.get("href", "").removeprefix("#fn:")
        mark = new("a", class_=NOTEREF, href=f"#{anchors[label]}")
        mark.set(AT, link.get(AT, "0"))
        sup = owners[link]
        replace(owners[sup], sup, mark)


def _note_body(item: Element) -> Element:
    """The content of a note, without the paragraph that Markdown adds for a link back."""
    made = new("div", class_="note-body")
    made.set(AT, item.get(AT, "0"))
    move_content(item, made)
    for child in list(made):
        if child.tag == "p" and not len(child) and not (child.text or "").strip():
            made.remove(child)
    return made
