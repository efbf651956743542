"""Endnotes on paper: called by number in the text, and listed behind a chapter or the book."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.book import Book, Note, Numbered
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import copy_of, new, parents, replace, with_class
from builder.render.html import fill

ENDNOTES = "endnotes"


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A note in a list: its number and anchor, where it is called from, and what it says."""

    number: int
    anchor: str
    call: str
    body: Element


def call_notes(tree: Element) -> None:
    """Make each reference to a note a small number that leads to it."""
    owners = parents(tree)
    for link in with_class(tree, NOTEREF):
        call = new("sup", class_="note-call")
        inner = copy_of(link)
        inner.attrib = {key: link.get(key, "") for key in ("id", "href") if link.get(key)}
        call.append(inner)
        replace(owners[link], link, call)


def notes_in_order(trees: Iterable[Element], notes: Iterable[Note]) -> tuple[PrintedNote, ...]:
    """The notes of a chapter, each with the first place that it is called from."""
    calls: dict[str, str] = {}
    notes = tuple(notes)
    for tree in (*trees, *(note.body for note in notes)):
        for link in with_class(tree, NOTEREF):
            calls.setdefault(link.get("href", "")[1:], link.get("id", ""))
    return tuple(
        PrintedNote(note.number, note.anchor, calls.get(note.anchor, ""), note.body)
        for note in notes
    )


def chapters_with_notes(book: Book) -> tuple[Numbered, ...]:
    """The chapters that the notes of the whole book come from."""
    return tuple(each for each in book.chapters if each.chapter.notes)


def endnotes_html(
    common: Mapping[str, object],
    title: str,
    groups: Iterable[tuple[Numbered, tuple[PrintedNote, ...]]],
) -> str:
    """The notes of the whole book, chapter by chapter; ``common`` is what templates take."""
    shown = [
        {"id": numbered.id, "title": numbered.full_title, "notes": notes}
        for numbered, notes in groups
    ]
    values = {**common, "matter": "main", "heading": title, "groups": shown}
    return fill("print/endnotes.html", values)
