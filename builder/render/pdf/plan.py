"""The book -> its gatherings, in order: what each one holds, and how its pages are numbered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version

from builder import __version__
from builder.book import Book, Numbered
from builder.cache import key
from builder.render.colophon import has_colophon, series_line
from builder.render.html import fill
from builder.render.pdf.chapter_html import (
    Finish,
    Pages,
    chapter_html,
    common_values,
    printed_notes,
)
from builder.render.pdf.contents import (
    contents_html,
    contents_lines,
    list_html,
    lists_of,
    short_contents_html,
)
from builder.render.pdf.endings import held_subtitle, held_title
from builder.render.pdf.endnotes import (
    ENDNOTES,
    chapters_with_notes,
    endnotes_html,
)
from builder.render.pdf.own_checklist import printed_pages
from builder.render.pdf.xmp import Description
from builder.versions import engine_versions
from builder.words import Words


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
        groups = [(each, printed_notes(each, pages, words, with_pages)) for each in chapters]
        return endnotes_html(common_values(book), words.notes, groups)

    none: frozenset[str] = frozenset()
    yield Run(ENDNOTES, "main", side, none, measured if with_pages else none, html)


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
        lambda pages: chapter_html(book, numbered, words, matter, is_in_part, finish, pages),
    )


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
