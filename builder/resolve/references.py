"""References between chapters: every one finds its target, and empty ones their words."""

import difflib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial

from builder.book import Chapter, Numbered, Reference, Target, Text
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.checklists import find_checklists
from builder.parse.references import reference_of
from builder.parse.tree import add_class, walk

# A reference, and one whose words are a number: "Figure 3.2".
REFERENCE, BY_NUMBER = "ref", "by-number"

# A reference as its author names its goal: path in the book and fragment.
_Name = tuple[str, str]


def find_targets(chapters: tuple[Numbered, ...], labels: Mapping[str, str]) -> dict[str, Target]:
    """What every id of the book names; a chapter's own id names the chapter.

    ``labels`` holds the number of each id that is named by one.
    """
    targets = {}
    for numbered in chapters:
        chapter = numbered.chapter
        titles = chapter.survey.titles
        for anchor in chapter.survey.anchors:
            title = labels.get(anchor) or titles.get(anchor) or numbered.full_title
            targets[anchor] = Target(anchor, chapter.id, title, anchor in labels)
        targets[chapter.id] = Target(chapter.id, chapter.id, numbered.full_title)
    return targets


def resolve_references(
    chapters: tuple[Numbered, ...], targets: Mapping[str, Target], withheld: frozenset[str]
) -> Outcome[tuple[Numbered, ...]]:
    """The chapters with each link into the book pointing at ``#id``, its words filled in.

    ``withheld`` names the files that this edition is without.
    """
    paths = {each.chapter.file.source.path: each.chapter for each in chapters}
    made: list[Numbered] = []
    findings: list[Diagnostic] = []
    for numbered in chapters:
        resolved = _resolve_chapter(numbered.chapter, paths, targets, withheld)
        made.append(replace(numbered, chapter=resolved.value))
        findings += resolved.findings
    return Outcome(tuple(made), tuple(findings))


def _resolve_chapter(
    chapter: Chapter,
    paths: Mapping[str, Chapter],
    targets: Mapping[str, Target],
    withheld: frozenset[str],
) -> Outcome[Chapter]:
    goals: dict[_Name, Target] = {}
    findings: list[Diagnostic] = []
    for reference in chapter.survey.references:
        if not reference.path and not reference.fragment:
            continue
        found = (
            _leaders_only(reference, reference.path)
            if reference.path in withheld
            else _find(reference, chapter, paths, targets)
        )
        if isinstance(found, Diagnostic):
            findings.append(found)
        else:
            goals[reference.path, reference.fragment] = found
    work = partial(_link, chapter, goals)
    linked = replace(chapter, targets=frozenset(goal.anchor for goal in goals.values()))
    return Outcome(linked.reworked(work, "links", repr(goals)), tuple(findings))


def _link(chapter: Chapter, goals: Mapping[_Name, Target], text: Text) -> Text:
    """A copy of the text with its links pointing at what they name."""
    source = chapter.file.source
    body = deepcopy(text.body)
    notes = tuple(replace(note, body=deepcopy(note.body)) for note in text.notes)
    trees = (body, *(note.body for note in notes))
    for link in [link for tree in trees for link in walk(tree, "a")]:
        reference = reference_of(link, source)
        goal = goals.get((reference.path, reference.fragment)) if reference else None
        if reference is None or goal is None:
            continue
        link.set("href", f"#{goal.anchor}")
        add_class(link, REFERENCE)
        if reference.is_empty:
            link.text = goal.title
            if goal.is_numbered:
                add_class(link, BY_NUMBER)
    return Text(body, notes, find_checklists(body, source, chapter.headings))


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
    if goal.survey.is_broken:
        return targets[goal.id]
    anchor = f"{goal.id}.{reference.fragment}"
    if anchor in goal.survey.withheld:
        return _leaders_only(reference, f"#{reference.fragment}")
    return targets.get(anchor) or _unknown_anchor(reference, goal)


def _leaders_only(reference: Reference, name: str) -> Diagnostic:
    return Diagnostic(
        "leader-only-target",
        f'link from the reader\'s text to what is for the leader alone: "{name[:80]}"',
        reference.place,
        "put the link into text for the leader as well, or take the mark off its target",
    )


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
    names = [anchor.partition(".")[2] for anchor in goal.survey.anchors]
    near = difflib.get_close_matches(reference.fragment, names, n=1)
    return Diagnostic(
        "unknown-anchor",
        f'no "#{reference.fragment}" in {goal.file.source.path}',
        reference.place,
        f'did you mean "#{near[0]}"?' if near else "give its heading an id: ## Title {#id}",
    )
