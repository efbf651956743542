"""Citations in their style, in the text or in notes, and the list of the sources."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from xml.etree.ElementTree import Element

from builder.book import Bibliography, Chapter, Citation, Note, Numbered, Text
from builder.cache import Store, key
from builder.diagnostics import Diagnostic, Outcome, Place, Severity
from builder.kept import keep
from builder.parse import tree
from builder.parse.citation_marks import CITATION
from builder.parse.citations import REFERENCES, walk_citations
from builder.parse.footnotes import NOTEREF, number_notes
from builder.parse.tree import new, parents, parse_well_formed, with_class
from builder.resolve.citation_style import Formatted, Rendered, format_sources
from builder.resolve.cited_titles import with_cited_titles
from builder.resolve.entries import Entries, check_entry, read_entries
from builder.resolve.typst_document import StyleError, Wanted
from builder.versions import citing_versions

# Before these a note's number does not stand, but behind them.
_BEFORE_NUMBER = frozenset(".,;:!?…")
_MARKS_OF_TASKS = frozenset(("week", "day"))

_Chapters = tuple[Numbered, ...]


def cite_sources(
    chapters: _Chapters, bibliography: Bibliography | None, language: str, store: Store
) -> Outcome[_Chapters]:
    """The chapters with all citations in the style of the book, and its sources listed."""
    if bibliography is None:
        return Outcome(chapters)
    entries = read_entries(bibliography.source)
    if entries.value is None:
        return Outcome(chapters, entries.findings)
    findings = [*entries.findings, *_check(chapters, entries.value)]
    home = _home(chapters)
    citations = tuple(
        each for one in chapters for each in _known(one.chapter, entries.value.by_key)
    )
    wanted = Wanted(
        entries.value.text,
        bibliography.style,
        bibliography.style_text,
        language,
        citations,
        bibliography.is_whole and bool(home),
        home,
    )
    try:
        name = key("citations", citing_versions(), repr(wanted))
        made = keep(store, name, Formatted, lambda: format_sources(wanted))
    except StyleError as error:
        return Outcome(chapters, (*findings, _style_finding(error, bibliography)))
    if citations and not home and not made.is_in_notes:
        findings.append(_unlisted(citations[0]))
    return Outcome(tuple(_cited(chapters, made, home, entries.value)), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Share:
    """What a chapter gets: its citations in order, and the list of sources if it stands there.

    None stands for a citation that is none: its text stays.
    """

    chapter_id: str
    citations: tuple[Rendered | None, ...]
    entries: tuple[tuple[str, str], ...]


def _cited(chapters: _Chapters, made: Formatted, home: str, entries: Entries) -> Iterator[Numbered]:
    waiting = iter(made.citations)
    for numbered in chapters:
        chapter = numbered.chapter
        rendered = tuple(
            next(waiting) if _is_known(each, entries.by_key) else None
            for each in chapter.survey.citations
        )
        share = _Share(chapter.id, rendered, made.entries if chapter.id == home else ())
        if not rendered and not share.entries:
            yield numbered
            continue
        worked = chapter.reworked(partial(_write, share), "citations", repr(share))
        letters = "".join(sorted({*chapter.survey.letters, *repr(share)}))
        survey = replace(worked.survey, letters=letters.replace("\\", ""))
        yield replace(numbered, chapter=with_cited_titles(replace(worked, survey=survey)))


def _home(chapters: _Chapters) -> str:
    """The chapter that the sources are listed in: one that says where, else one of the kind."""
    says_where = (each.id for each in chapters if each.chapter.survey.lists_sources)
    of_kind = (each.id for each in chapters if each.chapter.file.kind == "bibliography")
    return next(says_where, "") or next(of_kind, "")


def _is_known(citation: Citation, known: Mapping[str, object]) -> bool:
    return all(each.key in known for each in citation.cited)


def _known(chapter: Chapter, known: Mapping[str, object]) -> Iterator[Citation]:
    return (each for each in chapter.survey.citations if _is_known(each, known))


def _check(chapters: _Chapters, entries: Entries) -> Iterator[Diagnostic]:
    used: dict[str, None] = {}
    for numbered in chapters:
        for citation in numbered.chapter.survey.citations:
            for one in citation.cited:
                used[one.key] = None
                if one.key in entries.by_key or _is_mark(citation):
                    continue
                message = f'no source "{one.key}" in {entries.source.path}'
                hint = entries.unknown(one.key)
                yield Diagnostic("unknown-source", message, citation.place, hint)
    for name in used:
        if name in entries.by_key:
            yield from check_entry(entries.by_key[name], entries.source)


def _is_mark(citation: Citation) -> bool:
    """Whether it is a mark of a task that stands where it is text."""
    return citation.is_in_text and citation.cited[0].key in _MARKS_OF_TASKS


def _style_finding(error: StyleError, bibliography: Bibliography) -> Diagnostic:
    source = bibliography.source
    if error.line and source.path.endswith(".json"):
        message = f"the sources cannot be read: {error}"
        return Diagnostic("broken-sources", message, source.place(0), "export them again")
    if error.line:
        lines = source.text.split("\n")
        start = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
        place = source.place(min(start, len(source.text)))
        hint = "look for a brace, a quotation mark or a comma that is missing before it"
        return Diagnostic("broken-sources", f"the sources cannot be read: {error}", place, hint)
    hint = (
        'some are "apa", "chicago-author-date", "chicago-notes", "ieee" and "mla"; or name a file'
    )
    return Diagnostic("unknown-style", str(error), bibliography.style_place, hint)


def _unlisted(citation: Citation) -> Diagnostic:
    return Diagnostic(
        "unlisted-sources",
        "the book cites sources, and lists them nowhere",
        citation.place,
        "add a chapter of the kind bibliography: back/bibliography.md",
        Severity.WARNING,
    )


def _write(share: _Share, text: Text) -> Text:
    """A copy of the text with its citations, and the sources listed in it."""
    body = deepcopy(text.body)
    notes = [replace(note, body=deepcopy(note.body)) for note in text.notes]
    made: list[Note] = []
    spans = [(element, in_note) for element, _, in_note in walk_citations(body, notes)]
    trees = (body, *(note.body for note in notes))
    owners = {child: owner for each in trees for child, owner in parents(each).items()}
    for (element, in_note), rendered in zip(spans, share.citations, strict=True):
        if rendered is None:
            tree.unwrap(owners[element], element)
        elif not rendered.note or in_note:
            element.attrib = {"class": CITATION}
            _fill(element, rendered.note or rendered.text)
            _drop_second_stop(element)
        else:
            made.append(_note(element, owners[element], rendered, share.chapter_id, len(made) + 1))
    if share.entries:
        _list(body, share.entries)
    return replace(
        text, body=body, notes=number_notes(body, (*notes, *made)) if made else tuple(notes)
    )


def _note(element: Element, owner: Element, rendered: Rendered, chapter: str, number: int) -> Note:
    """A citation as a footnote, its number behind the mark that follows."""
    anchor = f"{chapter}.note-source-{number}"
    call = new("a", class_=NOTEREF, href=f"#{anchor}")
    tail = element.tail or ""
    marks = len(tail) - len(tail.lstrip("".join(_BEFORE_NUMBER)))
    call.tail = tail[marks:]
    index = list(owner).index(element)
    owner.insert(index + 1, call)
    element.attrib, element.tail = {"class": CITATION}, tail[:marks]
    _fill(element, rendered.text)
    if not rendered.text:
        _trim_before(owner, index)
        tree.unwrap(owner, element)
    body = new("div", class_="note-body")
    paragraph = new("p")
    _fill(paragraph, rendered.note)
    words = paragraph.text or ""
    paragraph.text = f"{words[:1].upper()}{words[1:]}"
    body.append(paragraph)
    return Note(0, f"source-{number}", anchor, body, Place(""))


def _drop_second_stop(element: Element) -> None:
    """Of a full stop at the end of a citation and one behind it, one is enough."""
    if not len(element) or not (element.tail or "").startswith("."):
        return
    element[-1].tail = (element[-1].tail or "").removesuffix(".")


def _trim_before(owner: Element, index: int) -> None:
    if index:
        owner[index - 1].tail = (owner[index - 1].tail or "").rstrip()
    else:
        owner.text = (owner.text or "").rstrip()


def _fill(element: Element, written: str) -> None:
    parsed = parse_well_formed(written)
    assert parsed is not None
    element.text, element[:] = parsed.text, list(parsed)


def _list(body: Element, entries: tuple[tuple[str, str], ...]) -> None:
    """The sources where the author wants them, else at the end of the chapter."""
    listed = new("ul", "\n", class_=REFERENCES)
    for name, written in entries:
        item = new("li")
        if name:
            item.set("id", name)
        _fill(item, written)
        item.tail = "\n"
        listed.append(item)
    holder = next(with_class(body, REFERENCES), None)
    (body if holder is None else holder).append(listed)
    if holder is not None:
        holder.set("class", "sources")
