"""A chapter's checklist on a page of its own behind the chapter; the two name each other's page."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from builder.book import Book, Numbered
from builder.render.pdf.print_tree import page_mark
from builder.words import Words


def checklist_page(chapter_id: str) -> str:
    """The anchor of the page that a chapter's checklist stands on."""
    return f"{chapter_id}.checklist-page"


def printed_pages(book: Book, numbered: Numbered) -> frozenset[str]:
    """The anchors whose pages stand in a chapter: what it refers to, its checklist, itself."""
    if not book.config.pdf.reference_pages:
        return frozenset()
    own = {numbered.id, checklist_page(numbered.id)} if _heading(book, numbered) else set()
    return numbered.chapter.targets | own


def take_own_checklist(
    book: Book, numbered: Numbered, body: Element, pages: Mapping[str, str], words: Words
) -> dict[str, object]:
    """Take the checklist out of a chapter's tree, for a template that prints it behind."""
    heading, anchor = _heading(book, numbered), checklist_page(numbered.id)
    taken = _take(body, heading) if heading else []
    has_marks = bool(taken) and book.config.pdf.reference_pages
    return {
        "checklist": taken,
        "checklist_anchor": anchor,
        "to_checklist": page_mark(anchor, pages, words.checklist_on) if has_marks else None,
        "from_chapter": page_mark(numbered.id, pages, words.from_page) if has_marks else None,
    }


def _heading(book: Book, numbered: Numbered) -> str:
    """The heading of the checklist that has a page of its own; empty where there is none."""
    headings = numbered.chapter.headings if book.config.pdf.checklists else ()
    return next((each.anchor for each in headings if each.is_checklist), "")


def _take(body: Element, heading_anchor: str) -> list[Element]:
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
