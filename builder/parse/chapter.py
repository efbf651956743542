"""One chapter's way from Markdown to its tree, and what is in the tree for one output."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown

from builder.book import Chapter, ChapterFile, Note, Output
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.parse.boxes import shape_boxes
from builder.parse.checklists import check_checklists, find_checklists, mark_tasks
from builder.parse.figures import shape_breaks, shape_code, shape_figures, shape_tables
from builder.parse.footnotes import check_notes, definition_ids, prose, take_notes
from builder.parse.headings import check_headings, find_headings, give_ids
from builder.parse.images import find_images, resolve_images
from builder.parse.markdown import footnote_definitions, to_html
from builder.parse.positions import stamp
from builder.parse.references import check_links, find_references
from builder.parse.safety import check_safety
from builder.parse.tree import (
    classes,
    depth_of,
    offset_of,
    parents,
    parse_html,
    parse_well_formed,
    remove,
    text_of,
    unwrap,
    walk,
    with_class,
)
from builder.words import Words

_MAX_NESTING, _MAX_DEPTH = 12, 150
_NESTS = frozenset(("blockquote", "ul", "ol"))
_QUOTE_RUN = re.compile(r"^[ \t]*(?:>[ \t]?){40}", re.MULTILINE)
_RAW_HTML = re.compile(r"<[A-Za-z!/?]")
_UNKNOWN_BLOCK = re.compile(r"^\s*/{3,}\s*([\w-]+)?")
_DANGLING_LINK = re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]")
_DROPPED: dict[Output, str] = {"print": "only-epub", "epub": "only-print"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter parsed for every output: its tree with ids and places, and its notes."""

    file: ChapterFile
    body: Element
    notes: tuple[Note, ...]


def draft_chapter(file: ChapterFile, converter: Markdown) -> Outcome[Draft]:
    """Parse a chapter; everything wrong with it, but for what other files decide, is found."""
    source = file.source
    html = _convert(file, converter)
    if html.findings:
        return Outcome(Draft(file, Element("body"), ()), html.findings)
    body = _parse(html.value, source.text)
    definitions = footnote_definitions(_without_head(file))
    stamp(body, source, file.body_start, definition_ids(definitions))
    findings = [*_check_nesting(file, body), *check_safety(body, source)]
    if findings:
        return Outcome(Draft(file, Element("body"), ()), tuple(findings))
    findings += resolve_images(body, source)
    findings += check_links(body, source)
    findings += _check_ids(body, file)
    give_ids(body, file.id)
    notes = take_notes(body, source, file.id, definitions)
    findings += check_notes(body, source, definitions, notes)
    shape_boxes(body)
    shape_tables(body)
    shape_figures(body)
    shape_code(body)
    shape_breaks(body)
    mark_tasks(body, file.id)
    findings += check_checklists(body, source)
    findings += _check_leftovers(body, file)
    return Outcome(Draft(file, body, notes), tuple(findings))


def survey_chapter(draft: Draft, output: Output, words: Words) -> Outcome[Chapter]:
    """The chapter for one output: what is for the other left out, and all in it listed."""
    body, file, source = deepcopy(draft.body), draft.file, draft.file.source
    _drop(body, _DROPPED[output])
    headings = find_headings(body, source, words.checklist)
    title = next((heading.title for heading in headings if heading.level == 1), "")
    used = {link.get("href", "") for link in with_class(body, "noteref")}
    notes = tuple(note for note in draft.notes if f"#{note.anchor}" in used)
    trees = (body, *(note.body for note in notes))
    chapter = Chapter(
        file,
        file.front_matter.title or title,
        body,
        headings,
        tuple(reference for tree in trees for reference in find_references(tree, source)),
        tuple(image for tree in trees for image in find_images(tree, source)),
        notes,
        find_checklists(body, source, headings),
        {
            name: source.place(offset_of(element))
            for tree in trees
            for element in tree.iter()
            if (name := element.get("id"))
        },
    )
    return Outcome(chapter, (*check_headings(headings), *_check_content(chapter)))


def _convert(file: ChapterFile, converter: Markdown) -> Outcome[str]:
    if run := _QUOTE_RUN.search(file.source.text, file.body_start):
        return Outcome("", (_too_deep(file.source.place(run.start(), len(run[0]))),))
    try:
        return Outcome(to_html(converter, _without_head(file)))
    except RecursionError:
        return Outcome("", (_too_deep(file.source.place(file.body_start)),))


def _without_head(file: ChapterFile) -> str:
    """The text with its front matter blanked, so that offsets stay."""
    head, rest = file.source.text[: file.body_start], file.source.text[file.body_start :]
    return "".join("\n" if char == "\n" else " " for char in head) + rest


def _parse(html: str, text: str) -> Element:
    if not _RAW_HTML.search(text) and (body := parse_well_formed(html)) is not None:
        return body
    return parse_html(html)


def _too_deep(place: Place) -> Diagnostic:
    return Diagnostic(
        "nested-too-deep",
        f"lists or quotes nested more than {_MAX_NESTING} deep",
        place,
        "a page has no room for this; flatten it",
    )


def _check_nesting(file: ChapterFile, body: Element) -> Iterator[Diagnostic]:
    depth, element = depth_of(body, lambda each: each.tag in _NESTS)
    deepest, _ = depth_of(body, lambda each: True)
    if depth > _MAX_NESTING or deepest > _MAX_DEPTH:
        yield _too_deep(file.source.place(offset_of(element)))


def _check_ids(body: Element, file: ChapterFile) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for element in body.iter():
        name = element.get("id")
        if name is None or name.startswith(("fn:", "fnref")):
            continue
        if name in seen:
            near = offset_of(element) or seen[name]
            at = _find_second(file.source.text, name, near)
            first = file.source.place(seen[name]).line
            yield Diagnostic(
                "duplicate-id",
                f'the id "{name}" is given twice',
                file.source.place(at if at >= 0 else near, len(name)),
                f"the first stands in line {first}; rename one of them",
            )
        elif not re.fullmatch(r"[^\W\d][\w.-]*", name):
            yield Diagnostic(
                "invalid-id",
                f'the id "{name}" is not valid',
                file.source.place(offset_of(element)),
                "begin with a letter; use letters, digits, hyphens, points and underscores",
            )
        seen.setdefault(name, offset_of(element))


def _find_second(text: str, name: str, near: int) -> int:
    line = text.rfind("\n", 0, near) + 1
    found = re.compile(rf"(?:#|id=[\"']?){re.escape(name)}(?![\w-])").search(text, line)
    return found.end() - len(name) if found else -1


def _check_leftovers(body: Element, file: ChapterFile) -> Iterator[Diagnostic]:
    """Marks that Markdown left as they stand, because they mean nothing."""
    for element, text in prose(body):
        if found := _UNKNOWN_BLOCK.match(text):
            name = found[1] or ""
            yield Diagnostic(
                "unknown-block",
                f'not a block that there is: "/// {name}"'.replace(' "', ' "').rstrip(),
                file.source.place(offset_of(element), len(found[0])),
                "close each block with ///, and see docs/authoring.md for their names",
            )
        for link in _DANGLING_LINK.finditer(text):
            at = file.source.text.find(link[0], max(0, offset_of(element) - 2))
            yield Diagnostic(
                "undefined-link",
                f'the link "{link[0]}" has no target',
                file.source.place(at if at >= 0 else offset_of(element), len(link[0])),
                "add a line with its name and address: [name]: https://...",
            )


def _check_content(chapter: Chapter) -> Iterator[Diagnostic]:
    file = chapter.file
    has_title = any(heading.level == 1 for heading in chapter.headings)
    if not chapter.title:
        yield Diagnostic(
            "missing-title",
            "the chapter has no title",
            file.source.place(file.body_start),
            "begin it with a line: # Title",
        )
    text = text_of(chapter.body)
    title = chapter.title if has_title else ""
    if file.role != "part" and len(text) <= len(title) and not chapter.images:
        yield Diagnostic(
            "empty-chapter",
            "the chapter is empty",
            file.source.place(file.body_start),
            "write its text, or take it off the list",
        )


def _drop(body: Element, unwanted: str) -> None:
    owners = parents(body)
    for element in with_class(body, unwanted):
        if element in owners:
            remove(owners[element], element)
    owners = parents(body)
    for kept in [*with_class(body, "only-print"), *with_class(body, "only-epub")]:
        if classes(kept) == (kept.get("class", ""),) and kept.tag == "div" and not kept.get("id"):
            unwrap(owners[kept], kept)
            owners = parents(body)
    for paragraph in walk(body, "p"):
        if not len(paragraph) and not (paragraph.text or "").strip() and paragraph in owners:
            owners[paragraph].remove(paragraph)
