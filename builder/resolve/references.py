"""References between chapters: every one finds its target, and empty ones their words."""

import difflib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from xml.etree.ElementTree import Element

from builder.book import Chapter, Numbered, Reference, Target
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.checklists import TASK, find_checklists, task_text
from builder.parse.references import reference_of
from builder.parse.tree import add_class, classes, text_of, walk

# A reference, and one whose words are a number: "Figure 3.2".
REFERENCE, BY_NUMBER = "ref", "by-number"


def find_targets(chapters: tuple[Numbered, ...], labels: Mapping[str, str]) -> dict[str, Target]:
    """What every id of the book names; a chapter's own id names the chapter.

    ``labels`` holds the number of each id that is named by one.
    """
    targets = {}
    for numbered in chapters:
        chapter = numbered.chapter
        titles = _titles_in(chapter.body)
        titles |= {checklist.anchor: checklist.title for checklist in chapter.checklists}
        titles |= {each.anchor: each.title for each in chapter.headings if each.level > 1}
        for anchor in chapter.anchors:
            title = labels.get(anchor) or titles.get(anchor) or numbered.full_title
            targets[anchor] = Target(anchor, chapter.id, title, anchor in labels)
        targets[chapter.id] = Target(chapter.id, chapter.id, numbered.full_title)
    return targets


def resolve_references(
    chapters: tuple[Numbered, ...], targets: Mapping[str, Target]
) -> Outcome[tuple[Numbered, ...]]:
    """The chapters with each link into the book pointing at ``#id``, its words filled in."""
    paths = {each.chapter.file.source.path: each.chapter for each in chapters}
    made: list[Numbered] = []
    findings: list[Diagnostic] = []
    for numbered in chapters:
        resolved = _resolve_chapter(numbered.chapter, paths, targets)
        made.append(replace(numbered, chapter=resolved.value))
        findings += resolved.findings
    return Outcome(tuple(made), tuple(findings))


def _resolve_chapter(
    chapter: Chapter, paths: Mapping[str, Chapter], targets: Mapping[str, Target]
) -> Outcome[Chapter]:
    source = chapter.file.source
    body = deepcopy(chapter.body)
    notes = tuple(replace(note, body=deepcopy(note.body)) for note in chapter.notes)
    findings: list[Diagnostic] = []
    for link in [
        link for tree in (body, *(note.body for note in notes)) for link in walk(tree, "a")
    ]:
        reference = reference_of(link, source)
        if reference is None or (not reference.path and not reference.fragment):
            continue
        found = _find(reference, chapter, paths, targets)
        if isinstance(found, Diagnostic):
            findings.append(found)
            continue
        link.set("href", f"#{found.anchor}")
        add_class(link, REFERENCE)
        if reference.is_empty:
            link.text = found.title
            if found.is_numbered:
                add_class(link, BY_NUMBER)
    checklists = find_checklists(body, source, chapter.headings)
    resolved = replace(chapter, body=body, notes=notes, checklists=checklists)
    return Outcome(resolved, tuple(findings))


def _titles_in(body: Element) -> dict[str, str]:
    """The words of what has an id and words of its own: captions, titles of boxes, tasks."""
    titles = {}
    for element in body.iter():
        name = element.get("id")
        if name and (title := _title_of(element)) is not None:
            titles[name] = text_of(title).removesuffix(".")
    return titles


def _title_of(element: Element) -> Element | None:
    if element.tag == "figure":
        return element.find("figcaption")
    if element.tag == "table":
        return element.find("caption")
    if TASK in classes(element):
        return task_text(element)
    return next((child for child in element if "box-title" in classes(child)), None)


def _find(
    reference: Reference,
    chapter: Chapter,
    paths: Mapping[str, Chapter],
    targets: Mapping[str, Target],
) -> Target | Diagnostic:
    goal = paths.get(reference.path) if reference.path else chapter
    if goal is None:
        return _unknown_chapter(reference, paths)
    if not reference.fragment:
        return targets[goal.id]
    if goal.is_broken:
        return targets[goal.id]
    anchor = f"{goal.id}.{reference.fragment}"
    return targets.get(anchor) or _unknown_anchor(reference, goal)


def _unknown_chapter(reference: Reference, paths: Mapping[str, Chapter]) -> Diagnostic:
    near = difflib.get_close_matches(reference.path, paths, n=1)
    hint = f'did you mean "{near[0]}"?' if near else "link to a chapter that the book lists"
    return Diagnostic(
        "unknown-chapter",
        f'link to a file that is no chapter of the book: "{reference.target[:80]}"',
        reference.place,
        hint,
    )


def _unknown_anchor(reference: Reference, goal: Chapter) -> Diagnostic:
    names = [anchor.partition(".")[2] for anchor in goal.anchors]
    near = difflib.get_close_matches(reference.fragment, names, n=1)
    return Diagnostic(
        "unknown-anchor",
        f'no "#{reference.fragment}" in {goal.file.source.path}',
        reference.place,
        f'did you mean "#{near[0]}"?' if near else "give its heading an id: ## Title {#id}",
    )
