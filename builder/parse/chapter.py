"""One chapter's way from Markdown to its tree, and what is in the tree for one output."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from builder.book import Caption, Chapter, ChapterFile, Heading, Note, Output, Survey, Text
from builder.cache import key
from builder.config import Edition
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.blank_checks import check_blanks, check_stray_blanks
from builder.parse.blanks import shape_blanks
from builder.parse.boxes import shape_boxes
from builder.parse.breaks import shape_breaks
from builder.parse.captions import find_captions, shape_captions
from builder.parse.checklists import check_checklists, find_checklists, mark_tasks
from builder.parse.citations import REFERENCES, find_citations
from builder.parse.columns import check_columns, shape_columns
from builder.parse.equations import shape_equations
from builder.parse.figures import shape_figures
from builder.parse.footnotes import check_notes, number_notes, take_notes
from builder.parse.formulas import insert_formulas, restore_source
from builder.parse.glossary import find_term_marks, find_terms, name_terms
from builder.parse.headings import check_headings, find_headings, name_headings, prefix_ids
from builder.parse.ids import check_ids
from builder.parse.images import find_images, resolve_images
from builder.parse.index_marks import (
    check_index_marks,
    name_index_marks,
    take_index_marks,
)
from builder.parse.index_places import part_from_images, shape_index_marks
from builder.parse.inlines import mark_inline
from builder.parse.leader import (
    LEADER,
    check_leader,
    check_leader_marks,
    mark_notes,
    mark_terms,
    shape_leader,
)
from builder.parse.leftovers import check_blocks, check_links_defined, check_raw_html
from builder.parse.listings import fill_code, shape_code, shape_listings
from builder.parse.mark_spans import check_marks, name_marks
from builder.parse.markdown import Converter
from builder.parse.misplaced import check_braces, check_captions, check_codes
from builder.parse.nesting import check_depth, check_runs, too_deep
from builder.parse.prose import Prose, footnote_definitions, read_prose
from builder.parse.references import check_links, find_references
from builder.parse.safety import check_nesting, check_safety
from builder.parse.selection import Selected, select
from builder.parse.spans import join_cells
from builder.parse.table_checks import check_rows, check_rules
from builder.parse.tables import check_table_notes, shape_tables
from builder.parse.titles import find_titles
from builder.parse.tree import NAMESPACES, parse_chapter, text_of, with_class
from builder.versions import parsing_versions
from builder.words import Words

_DRAWING_TITLE = f"{{{NAMESPACES['svg']}}}title"


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


def survey_chapter(
    draft: Draft, output: Output, words: Words, edition: Edition = "reader"
) -> Outcome[Chapter]:
    """The chapter for one output and edition: what is for others left out, and all in it listed."""
    file, title = draft.file, draft.file.front_matter.title
    name, drafted = survey_key(draft, output, edition), draft.read()
    if drafted is None:
        survey = Survey(title=title, is_broken=True)
        return Outcome(Chapter(file, survey, name, _no_words))
    source = file.source
    selected = select(drafted, output, edition, source)
    text = _finished(selected.value, file, words)
    headings = find_headings(text.body, source, words.checklist)
    found = next((heading.title for heading in headings if heading.level == 1), "")
    trees = (text.body, *(note.body for note in text.notes))
    marked = frozenset(mark.anchor for mark in text.index_marks)
    survey = Survey(
        title=title or found or _made_title(file, words),
        headings=headings,
        references=tuple(each for tree in trees for each in find_references(tree, source)),
        images=tuple(image for tree in trees for image in find_images(tree, source)),
        captions=tuple(
            Caption(each.kind, each.element.get("id", "")) for each in find_captions(text.body)
        ),
        anchors=tuple(
            anchor
            for tree in trees
            for element in tree.iter()
            if (anchor := element.get("id")) and anchor not in marked
        ),
        titles=find_titles(text.body, headings, text.checklists),
        letters="".join(sorted(set().union(*map(set, _strings(text, headings))))),
        index_marks=text.index_marks,
        terms=text.terms,
        term_marks=text.term_marks,
        withheld=selected.value.withheld,
        citations=find_citations(text.body, text.notes, source) if file.cites else (),
        lists_sources=next(with_class(text.body, REFERENCES), None) is not None,
        has_tasks=bool(text.checklists),
    )
    findings = (
        *selected.findings,
        *check_headings(headings),
        *_check_content(file, survey, text),
    )
    return Outcome(Chapter(file, survey, name, lambda: text), findings)


def survey_key(draft: Draft, output: Output, edition: Edition) -> str:
    """One name for all that a chapter for one output and edition depends on."""
    return key("survey", draft.key, output, edition)


def read_text(draft: Draft, output: Output, words: Words, edition: Edition) -> Text:
    """The text of a chapter for one output and edition."""
    drafted, source = draft.read(), draft.file.source
    if drafted is None:
        return _no_words()
    return _finished(select(drafted, output, edition, source).value, draft.file, words)


def has_leaders_text(draft: Draft) -> bool:
    """Whether a chapter differs between the editions."""
    text = draft.read()
    trees = (text.body, *(note.body for note in text.notes)) if text else ()
    return draft.file.front_matter.edition == "leader" or any(
        next(with_class(tree, LEADER), None) is not None for tree in trees
    )


def _finished(selected: Selected, file: ChapterFile, words: Words) -> Text:
    """The text of what is in one output and edition, its notes numbered and its lists found."""
    body, notes = selected.body, number_notes(selected.body, selected.notes)
    for tree in (body, *(note.body for note in notes)):
        name_marks(tree, words)
    marks = take_index_marks(body, notes, file.source)
    terms, term_marks = find_terms(body, file), find_term_marks(body, notes, file.source)
    headings = find_headings(body, file.source, words.checklist)
    checklists = find_checklists(body, file.source, headings)
    return Text(body, notes, checklists, marks, terms, term_marks)


def _no_words() -> Text:
    return Text(Element("body"))


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


def _made_title(file: ChapterFile, words: Words) -> str:
    """The title of what the builder writes itself."""
    titles = {"index": words.index, "glossary": words.glossary}
    return titles.get(file.kind, "")


def _strings(text: Text, headings: Iterable[Heading]) -> Iterator[str]:
    """What is to be printed: in contents and running heads, formulas are letters."""
    for mark in text.index_marks:
        for path in (*mark.paths, *mark.sees, *mark.also):
            yield from path
    for tree in (text.body, *(note.body for note in text.notes)):
        for element in tree.iter():
            # A drawing's title is said and not shown.
            yield "" if element.tag == _DRAWING_TITLE else element.text or ""
            yield element.tail or ""
    yield from (heading.title for heading in headings)


def _check_content(file: ChapterFile, survey: Survey, text: Text) -> Iterator[Diagnostic]:
    """A chapter without a text, or without a title."""
    place = file.source.place(file.body_start)
    titles = [heading.title for heading in survey.headings if heading.level == 1]
    is_listed = survey.lists_sources or (file.cites and file.kind == "bibliography")
    is_made = file.role == "part" or file.kind == "index" or is_listed
    has_more = survey.images or survey.references or is_made
    if not has_more and len(text_of(text.body)) <= sum(map(len, titles[:1])):
        hint = "write its text, or take it off the list"
        yield Diagnostic("empty-chapter", "the chapter is empty", place, hint)
    elif not survey.title:
        hint = "begin it with a line: # Title"
        yield Diagnostic("missing-title", "the chapter has no title", place, hint)
