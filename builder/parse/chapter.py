"""One chapter's way from Markdown to its tree, which holds what is for every output."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from builder.book import ChapterFile, Note, Text
from builder.cache import key
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.blank_checks import check_blanks, check_stray_blanks
from builder.parse.blanks import shape_blanks
from builder.parse.boxes import shape_boxes
from builder.parse.breaks import shape_breaks
from builder.parse.captions import shape_captions
from builder.parse.checklists import check_checklists, mark_tasks
from builder.parse.columns import check_columns, shape_columns
from builder.parse.equations import shape_equations
from builder.parse.figures import shape_figures
from builder.parse.footnotes import check_notes, take_notes
from builder.parse.formulas import insert_formulas, restore_source
from builder.parse.glossary import name_terms
from builder.parse.headings import name_headings, prefix_ids
from builder.parse.ids import check_ids
from builder.parse.images import resolve_images
from builder.parse.index_marks import check_index_marks, name_index_marks
from builder.parse.index_places import part_from_images, shape_index_marks
from builder.parse.inlines import mark_inline
from builder.parse.leader import (
    check_leader,
    check_leader_marks,
    mark_notes,
    mark_terms,
    shape_leader,
)
from builder.parse.leftovers import check_blocks, check_links_defined, check_raw_html
from builder.parse.listings import fill_code, shape_code, shape_listings
from builder.parse.mark_spans import check_marks
from builder.parse.markdown import Converter
from builder.parse.misplaced import check_braces, check_captions, check_codes
from builder.parse.nesting import check_depth, check_runs, too_deep
from builder.parse.prose import Prose, footnote_definitions, read_prose
from builder.parse.references import check_links
from builder.parse.safety import check_nesting, check_safety
from builder.parse.spans import join_cells
from builder.parse.table_checks import check_rows, check_rules
from builder.parse.tables import check_table_notes, shape_tables
from builder.parse.tree import parse_chapter
from builder.versions import parsing_versions


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter parsed for every output: its text with ids and places, read when it is wanted.

    ``key`` names all that the draft depends on. There is no text where the chapter is nested
    too deep to be read.
    """

    file: ChapterFile
    key: str
    read: Callable[[], Text | None] = field(repr=False, compare=False)


def draft_key(file: ChapterFile, language: str) -> str:
    """One name for all that the draft of a file depends on."""
    return key("draft", parsing_versions(), language, repr(file))


def draft_chapter(file: ChapterFile, converter: Converter) -> Outcome[Draft]:
    """Parse a chapter; everything wrong with it, but for what other files decide, is found."""
    name = draft_key(file, converter.language)
    prose, found = read_prose(file.source, file.body_start)
    parsed = _parse(file, prose, converter)
    findings = [*found, *parsed.findings]
    if parsed.value is None:
        return Outcome(Draft(file, name, _no_text), tuple(findings))
    body = parsed.value
    findings += fill_code(body, file)
    findings += _check_source(body, file, prose)
    findings += insert_formulas(body, prose)
    findings += join_cells(body, file.source)
    _shape(body)
    findings += check_index_marks(body, prose)
    mark_terms(body, prose)
    definitions = footnote_definitions(prose.plain)
    taken_out = take_notes(body, file.source, file.id, definitions)
    notes = mark_notes(taken_out, prose)
    findings += check_notes(body, prose, definitions, notes)
    trees = (body, *(note.body for note in notes))
    taken = {name for note in notes for name in (note.anchor, _mark_id(note))}
    prefix_ids(trees, file.id, taken)
    # Tasks before headings, so that their ids depend on no others.
    mark_tasks(trees, file.id, taken)
    name_headings(trees, file.id, taken)
    name_index_marks(trees, file.id, taken)
    name_terms(body, file, taken)
    text = Text(body, notes)
    return Outcome(Draft(file, name, lambda: text), tuple(findings))


def _no_text() -> None:
    return None


def _parse(file: ChapterFile, prose: Prose, converter: Converter) -> Outcome[Element | None]:
    if findings := tuple(check_runs(prose)):
        return Outcome(None, findings)
    try:
        converted = converter.convert(prose, file.front_matter.language, file.cites)
    except RecursionError:
        return Outcome(None, (too_deep(file.source.place(file.body_start)),))
    body = parse_chapter(converted.html, prose.plain)
    if findings := tuple(check_depth(body, file.source)):
        return Outcome(None, findings)
    restore_source(body, prose)
    shape_code(body)
    mark_inline(body, prose, converted.references)
    return Outcome(body, tuple(check_raw_html(converted.raw_html, prose)))


def _check_source(body: Element, file: ChapterFile, prose: Prose) -> Iterator[Diagnostic]:
    """What can be seen before the tree is shaped; paths of images become those in the book."""
    source = file.source
    yield from check_safety(body, source)
    yield from check_nesting(body, source)
    yield from check_blocks(body, prose)
    yield from check_links_defined(body, prose)
    yield from check_braces(body, prose)
    yield from check_captions(body, source)
    yield from check_codes(body, prose)
    yield from check_ids(body, source)
    yield from resolve_images(body, source)
    yield from check_links(body, source)
    yield from check_checklists(body, source)
    yield from check_marks(body, source)
    yield from check_columns(body, source)
    yield from check_blanks(body, source)
    yield from check_stray_blanks(body, prose)
    yield from check_rows(body, source)
    yield from check_rules(body, prose)
    yield from check_table_notes(body, source)
    yield from check_leader(body, source)
    yield from check_leader_marks(body, prose)


def _shape(body: Element) -> None:
    """Make of what Markdown wrote what a book has."""
    shape_boxes(body)
    shape_columns(body)
    shape_captions(body)
    shape_tables(body)
    shape_listings(body)
    part_from_images(body)
    shape_figures(body)
    shape_equations(body)
    shape_breaks(body)
    shape_blanks(body)
    shape_leader(body)
    shape_index_marks(body)


def _mark_id(note: Note) -> str:
    return note.anchor.replace(".note-", ".noteref-", 1)
