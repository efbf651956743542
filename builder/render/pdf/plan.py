"""The book -> its gatherings, in order: what each one holds, and how its pages are numbered."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version

from builder import __version__
from builder.book import Book, Numbered
from builder.cache import key
from builder.render.colophon import has_colophon, series_line
from builder.render.contributors import contributor_lines
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
)
from builder.render.pdf.endings import held_subtitle, held_title
from builder.render.pdf.endnotes import (
    ENDNOTES,
    chapters_with_notes,
    endnotes_html,
)
from builder.render.pdf.long_lists import L, LayAlone, ListHtml, in_pieces
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
    where it is empty, the HTML is made each time. One that ``goes_on`` from the run before has
    no first page.
    """

    id: str
    matter: str
    starts: str
    prints: frozenset[str]
    measures: frozenset[str]
    html: Callable[[Pages], str]
    depends: str = ""
    goes_on: bool = False


def plan_book(
    book: Book, words: Words, finish: Finish, lay: LayAlone | None = None
) -> tuple[Run, ...]:
    """The runs of pages of the whole book: title pages, front matter, contents, the rest.

    ``lay`` tells how much of a long list goes on full pages; without it, all are in one piece.
    """
    return tuple(_runs(book, words, finish, lay))


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


def _runs(book: Book, words: Words, finish: Finish, lay: LayAlone | None) -> Iterator[Run]:
    side = "right" if book.config.pdf.open_on == "recto" else "any"
    none: frozenset[str] = frozenset()
    title = partial(_title_html, book, words, finish.facts)
    yield Run("title-pages", "bare", "right", none, none, title)
    chapters = list(book.chapters)
    while chapters and chapters[0].chapter.file.kind in ("dedication", "epigraph"):
        yield _chapter_run(book, chapters.pop(0), words, "right", finish=finish)
    yield from _list_runs(book, words, lay)
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


def _list_runs(book: Book, words: Words, lay: LayAlone | None) -> Iterator[Run]:
    """Contents and lists."""
    common = common_values(book)
    if book.config.pdf.short_contents and book.config.pdf.contents_depth > 1:
        short = partial(contents_html, common, "short-contents", words.short_contents)
        lines = contents_lines(book, words, depth=1)
        yield from _pieces("short-contents", "right", lines, short, lay)
    full = partial(contents_html, common, "contents", words.contents)
    yield from _pieces("contents", "right", contents_lines(book, words), full, lay)
    for listed in lists_of(book, words):
        html = partial(list_html, common, words, listed)
        yield from _pieces(listed.id, "any", listed.lines, html, lay)


def _pieces(
    id_: str, starts: str, lines: Sequence[L], html: ListHtml[L], lay: LayAlone | None
) -> Iterator[Run]:
    none: frozenset[str] = frozenset()
    pieces = in_pieces(id_, lines, html, lay) if lay else [lines]
    for number, piece in enumerate(pieces):
        name, side = (f"{id_}.{number + 1}", "any") if number else (id_, starts)
        printed = frozenset(line.anchor for line in piece)
        filled = partial(html, piece, number > 0)
        yield Run(name, "front", side, printed, none, filled, goes_on=number > 0)


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
        "contributors": contributor_lines(book, words),
        "colophon": () if has_colophon(book) else facts,
    }
    return fill("print/title.html", values)
