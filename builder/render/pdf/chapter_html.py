"""A chapter, numbered -> the HTML that the engine lays out, for known pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from builder import __version__
from builder.book import Book, Numbered
from builder.config.languages import direction_of
from builder.parse.tree import parents, remove
from builder.render.html import fill
from builder.render.leader import frame_leaders_sections, label_leaders_notes
from builder.render.pdf.addresses import add_link_notes
from builder.render.pdf.endings import hold_last_words
from builder.render.pdf.endnotes import PrintedNote, notes_in_order
from builder.render.pdf.index import index_tree
from builder.render.pdf.initials import mark_initial
from builder.render.pdf.margins import float_margin_notes
from builder.render.pdf.own_checklist import take_own_checklist
from builder.render.pdf.places import PLACE, mark_places
from builder.render.pdf.print_tree import print_tree
from builder.words import Words

# Folio by anchor, as far as the pages are known.
Pages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finish:
    """What is added to the text: ``facts`` for colophon or copyright page, drop caps."""

    facts: tuple[str, ...] = ()
    has_initials: bool = False


def chapter_html(
    book: Book,
    numbered: Numbered,
    words: Words,
    matter: str,
    is_in_part: bool,
    finish: Finish,
    pages: Pages,
) -> str:
    """The HTML of a chapter, with its notes where they do not stand elsewhere."""
    chapter, pdf = numbered.chapter, book.config.pdf
    front, kind = chapter.file.front_matter, chapter.file.kind
    body = _text(book, numbered, words, pages)
    heading = _take_title(body)
    is_titled = kind not in ("dedication", "epigraph")
    if finish.has_initials and is_titled and chapter.file.role != "part" and kind != "index":
        mark_initial(body)
    if not pdf.wide_margin:
        float_margin_notes(body)
    own_checklist = take_own_checklist(book, numbered, body, pages, words)
    frame_leaders_sections(body)
    has_notes = pdf.notes == "chapter"
    values = {
        **common_values(book),
        "matter": matter,
        "role": chapter.file.role,
        "kind": kind,
        "id": numbered.id,
        "caption": numbered.caption,
        "caption_lang": numbered.lang,
        "caption_and_title": numbered.full_title,
        "running_head": front.running_head or chapter.title,
        "bookmark": f"{numbered.number} {chapter.title}".strip(),
        "heading": heading,
        "heading_place": heading.get(PLACE, "") if heading is not None else "",
        "shown_title": chapter.title if is_titled else "",
        "body": body,
        **own_checklist,
        "chapter_language": front.language,
        "is_in_part": is_in_part,
        "facts": finish.facts if kind == "colophon" else (),
        "notes": printed_notes(numbered, pages, words, pdf.reference_pages) if has_notes else (),
        "notes_title": words.notes,
    }
    return fill("print/chapter.html", values)


def printed_notes(
    numbered: Numbered, pages: Pages, words: Words, with_pages: bool
) -> tuple[PrintedNote, ...]:
    """The notes of a chapter as they are printed apart from its text, in order."""
    chapter = numbered.chapter
    return tuple(
        replace(note, body=print_tree(note.body, None, pages, words, with_pages))
        for note in notes_in_order([chapter.body], label_leaders_notes(chapter.notes, words))
    )


def common_values(book: Book) -> dict[str, object]:
    """What every printed template takes: the book's own data."""
    config = book.config
    return {
        "language": config.language,
        "direction": direction_of(config.language),
        "title": config.title,
        "subtitle": config.subtitle,
        "authors": [person.name for person in config.people],
        "byline": config.byline,
        "publisher": config.publisher,
        "rights": config.rights,
        "description": config.description,
        "subjects": config.subjects,
        "date": config.date,
        "isbn": config.print_isbn,
        "version": __version__,
    }


def _text(book: Book, numbered: Numbered, words: Words, pages: Pages) -> Element:
    """The text of a chapter as it is printed, its title in it."""
    chapter, pdf = numbered.chapter, book.config.pdf
    at_foot = chapter.notes if pdf.notes == "foot" else None
    body = print_tree(chapter.body, at_foot, pages, words, pdf.reference_pages)
    if pdf.link_notes:
        add_link_notes(body)
    mark_places(body, chapter)
    if chapter.file.kind == "index":
        body.append(index_tree(book.index, pages, words))
    hold_last_words(body)
    return body


def _take_title(body: Element) -> Element | None:
    title = next(body.iter("h1"), None)
    if title is not None:
        remove(parents(body)[title], title)
    return title
