"""The index as data: the marks in the text, and the entries that are made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from builder.diagnostics import Place

# An entry from the outermost in: ("pump", "hand pump").
Path = tuple[str, ...]
Extent = Literal["point", "from", "to"]


@dataclass(frozen=True, slots=True)
class IndexMark:
    """A mark of the author's: the entries that it stands for, and where it lies.

    ``anchor`` is empty where the mark only says where else to look: ``sees`` are the entries to
    look at instead, ``also`` those to look at as well. ``section`` is the heading that it lies
    under; ``sort`` what its entries are sorted by, if not by themselves; ``is_in_note`` says that
    it lies in a footnote.
    """

    paths: tuple[Path, ...]
    anchor: str
    section: str
    place: Place
    extent: Extent = "point"
    is_main: bool = False
    sees: tuple[Path, ...] = ()
    also: tuple[Path, ...] = ()
    sort: str = ""
    is_in_note: bool = False


@dataclass(frozen=True, slots=True)
class Locator:
    """A place of the text that an entry leads to; ``last`` is the end of a range, or empty.

    ``is_in_note`` says that it lies in a footnote, where it is no range.
    """

    chapter_id: str
    section: str
    anchor: str
    last: str = ""
    last_chapter_id: str = ""
    is_main: bool = False
    is_in_note: bool = False


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Another entry of the index to look at: the id that it has there, and its words."""

    anchor: str
    path: Path


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entry: its words, where it leads, and what stands under it.

    Asterisks around words of ``term`` set them in italics.
    """

    anchor: str
    term: str
    locators: tuple[Locator, ...] = ()
    sees: tuple[CrossReference, ...] = ()
    also: tuple[CrossReference, ...] = ()
    entries: tuple["IndexEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The entries of one letter; those of signs and figures have none."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All entries, sorted."""

    groups: tuple[IndexGroup, ...] = ()

    @property
    def anchors(self) -> frozenset[str]:
        """The places of the text that it leads to."""
        entries = (entry for group in self.groups for entry in _flat(group.entries))
        locators = (locator for entry in entries for locator in entry.locators)
        return frozenset(name for each in locators for name in (each.anchor, each.last) if name)


def paths_of(text: str) -> tuple[Path, ...]:
    """``pump > hand; water`` -> ``("pump", "hand")`` and ``("water",)``."""
    paths = (tuple(" ".join(name.split()) for name in each.split(">")) for each in text.split(";"))
    return tuple(path for path in paths if any(path))


def emphases(term: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a term, and whether each is set in italics: ``*The Tempest*, staged``."""
    pieces = term.split("*")
    if not len(pieces) % 2:
        yield term, False
        return
    yield from ((piece, bool(at % 2)) for at, piece in enumerate(pieces) if piece)


def plain_term(term: str) -> str:
    """A term without the signs of italics."""
    return "".join(piece for piece, _ in emphases(term))


def _flat(entries: Iterable[IndexEntry]) -> Iterator[IndexEntry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.entries)
