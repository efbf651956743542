"""The book -> its gatherings, in order: what each one holds, and how its pages are numbered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from xml.etree.ElementTree import Element

from builder import __version__
from builder.book import Book, Numbered
from builder.cache import key
from builder.config.languages import direction_of
from builder.parse.tree import parents, remove
from builder.render.colophon import has_colophon, series_line
from builder.render.html import fill
from builder.render.leader import frame_leaders_sections, label_leaders_notes
from builder.render.pdf.addresses import add_link_notes
from builder.render.pdf.contents import (
    contents_html,
    contents_lines,
    list_html,
    lists_of,
    short_contents_html,
)
from builder.render.pdf.endings import held_subtitle, held_title, hold_last_words
from builder.render.pdf.endnotes import (
    ENDNOTES,
    PrintedNote,
    chapters_with_notes,
    endnotes_html,
    notes_in_order,
)
from builder.render.pdf.index import index_tree
from builder.render.pdf.initials import mark_initial
from builder.render.pdf.margins import float_margin_notes
from builder.render.pdf.own_checklist import printed_pages, take_own_checklist
from builder.render.pdf.places import PLACE, mark_places
from builder.render.pdf.print_tree import print_tree
from builder.render.pdf.xmp import Description
from builder.versions import engine_versions
from builder.words import Words

# Folio by anchor, as far as the pages are known.
Pages = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One gathering to be: its id, the numbering it belongs to, and its HTML for known pages.

    ``matter`` is ``front`` (roman folios), ``main`` (arabic) or ``bare`` (counted as front
    matter, none printed); ``starts`` is the side it opens on: ``right``, ``any``, or
    ``same`` where all pages are alike;
    ``prints`` names the anchors whose pages stand in the HTML, ``measures`` those for which
    only the number of their digits does. ``depends`` names all else that the HTML depends on;
    where it is empty, the HTML is made each time.
    """

    id: str
    matter: str
    starts: str
    prints: frozenset[str]
    measures: frozenset[str]
    html: Callable[[Pages], str]
    depends: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """What is added to the text: ``facts`` for colophon or copyright page, drop caps."""

    facts: tuple[str, ...] = ()
    has_initials: bool = False


def plan_book(book: Book, words: Words, finish: Finish) -> tuple[Run, ...]:
    """The runs of pages of the whole book: title pages, front matter, contents, the rest."""
    return tuple(_runs(book, words, finish))


def describe(book: Book, title: str = "") -> Description:
    """What the file says of itself, under the book's title or another."""
    config = book.config
    return Description(
        title or config.title,
        tuple(person.name for person in config.people),
        config.description,
        config.subjects,
        config.language,
        f"build-book {__version__}",
        f"build-book {__version__}, WeasyPrint {version('weasyprint')}",
        config.date,
    )


def blank_html(book: Book) -> str:
    """An empty page: the verso behind a gathering that ends on a recto."""
    return fill("print/blank.html", {**common_values(book), "matter": "blank"})


def _runs(book: Book, words: Words, finish: Finish) -> Iterator[Run]:
    side = "right" if book.config.pdf.open_on == "recto" else "any"
    none: frozenset[str] = frozenset()
    title = partial(_title_html, book, words, finish.facts)
    yield Run("title-pages", "bare", "right", none, none, title)
    chapters = list(book.chapters)
    while chapters and chapters[0].chapter.file.kind in ("dedication", "epigraph"):
        yield _chapter_run(book, chapters.pop(0), words, "right", finish=finish)
    if book.config.pdf.short_contents and book.config.pdf.contents_depth > 1:
        short = contents_lines(book, words, depth=1)
        printed = frozenset(line.anchor for line in short)
        html = partial(short_contents_html, common_values(book), words, short)
        yield Run("short-contents", "front", "right", printed, none, html)
    lines = contents_lines(book, words)
    printed = frozenset(line.anchor for line in lines)
    contents = partial(contents_html, common_values(book), words, lines)
    yield Run("contents", "front", "right", printed, none, contents)
    for lines_of in lists_of(book, words):
        printed = frozenset(line.anchor for line in lines_of.lines)
        listed = partial(list_html, common_values(book), words, lines_of)
        yield Run(lines_of.id, "front", "any", printed, none, listed)
    has_part, has_notes = False, book.config.pdf.notes != "book"
    shared = key("printed text", engine_versions(), *map(repr, (book.config, words, finish)))
    for numbered in chapters:
        role = numbered.chapter.file.role
        if role == "back" and not has_notes:
            yield from _endnotes_run(book, words, side)
            has_notes = True
        is_in_part = has_part and role == "chapter"
        run = _chapter_run(
            book, numbered, words, "right" if role == "part" else side, is_in_part, finish=finish
        )
        # An index is made of the marks in all chapters.
        is_own = numbered.chapter.file.kind != "index"
        yield replace(run, depends=_depends(run, numbered, shared, is_in_part) if is_own else "")
        has_part = has_part or role == "part"
    if not has_notes:
        yield from _endnotes_run(book, words, side)


def _depends(run: Run, numbered: Numbered, shared: str, is_in_part: bool) -> str:
    own = (run.matter, numbered.label, numbered.number, is_in_part)
    return key(shared, numbered.chapter.key, repr(own))


def _endnotes_run(book: Book, words: Words, side: str) -> Iterator[Run]:
    """The notes of the whole book, where there are any."""
    chapters = chapters_with_notes(book)
    if not chapters:
        return
    with_pages = book.config.pdf.reference_pages
    measured = frozenset[str]().union(*(each.chapter.targets for each in chapters))

    def html(pages: Pages) -> str:
        groups = [(each, _printed_notes(each, pages, words, with_pages)) for each in chapters]
        return endnotes_html(common_values(book), words.notes, groups)

    none: frozenset[str] = frozenset()
    yield Run(ENDNOTES, "main", side, none, measured if with_pages else none, html)


def _printed_notes(
    numbered: Numbered, pages: Pages, words: Words, with_pages: bool
) -> tuple[PrintedNote, ...]:
    chapter = numbered.chapter
    return tuple(
        replace(note, body=print_tree(note.body, None, pages, words, with_pages))
        for note in notes_in_order([chapter.body], label_leaders_notes(chapter.notes, words))
    )


def _chapter_run(
    book: Book,
    numbered: Numbered,
    words: Words,
    side: str,
    is_in_part: bool = False,
    *,
    finish: Finish,
) -> Run:
    kind, role = numbered.chapter.file.kind, numbered.chapter.file.role
    matter = "main" if role != "front" else "front"
    if kind in ("dedication", "epigraph"):
        matter = "bare"
    return Run(
        numbered.id,
        matter,
        side,
        book.index.anchors if kind == "index" else frozenset(),
        printed_pages(book, numbered),
        lambda pages: _chapter_html(book, numbered, words, matter, is_in_part, finish, pages),
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


def _title_html(book: Book, words: Words, facts: tuple[str, ...], _: Pages) -> str:
    values = {
        **common_values(book),
        "matter": "bare",
        "words": words,
        "held_title": held_title(book.config.title),
        "held_subtitle": held_subtitle(book.config.subtitle),
        "half_title": book.config.pdf.half_title,
        "series": series_line(book, words),
        "colophon": () if has_colophon(book) else facts,
    }
    return fill("print/title.html", values)


def _chapter_html(
    book: Book,
    numbered: Numbered,
    words: Words,
    matter: str,
    is_in_part: bool,
    finish: Finish,
    pages: Pages,
) -> str:
    chapter, pdf = numbered.chapter, book.config.pdf
    front = chapter.file.front_matter
    at_foot = chapter.notes if pdf.notes == "foot" else None
    body = print_tree(chapter.body, at_foot, pages, words, pdf.reference_pages)
    if pdf.link_notes:
        add_link_notes(body)
    mark_places(body, chapter)
    if chapter.file.kind == "index":
        body.append(index_tree(book.index, pages, words))
    notes = _printed_notes(numbered, pages, words, pdf.reference_pages)
    hold_last_words(body)
    is_titled = chapter.file.kind not in ("dedication", "epigraph")
    heading = _take_title(body)
    is_read = is_titled and chapter.file.role != "part" and chapter.file.kind != "index"
    if finish.has_initials and is_read:
        mark_initial(body)
    if not pdf.wide_margin:
        float_margin_notes(body)
    own_checklist = take_own_checklist(book, numbered, body, pages, words)
    frame_leaders_sections(body)
    values = {
        **common_values(book),
        "matter": matter,
        "role": chapter.file.role,
        "kind": chapter.file.kind,
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
        "facts": finish.facts if chapter.file.kind == "colophon" else (),
        "notes": notes if pdf.notes == "chapter" else (),
        "notes_title": words.notes,
    }
    return fill("print/chapter.html", values)


def _take_title(body: Element) -> Element | None:
    title = next(body.iter("h1"), None)
    if title is not None:
        remove(parents(body)[title], title)
    return title
