"""The marks of all chapters -> the index: its entries sorted, with references between them."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from builder.book import Numbered
from builder.diagnostics import Outcome
from builder.index import CrossReference, Index, IndexEntry, IndexGroup, Path, plain_term
from builder.resolve.collation import Collation
from builder.resolve.index_checks import check_entries, check_pages
from builder.resolve.index_drawers import Drawer, fill_drawers
from builder.slugs import slug


def make_index(chapters: tuple[Numbered, ...], language: str) -> Outcome[Index]:
    """The index of the book, where it has a chapter for it."""
    marks = [(each, mark) for each in chapters for mark in each.chapter.survey.index_marks]
    homes = [each for each in chapters if each.chapter.file.kind == "index"]
    filled = fill_drawers(marks)
    drawers, collation = filled.value, Collation(language)
    findings = [*filled.findings, *check_entries([*drawers.values()], collation)]
    findings += check_pages([each.chapter for each in homes], [mark for _, mark in marks])
    if not homes:
        return Outcome(Index(), tuple(findings))
    anchors = _anchors(drawers, homes[0].id)
    entries = _entries(drawers, anchors, collation, ())
    groups = tuple(
        IndexGroup(letter, tuple(entry for _, entry in found))
        for letter, found in groupby(entries, lambda each: each[0])
    )
    return Outcome(Index(groups), tuple(findings))


def _anchors(drawers: Iterable[Path], home: str) -> Mapping[Path, str]:
    taken: set[str] = set()
    anchors = {}
    for path in drawers:
        name = f"{home}.entry-{slug(' '.join(path)) or 'x'}"
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}.{number}"
        taken.add(free)
        anchors[path] = free
    return anchors


def _entries(
    drawers: Mapping[Path, Drawer],
    anchors: Mapping[Path, str],
    collation: Collation,
    above: Path,
) -> list[tuple[str, IndexEntry]]:
    """The entries right under another, sorted, each with the letter that it stands under."""
    depth = len(above) + 1
    found = [each for path, each in drawers.items() if len(path) == depth and path[:-1] == above]
    named = [(each.sort or plain_term(each.path[-1]), each) for each in found]
    named.sort(key=lambda pair: (*collation.key(pair[0]), pair[1].path))
    return [
        (
            collation.letter(name),
            IndexEntry(
                anchors[each.path],
                each.path[-1],
                tuple(each.locators),
                _references(each.sees, anchors),
                _references(each.also, anchors),
                tuple(entry for _, entry in _entries(drawers, anchors, collation, each.path)),
            ),
        )
        for name, each in named
    ]


def _references(wanted: Iterable[Path], anchors: Mapping[Path, str]) -> tuple[CrossReference, ...]:
    return tuple(CrossReference(anchors[path], path) for path in wanted if path in anchors)
