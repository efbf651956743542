"""A big book from a seed, with everything that books on programming hold.

Run by itself, it writes one: ``python -m benchmarks.big_book FOLDER [SCALE]``.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.language import Language
from benchmarks.listings import listing
from benchmarks.pictures import diagram, photograph

SEED = 7
CHAPTERS = 23
# About so many pages have the chapters in turn.
_PAGES = (22, 28, 33, 27, 35, 39)
_LINES_ON_PAGE = 34
_LETTERS_ON_LINE = 66
_PAGES_IN_SECTION = 4
_CONFIG = """\
title = "A Big Book"
subtitle = "Made to be measured"
authors = ["Nobody in Particular"]
language = "en"
date = 2026-01-01
name = "book"

[pdf]
contents_depth = 2
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown, and about how many lines it takes on a page."""

    text: str
    lines: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What all chapters know of each other: how many sections each one has."""

    sections: tuple[int, ...]

    def goal(self, chance: Random, number: int) -> str:
        """The address of a section, every other time in the same chapter."""
        chapter = number if chance.random() < 0.5 else chance.randint(1, len(self.sections))
        section = chance.randint(1, self.sections[chapter - 1])
        return f"{chapter_name(chapter)}#section-{chapter}-{section}"


def chapter_name(number: int) -> str:
    """The file of a chapter."""
    return f"chapter-{number:03}.md"


def write_big_book(folder: Path, scale: float = 1.0) -> Path:
    """Write the book; at scale 1 it has 23 chapters and about 740 pages of 6 x 9 inches."""
    language = Language(SEED)
    count = max(round(CHAPTERS * scale), 2)
    plan = Plan(tuple(_pages(number) // _PAGES_IN_SECTION for number in range(1, count + 1)))
    (folder / "img").mkdir(parents=True)
    (folder / "book.toml").write_text(_CONFIG, encoding="utf-8")
    for number in range(1, count + 1):
        chapter = _Chapter(language, plan, number)
        (folder / chapter_name(number)).write_text(chapter.text(), encoding="utf-8")
        for name, data in chapter.images.items():
            (folder / "img" / name).write_bytes(data)
    return folder


def long_chapter(count: int) -> int:
    """The number of a chapter of 40 pages, in the middle of a book of so many chapters."""
    turns = len(_PAGES)
    return min(max(round(count / 2 / turns), 1) * turns, count)


def with_word_changed(chapter: str) -> str:
    """A chapter with one word changed in the middle, for one as long."""
    blocks, at = _middle(chapter)
    words = blocks[at].split(" ")
    longest = max((word for word in words if word.isalpha()), key=len)
    words[words.index(longest)] = longest[0] + longest[:0:-1]
    blocks[at] = " ".join(words)
    return "\n\n".join(blocks)


def with_pages_more(chapter: str, pages: int) -> str:
    """A chapter with about so many pages of prose more in the middle."""
    blocks, at = _middle(chapter)
    language, chance = Language(SEED), Random(f"{SEED} more")
    lines = 0.0
    while lines < pages * _LINES_ON_PAGE:
        blocks.insert(at, language.paragraph(chance))
        lines += _height(blocks[at])
    return "\n\n".join(blocks)


def _middle(chapter: str) -> tuple[list[str], int]:
    """The blocks of a chapter, and which of them is prose in the middle."""
    blocks = chapter.split("\n\n")
    prose = [at for at, block in enumerate(blocks) if block[0].isalpha() and len(block) > 200]
    return blocks, prose[len(prose) // 2]


def _pages(number: int) -> int:
    return _PAGES[(number - 1) % len(_PAGES)]


def _height(text: str) -> float:
    return len(text) // _LETTERS_ON_LINE + 1


class _Chapter:
    """One chapter as it is written: its text, and the images that it shows."""

    def __init__(self, language: Language, plan: Plan, number: int) -> None:
        self.images: Mapping[str, bytes] = {}
        self._language, self._plan, self._number = language, plan, number
        self._chance = Random(f"chapter {SEED} {number}")
        self._notes = 0
        self._kinds: tuple[tuple[Callable[[], Block], int], ...] = (
            (self._paragraph, 62),
            (self._listing, 9),
            (self._list, 7),
            (self._table, 4),
            (self._heading, 4),
            (self._quotation, 3),
            (self._figure, 3),
        )

    def text(self) -> str:
        """The chapter's Markdown."""
        return "\n\n".join(self._blocks()) + "\n"

    def _blocks(self) -> Iterator[str]:
        yield f"# {self._language.title(self._chance)}"
        count = self._plan.sections[self._number - 1]
        # The opening and the checklist take a page and a half.
        room = (_pages(self._number) - 1.5) * _LINES_ON_PAGE / count
        yield self._language.paragraph(self._chance)
        for section in range(1, count + 1):
            title = self._language.title(self._chance)
            yield f"## {title} {{#section-{self._number}-{section}}}"
            yield from self._section(room)
        yield "## Checklist"
        yield "\n".join(f"- [ ] {self._sentence()}" for _ in range(self._chance.randint(4, 9)))

    def _section(self, room: float) -> Iterator[str]:
        lines = 3.0
        kinds, weights = zip(*self._kinds, strict=True)
        while lines < room:
            block = self._paragraph() if lines == 3.0 else self._chance.choices(kinds, weights)[0]()
            yield block.text
            lines += block.lines

    def _sentence(self) -> str:
        return self._language.sentence(self._chance)

    def _paragraph(self) -> Block:
        text = self._language.paragraph(self._chance)
        height = _height(text)
        if self._chance.random() < 0.18:
            label = self._language.names(self._chance, 1)[0]
            words = "" if self._chance.random() < 0.5 else f"the part about {label}"
            text += f" See [{words}]({self._plan.goal(self._chance, self._number)}) for the rest."
            height += 1
        if self._chance.random() < 0.1:
            self._notes += 1
            note = self._sentence()
            text += f"[^{self._notes}]\n\n[^{self._notes}]: {note}"
            height += _height(note)
        return Block(text, height)

    def _heading(self) -> Block:
        paragraph = self._paragraph()
        title = self._language.title(self._chance)
        return Block(f"### {title}\n\n{paragraph.text}", paragraph.lines + 2)

    def _listing(self) -> Block:
        lines = listing(self._language.names(self._chance, 8), self._chance)
        return Block("\n".join(lines), len(lines) * 0.8 + 1)

    def _list(self) -> Block:
        items = [self._sentence() for _ in range(self._chance.randint(3, 7))]
        sign = self._chance.choice(("-", "1."))
        text = "\n".join(f"{sign} {item}" for item in items)
        return Block(text, sum(map(_height, items)) + 1)

    def _table(self) -> Block:
        columns, rows = self._chance.randint(3, 5), self._chance.randint(3, 10)
        heads = [name.title() for name in self._language.names(self._chance, columns)]
        lines = [heads, ["---"] * columns]
        for _ in range(rows):
            words = self._language.words(self._chance, columns - 1)
            lines.append([*words, str(self._chance.randrange(100_000))])
        text = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return Block(text, rows * 1.3 + 4)

    def _quotation(self) -> Block:
        text = self._language.paragraph(self._chance)
        return Block(f"> {text}", _height(text) * 1.15 + 1)

    def _figure(self) -> Block:
        stem = f"{self._number:03}-{len(self.images) + 1}"
        if self._chance.random() < 0.7:
            name = f"{stem}.svg"
            labels = self._language.names(self._chance, self._chance.randint(3, 6))
            data = diagram(labels, self._chance).encode()
        else:
            name, data = f"{stem}.png", photograph(self._chance)
        self.images = {**self.images, name: data}
        alt = self._sentence().replace('"', "").replace("`", "").replace("*", "")
        return Block(f'![{alt}](img/{name} "{self._language.title(self._chance)}")', 17)


if __name__ == "__main__":
    write_big_book(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
