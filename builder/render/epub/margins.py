"""Notes from the margin: in an e-book, which has none, each stands behind its paragraph."""

from xml.etree.ElementTree import Element

from builder.parse.tree import BLOCKS, move_content, new, parents, remove, with_class

MARGIN = "margin"


def place_margin_notes(tree: Element) -> None:
    """Take notes out of their lines; those that are blocks stand well."""
    owners = parents(tree)
    for note in [each for each in with_class(tree, MARGIN) if each.tag == "span"]:
        block = owners[note]
        while block.tag not in BLOCKS and block in owners:
            block = owners[block]
        aside, paragraph = new("aside", class_=MARGIN, role="note"), new("p")
        move_content(note, paragraph)
        aside.append(paragraph)
        remove(owners[note], note)
        if block.tag in ("p", "h2", "h3", "h4", "h5", "h6"):
            holder = owners[block]
            at = list(holder).index(block) + 1
            while at < len(holder) and MARGIN in (holder[at].get("class") or ""):
                at += 1
            aside.tail = "\n"
            holder.insert(at, aside)
        else:
            block.append(aside)
