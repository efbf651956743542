"""Footnotes: each at the end of the section that refers to it, and linked both ways."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import classes, copy_of, move_content, new, parents, with_class
from builder.render.epub.sections import LEVEL_2
from builder.words import Words

# A sign with the number of a note behind it, on one line.
HELD = "held"


def place_notes(chapter: Element, notes: Iterable[Note], words: Words) -> None:
    """Put the notes into the chapter's opening and its second-level sections.

    A note stands where its first reference is; a note to a note stands behind it.
    """
    waiting = {note.anchor: note for note in notes}
    sections = [child for child in chapter if LEVEL_2 in classes(child)]
    opening = [child for child in chapter if LEVEL_2 not in classes(child)]
    if found := _notes_of(opening, waiting, words):
        chapter.insert(len(opening), _block(found))
    for section in sections:
        if found := _notes_of([section], waiting, words):
            section.append(_block(found))
    _hold_numbers(chapter)


def _notes_of(elements: Iterable[Element], waiting: dict[str, Note], words: Words) -> list[Element]:
    """The notes that elements are the first to refer to, which no longer wait then."""
    found = []
    for link in (link for element in elements for link in with_class(element, NOTEREF)):
        anchor = link.get("href", "")[1:]
        link.set("epub:type", "noteref")
        link.set("role", "doc-noteref")
        if note := waiting.pop(anchor, None):
            made = _footnote(note, link.get("id", ""), words)
            found += [made, *_notes_of([made], waiting, words)]
    return found


def _hold_numbers(chapter: Element) -> None:
    """Keep the number of a note on the line of the sign that it stands behind.

    A line may end between a question mark and a digit.
    """
    owners = parents(chapter)
    for link in with_class(chapter, NOTEREF):
        owner = owners[link]
        at = list(owner).index(link)
        before = (owner[at - 1].tail if at else owner.text) or ""
        if before[-1:].isalnum() or not before.strip() or before[-1:].isspace():
            continue
        held = new("span", before[-1], class_=HELD)
        held.tail, link.tail = link.tail, None
        owner[at] = held
        held.append(link)
        if at:
            owner[at - 1].tail = before[:-1]
        else:
            owner.text = before[:-1]


def _block(notes: list[Element]) -> Element:
    block = new("div", "\n", class_="footnotes")
    block.extend(notes)
    block.tail = "\n"
    return block


def _footnote(note: Note, back: str, words: Words) -> Element:
    footnote = new("aside", id=note.anchor, class_="footnote", role="doc-footnote")
    footnote.set("epub:type", "footnote")
    footnote.tail = "\n"
    move_content(copy_of(note.body), footnote)
    first = next(iter(footnote), None)
    if first is None or first.tag != "p":
        first = new("p")
        footnote.insert(0, first)
    link = new("a", str(note.number), class_="note-number", href=f"#{back}", role="doc-backlink")
    said = f"{words.footnote} {note.number}. {words.back_to_text}"
    link.attrib |= {"aria-label": said, **words.lang}
    link.tail = f"\xa0{(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, link)
    return footnote
