"""The glossary in a chapter's tree: the terms that it explains, and the words marked as terms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from builder.book import ChapterFile, Note
from builder.diagnostics import Place
from builder.glossary import Term, TermMark
from builder.parse.bracketed import FORMS, TERM
from builder.parse.headings import unique
from builder.parse.leader import words_for_all
from builder.parse.tree import offset_of, text_of, walk
from builder.slugs import slug
from builder.source import Source

_MARKED = re.compile(r"\{[^{}]*?\bterm\b[^{}]*\}")


def name_terms(body: Element, file: ChapterFile, taken: set[str]) -> None:
    """Give each term of a glossary an id, so that it can be linked to."""
    if file.kind == "glossary":
        for term in walk(body, "dt"):
            if not term.get("id"):
                name = f"{file.id}.term-{slug(words_for_all(term)) or 'x'}"
                term.set("id", unique(name, taken))


def find_terms(body: Element, file: ChapterFile) -> tuple[Term, ...]:
    """The terms of a glossary; their forms leave the tree of any chapter."""
    found = []
    for element in walk(body, "dt"):
        others = [" ".join(each.split()) for each in element.attrib.pop(FORMS, "").split(",")]
        if words := text_of(element):
            place = _line_of(element, file.source)
            forms = (words, *filter(None, others))
            found.append(Term(element.get("id", ""), forms, place))
    return tuple(found) if file.kind == "glossary" else ()


def find_term_marks(body: Element, notes: Iterable[Note], source: Source) -> tuple[TermMark, ...]:
    """The words that are marked as terms; the marks stay until all terms are known."""
    trees: Sequence[Element] = (body, *(note.body for note in notes))
    return tuple(mark for tree in trees for mark in _marks_in(tree, source))


def _marks_in(tree: Element, source: Source) -> Iterator[TermMark]:
    for element in tree.iter():
        if TERM in element.attrib:
            name = " ".join((element.get(TERM) or text_of(element)).split())
            element.set(TERM, name)
            yield TermMark(name, _place_of_mark(element, source))


def _place_of_mark(element: Element, source: Source) -> Place:
    at = offset_of(element)
    found = _MARKED.search(source.text, at)
    if found and "\n\n" not in source.text[at : found.start()]:
        return source.place(found.start(), len(found[0].partition("\n")[0]))
    return source.place(at)


def _line_of(element: Element, source: Source) -> Place:
    at = offset_of(element)
    end = source.text.find("\n", at)
    return source.place(at, (end if end >= 0 else len(source.text)) - at)
