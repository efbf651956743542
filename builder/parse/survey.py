"""What is in a chapter for one output and edition: what is for others left out, the rest listed."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from builder.book import Caption, Chapter, ChapterFile, Heading, Output, Survey, Text
from builder.cache import key
from builder.config import Edition
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.captions import find_captions
from builder.parse.chapter import Draft
from builder.parse.checklists import find_checklists
from builder.parse.citations import REFERENCES, find_citations
from builder.parse.footnotes import number_notes
from builder.parse.glossary import find_term_marks, find_terms
from builder.parse.headings import check_headings, find_headings
from builder.parse.images import find_images
from builder.parse.index_marks import take_index_marks
from builder.parse.leader import LEADER
from builder.parse.mark_spans import name_marks
from builder.parse.references import find_references
from builder.parse.selection import Selected, select
from builder.parse.titles import find_titles
from builder.parse.tree import NAMESPACES, text_of, with_class
from builder.words import Words

_DRAWING_TITLE = f"{{{NAMESPACES['svg']}}}title"


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
