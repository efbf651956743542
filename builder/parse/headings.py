"""Headings: the chapter's title, ids, levels in order."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import Heading
from builder.diagnostics import Diagnostic
from builder.parse.positions import place_of
from builder.parse.tree import classes, text_of, walk
from builder.slugs import slug
from builder.source import Source

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
CHECKLIST_CLASS = "checklist"


def give_ids(body: Element, chapter_id: str) -> None:
    """Prefix every id with the chapter's, and give one to each heading without.

    A heading's id comes from its words; the second of the same words gets ``-2``.
    """
    taken = set()
    for element in body.iter():
        own = element.get("id", "")
        if own and not own.startswith(("fn:", "fnref")):
            element.set("id", f"{chapter_id}.{own}")
            taken.add(f"{chapter_id}.{own}")
        for key in ("for", "headers", "aria-labelledby", "aria-describedby"):
            if value := element.get(key):
                element.set(key, " ".join(f"{chapter_id}.{name}" for name in value.split()))
    for heading in walk(body, *LEVELS):
        if not heading.get("id"):
            name = unique(f"{chapter_id}.{slug(text_of(heading)) or 'section'}", taken)
            heading.set("id", name)


def unique(name: str, taken: set[str]) -> str:
    """The name, or the name with the first number that is free; it is taken from then on."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
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
        if heading.level > level + 1:
            yield Diagnostic(
                "skipped-level",
                f'heading "{heading.title}" skips from level {level} to {heading.level}',
                heading.place,
                f"begin it with {'#' * (level + 1)}",
            )
        level = heading.level


def _is_checklist(element: Element, word: str) -> bool:
    names = (word.casefold(), CHECKLIST_CLASS)
    return CHECKLIST_CLASS in classes(element) or text_of(element).casefold() in names
