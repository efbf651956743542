"""Headings: the chapter's title, ids, levels in order."""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from builder.book import Heading
from builder.diagnostics import Diagnostic
from builder.parse.leader import words_for_all
from builder.parse.positions import place_of
from builder.parse.tree import LEVELS, classes, text_of, walk
from builder.slugs import slug
from builder.source import Source

CHECKLIST_CLASS = "checklist"
_ID_LISTS = ("for", "headers", "aria-labelledby", "aria-describedby")
# Paint, clips and markers within one picture.
_LOCAL_URL = re.compile(r"url\(#")


def prefix_ids(trees: Sequence[Element], chapter_id: str, taken: set[str]) -> None:
    """Prefix every id with the chapter's; they are taken from then on.

    What refers to an id within its own picture or table follows it; links are resolved later.
    """
    for element in [element for tree in trees for element in tree.iter()]:
        if own := element.get("id"):
            element.set("id", f"{chapter_id}.{own}")
            taken.add(f"{chapter_id}.{own}")
        if element.attrib:
            _prefix_uses(element, chapter_id)


def name_headings(trees: Sequence[Element], chapter_id: str, taken: set[str]) -> None:
    """Give each heading without an id one from its words; the second of the same gets ``-2``."""
    for heading in [each for tree in trees for each in walk(tree, *LEVELS)]:
        if not heading.get("id"):
            name = f"{chapter_id}.{slug(words_for_all(heading)) or 'section'}"
            heading.set("id", unique(name, taken))


def unique(name: str, taken: set[str], mark: str = "-") -> str:
    """The name, or the name with the first number that is free; it is taken from then on."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}{mark}{number}"
    taken.add(free)
    return free


def find_headings(body: Element, source: Source, checklist_word: str) -> tuple[Heading, ...]:
    """The headings in order, each marked where it heads the chapter's checklist."""
    return tuple(
        Heading(
            element.get("id", ""),
            LEVELS.index(element.tag) + 1,
            text_of(element),
            place_of(element, source),
            _is_checklist(element, checklist_word),
        )
        for element in walk(body, *LEVELS)
    )


def check_headings(headings: tuple[Heading, ...]) -> Iterator[Diagnostic]:
    """A second title, and headings that skip a level."""
    titles = [heading for heading in headings if heading.level == 1]
    for heading in titles[1:]:
        yield Diagnostic(
            "second-title",
            f'a second first-level heading: "{heading.title}"',
            heading.place,
            "a chapter has one title; begin this heading with ##",
        )
    level = 1
    for heading in headings:
        if heading.level == 1 and heading is not titles[0]:
            continue
        if heading.level > level + 1:
            yield Diagnostic(
                "skipped-level",
                f'heading "{heading.title}" skips from level {level} to {heading.level}',
                heading.place,
                f"begin it with {'#' * (level + 1)}",
            )
        level = heading.level


def _prefix_uses(element: Element, chapter_id: str) -> None:
    for key in _ID_LISTS:
        if value := element.get(key):
            element.set(key, " ".join(f"{chapter_id}.{name}" for name in value.split()))
    if element.tag.startswith("{"):
        for key, value in element.items():
            if key.rpartition("}")[2] == "href" and value.startswith("#"):
                element.set(key, f"#{chapter_id}.{value[1:]}")
            elif "url(#" in value:
                element.set(key, _LOCAL_URL.sub(rf"url(#{chapter_id}.", value))


def _is_checklist(element: Element, word: str) -> bool:
    names = (word.casefold(), CHECKLIST_CLASS)
    return CHECKLIST_CLASS in classes(element) or text_of(element).casefold() in names
