"""The whole book: its chapters numbered, every reference resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from builder.book.chapter import Numbered
from builder.book.content import Image
from builder.book.manuscript import Role
from builder.config import Config, Listable
from builder.glossary import TermUses
from builder.index import Index


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents, with the lines under it."""

    anchor: str
    chapter_id: str
    number: str
    title: str
    role: Role
    entries: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What an anchor names: the chapter it lies in and the words of a reference to it.

    ``is_numbered`` says that the words are a number: ``Figure 3.2``.
    """

    anchor: str
    chapter_id: str
    title: str
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list of figures, tables or listings: the caption without its number."""

    anchor: str
    number: str
    label: str
    title: Element


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book for one output, everything numbered and every reference resolved.

    ``term_uses`` holds, by the id of each term, where chapters first lead to it.
    """

    root: Path
    config: Config
    chapters: tuple[Numbered, ...]
    contents: tuple[Entry, ...]
    targets: Mapping[str, Target]
    lists: Mapping[Listable, tuple[ListLine, ...]] = field(default_factory=dict)
    index: Index = field(default_factory=Index)
    term_uses: TermUses = field(default_factory=dict)

    @property
    def images(self) -> tuple[Image, ...]:
        """Every image once, by path."""
        found = {image.path: image for item in self.chapters for image in item.chapter.images}
        return tuple(found[path] for path in sorted(found))
