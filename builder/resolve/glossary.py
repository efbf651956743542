"""Terms in the text that lead to the glossary: those that are marked, and first uses."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from builder.book import Chapter, Numbered
from builder.cache import Store, key
from builder.config import GlossaryOptions
from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.glossary import Term, TermUse, TermUses, folded
from builder.kept import keep
from builder.resolve.collation import Collation
from builder.resolve.glossary_links import link_text, linked_terms, sort_terms

# In chapters of these kinds no first use is looked for.
_WITHOUT_LINKS = frozenset(("dedication", "epigraph", "glossary", "index"))


@dataclass(frozen=True, slots=True)
class Linked:
    """The chapters with their links to the glossary, and where these are."""

    chapters: tuple[Numbered, ...]
    uses: TermUses


def link_terms(
    chapters: tuple[Numbered, ...], options: GlossaryOptions, language: str, store: Store
) -> Outcome[Linked]:
    """The chapters with terms linked to the glossary as the book wants it."""
    terms = tuple(term for each in chapters for term in each.chapter.survey.terms)
    by_form = {folded(form): term for term in reversed(terms) for form in term.forms}
    goals = {form: term.anchor for form, term in by_form.items() if options.link != "none"}
    collation = Collation(language)
    made = tuple(
        replace(each, chapter=_worked(each.chapter, goals, options, collation)) for each in chapters
    )
    findings = [*_check_terms(terms), *_check_marks(chapters, by_form)]
    uses = _find_uses(made, store) if goals else {}
    if goals:
        findings += _check_use(terms, uses)
    return Outcome(Linked(made, uses), tuple(findings))


def _worked(
    chapter: Chapter, goals: Mapping[str, str], options: GlossaryOptions, collation: Collation
) -> Chapter:
    finds = options.link == "first" and chapter.file.kind not in _WITHOUT_LINKS
    if chapter.survey.term_marks or (goals and finds):
        work = partial(link_text, chapter.id, goals, finds)
        chapter = chapter.reworked(work, "terms", repr((finds, sorted(goals.items()))))
    if options.sort and chapter.survey.terms:
        chapter = chapter.reworked(partial(sort_terms, collation), "sorted terms")
    return chapter


def _check_terms(terms: Iterable[Term]) -> Iterator[Diagnostic]:
    first: dict[str, Term] = {}
    for term in terms:
        for form in term.forms:
            before = first.setdefault(folded(form), term)
            if before is not term:
                yield Diagnostic(
                    "duplicate-term",
                    f'the glossary has "{form}" twice',
                    term.place,
                    f"the first stands in {before.place.path}, line {before.place.line}",
                    Severity.WARNING,
                )


def _check_marks(chapters: Iterable[Numbered], by_form: Mapping[str, Term]) -> Iterator[Diagnostic]:
    names = [form for term in by_form.values() for form in term.forms]
    for numbered in chapters:
        for mark in numbered.chapter.survey.term_marks:
            if folded(mark.name) in by_form:
                continue
            near = difflib.get_close_matches(mark.name, names, n=1)
            yield Diagnostic(
                "unknown-term",
                f'the glossary has no "{mark.name}"',
                mark.place,
                f'did you mean {{term="{near[0]}"}}?'
                if near
                else "add it to the chapter of the kind glossary, or name a term: {term=...}",
            )


def _find_uses(chapters: Iterable[Numbered], store: Store) -> TermUses:
    uses: dict[str, tuple[TermUse, ...]] = {}
    for numbered in chapters:
        name = key("terms used", numbered.chapter.key)
        found = keep(store, name, tuple[tuple[str, str], ...], partial(_used, numbered.chapter))
        for term, anchor in found:
            uses[term] = (*uses.get(term, ()), TermUse(numbered.id, anchor))
    return uses


def _used(chapter: Chapter) -> tuple[tuple[str, str], ...]:
    return linked_terms((chapter.body, *(note.body for note in chapter.notes)))


def _check_use(terms: Iterable[Term], uses: TermUses) -> Iterator[Diagnostic]:
    for term in terms:
        if term.anchor not in uses:
            yield Diagnostic(
                "unused-term",
                f'nothing in the text leads to "{term.name}"',
                term.place,
                "use it, mark where it is used with {term}, or take it out",
                Severity.NOTE,
            )
