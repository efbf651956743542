"""Notes in the margin on paper: whole ones, each at the head of the paragraph beside it.

So a block goes with that to the next page, as what was written in a line does.
"""

from xml.etree.ElementTree import Element

from builder.parse.tree import (
    BLOCKS,
    add_class,
    move_content,
    new,
    parents,
    remove,
    with_class,
)
from builder.render.pdf.edges import MARGIN, WHOLE


def hang_margin_notes(tree: Element) -> None:
    """Move blocks; those of more than paragraphs, or before something else, stay where they are."""
    owners = parents(tree)
    for note in with_class(tree, MARGIN):
        if note.tag == "aside":
            _hang(note, owners[note])
    for note in with_class(tree, MARGIN):
        whole = new("span" if note.tag == "span" else "div", class_=WHOLE)
        move_content(note, whole)
        note.append(whole)


def float_margin_notes(tree: Element) -> None:
    """Where margins are narrow: each note at the head of its paragraph, which runs around it.

    From the middle of a line, it would be set over what that line holds already.
    """
    owners = parents(tree)
    for note in reversed([each for each in with_class(tree, MARGIN) if each.tag == "span"]):
        block = owners[note]
        while block.tag not in BLOCKS and block in owners:
            block = owners[block]
        remove(owners[note], note)
        note.tail, block.text = block.text, None
        block.insert(0, note)
        # A part of the first line, or WeasyPrint 70 would leave it behind at the foot of a page.
        block.insert(0, new("span"))


def _hang(note: Element, owner: Element) -> None:
    at = list(owner).index(note)
    following = owner[at + 1] if at + 1 < len(owner) else None
    if following is None or following.tag != "p" or any(each.tag != "p" for each in note):
        return
    hung = new("span", class_=note.get("class", ""))
    if name := note.get("id"):
        hung.set("id", name)
    for paragraph in note:
        part = new("span", class_=paragraph.get("class", ""))
        move_content(paragraph, part)
        add_class(part, "note-paragraph")
        hung.append(part)
    remove(owner, note)
    hung.tail, following.text = following.text, None
    following.insert(0, hung)
