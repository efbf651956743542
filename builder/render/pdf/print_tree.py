"""A chapter's tree as it is printed: notes in place, pages behind references, boxes to tick."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from itertools import zip_longest
from urllib.parse import quote
from xml.etree.ElementTree import Element

from builder.book import Note
from builder.parse.checklists import BOX
from builder.parse.footnotes import NOTEREF
from builder.parse.tree import (
    BLOCKS,
    add_class,
    classes,
    copy_of,
    is_phrasing,
    move_content,
    new,
    parents,
    replace,
    text_of,
    walk,
    with_class,
)
from builder.resolve.references import REFERENCE
from builder.words import Words

# A stand-in of about the right width until the page is known.
UNKNOWN_PAGE = "00"
# The page of a reference is a slot as wide as its digits: the layout does not depend on the
# number, which binding writes from the glyphs of all digits.
SLOT, SLOT_SCHEME, SLOT_TEXT = "folio", "urn:x-book-folio:", "0123456789"
SLOT_CSS = (
    f"a.{SLOT} {{ display: inline-block; white-space: nowrap; text-align: left; text-indent: 0;"
    " hyphens: none; letter-spacing: 0; font-kerning: none; font-variant-ligatures: none;"
    " font-variant-numeric: oldstyle-nums tabular-nums; text-decoration: none }"
)
_NO_PAGES_IN = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"))


def print_tree(
    body: Element, notes: Iterable[Note], pages: Mapping[str, str], words: Words, with_pages: bool
) -> Element:
    """A copy of the tree for paper; ``pages`` holds the folio of each anchor as far as known."""
    made = deepcopy(body)
    _place_notes(made, {note.anchor: note for note in notes})
    _address_images(made)
    if with_pages:
        _add_pages(made, pages, words)
    for box in with_class(made, BOX):
        box.set("class", "box-square")
    return made


def _address_images(tree: Element) -> None:
    for image in walk(tree, "img"):
        image.set("src", f"book:/{quote(image.get('src', ''))}")


def _place_notes(tree: Element, notes: Mapping[str, Note]) -> None:
    """Put each note behind its first reference; later references only name its number.

    A note that another one refers to stands behind that, and is called from within it.
    """
    owners = parents(tree)
    placed: set[str] = set()
    for link in with_class(tree, NOTEREF):
        if link.get("href", "")[1:] in placed:
            replace(owners[link], link, _again(link))
            continue
        made = list(_footnotes(link, notes, placed))
        if not all(is_phrasing(footnote) for footnote in made):
            _open_paragraph(link, owners)
        replace(owners[link], link, *made)


def _footnotes(link: Element, notes: Mapping[str, Note], placed: set[str]) -> Iterator[Element]:
    """The note that a link is the first to name, and those that it is the first to name."""
    anchor = link.get("href", "")[1:]
    placed.add(anchor)
    footnote = new("span", class_="footnote", id=anchor)
    _fill_note(footnote, notes[anchor].body)
    yield footnote
    owners = parents(footnote)
    for inner in with_class(footnote, NOTEREF):
        if inner.get("href", "")[1:] not in placed:
            for each in _footnotes(inner, notes, placed):
                add_class(each, "of-note")
                yield each
        replace(owners[inner], inner, _again(inner))


def _again(link: Element) -> Element:
    again = new("sup", class_="note-again")
    inner = copy_of(link)
    inner.attrib = {"href": link.get("href", "")}
    again.append(inner)
    return again


def _fill_note(footnote: Element, body: Element) -> None:
    blocks = _without_spaces(copy_of(body))
    paragraphs = [child for child in blocks if child.tag == "p"]
    if len(blocks) == 1 and paragraphs:
        move_content(paragraphs[0], footnote)
        return
    for paragraph in paragraphs:
        paragraph.tag = "span"
        add_class(paragraph, "note-paragraph")
    move_content(blocks, footnote)


def _without_spaces(blocks: Element) -> Element:
    """No white space around blocks: the engine gives it lines of its own in a note."""
    for element in blocks.iter():
        if len(element) and element[0].tag in BLOCKS and not (element.text or "").strip():
            element.text = None
        for child, following in zip_longest(element, element[1:]):
            is_beside = child.tag in BLOCKS or (following is not None and following.tag in BLOCKS)
            if is_beside and not (child.tail or "").strip():
                child.tail = None
    return blocks


def _open_paragraph(link: Element, owners: Mapping[Element, Element]) -> None:
    """A paragraph cannot hold blocks: one whose note has some becomes a ``div``."""
    above: Element | None = owners.get(link)
    while above is not None and (above.tag not in BLOCKS or above.tag == "p"):
        if above.tag == "p":
            above.tag = "div"
            add_class(above, "paragraph")
        above = owners.get(above)


def _add_pages(tree: Element, pages: Mapping[str, str], words: Words) -> None:
    owners = parents(tree)
    for link in with_class(tree, REFERENCE):
        if _is_inside(link, owners, _NO_PAGES_IN):
            continue
        anchor = link.get("href", "")[1:]
        mark = _page_mark(anchor, pages.get(anchor, UNKNOWN_PAGE), words)
        if _open_brackets(link, owners) > 0:
            mark.text = f", {mark.text or ''}"
        else:
            mark.text = f" ({mark.text or ''}"
            mark[-1].tail = f"{mark[-1].tail or ''})"
        mark.tail, link.tail = link.tail, None
        parent = owners[link]
        parent.insert(list(parent).index(link) + 1, mark)


def _page_mark(anchor: str, page: str, words: Words) -> Element:
    """The words "page 47", linked; an arabic number is a slot, a roman one stands as it is."""
    before, _, after = words.page.partition("{page}")
    mark = new("span", before, class_="ref-page")
    if page.isdecimal():
        style = f"width: {len(page)}ch"
        number = new("a", SLOT_TEXT, class_=SLOT, href=f"{SLOT_SCHEME}{anchor}", style=style)
    else:
        number = new("a", page, href=f"#{anchor}")
    number.tail = after
    mark.append(number)
    return mark


def _is_inside(element: Element, owners: Mapping[Element, Element], names: frozenset[str]) -> bool:
    above = owners.get(element)
    while above is not None:
        if above.tag in names:
            return True
        above = owners.get(above)
    return False


def _open_brackets(link: Element, owners: Mapping[Element, Element]) -> int:
    """How many round brackets are open in the text before a link, within its block."""
    parent = owners[link]
    text = parent.text or ""
    for child in parent:
        if child is link:
            break
        text += text_of(child) + (child.tail or "")
    return text.count("(") - text.count(")")


def take_checklist(body: Element, heading_anchor: str) -> list[Element]:
    """Take out a heading and all up to the next one of its level or above, and return it."""
    parent = next(
        (each for each in body.iter() if any(child.get("id") == heading_anchor for child in each)),
        None,
    )
    if parent is None:
        return []
    children = list(parent)
    start = next(i for i, child in enumerate(children) if child.get("id") == heading_anchor)
    level = children[start].tag
    end = next(
        (
            index
            for index in range(start + 1, len(children))
            if children[index].tag in ("h1", "h2", "h3", "h4", "h5", "h6")
            and children[index].tag <= level
        ),
        len(children),
    )
    taken = children[start:end]
    for child in taken:
        parent.remove(child)
    return taken


def is_done(item: Element) -> bool:
    """Whether a task is ticked in the manuscript."""
    return "done" in classes(item)
