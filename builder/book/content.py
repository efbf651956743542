"""What is in a chapter: headings, notes, tasks and all else that the book has to know of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from builder.config import Countable
from builder.diagnostics import Place
from builder.glossary import Term, TermMark
from builder.index import IndexMark


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a chapter; the first of level 1 is the chapter's title."""

    anchor: str
    level: int
    title: str
    place: Place
    is_checklist: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A link that points into the book: ``path`` is empty for the same chapter."""

    target: str
    path: str
    fragment: str
    is_empty: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Image:
    """An image that a chapter shows, by its path within the book; pixels from its file."""

    path: str
    alt: str
    width: int
    height: int
    place: Place
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: numbered from 1 within its chapter, in the order of first reference.

    ``is_leaders`` says that its text stands in a block for the leader.
    """

    number: int
    label: str
    anchor: str
    body: Element
    place: Place
    is_leaders: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a task say: when to do it, and the minutes that it takes.

    ``day`` is that of the week where there is a week, else that of all days.
    """

    week: int | None = None
    day: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a checklist, with the tasks nested under it.

    ``text`` are its words, without marks; ``body`` is its content without box, ids, footnote
    marks and the tasks under it, of the class "leader" where it is for the leader. ``number`` is
    its own where the list is numbered.
    """

    id: str
    text: str
    body: Element
    is_done: bool
    place: Place
    items: tuple["Item", ...] = ()
    marks: Marks = Marks()
    number: int | None = None


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """Every task, each before those under it."""
    for item in items:
        yield item
        yield from flat(item.items)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A task list; ``is_main`` marks the one under the chapter's heading "Checklist".

    ``intro`` is what stands between that heading and the list.
    """

    anchor: str
    title: str
    items: tuple[Item, ...]
    is_main: bool
    place: Place
    intro: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption by what it counts as, and the author's id for what it belongs to."""

    kind: Countable
    anchor: str


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of a citation, with the words before it and behind it."""

    key: str
    before: str = ""
    after: str = ""
    is_without_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as written, and the sources that it names.

    ``is_in_text`` says that the author is part of the sentence, ``is_in_note`` that it stands
    in a footnote.
    """

    written: str
    cited: tuple[Cited, ...]
    is_in_text: bool
    is_in_note: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is in a chapter for one output, as plain data: all that other chapters see of it.

    ``has_tasks`` says that there is a checklist.
    ``titles`` holds the words of ids that name something with words of its own, ``letters``
    every letter of the text once. ``withheld`` names the ids that this edition is without.
    ``lists_sources`` says that the list of sources stands in it.
    ``is_broken`` says that the text could not be read, so that nothing is known of it.
    """

    title: str
    headings: tuple[Heading, ...] = ()
    references: tuple[Reference, ...] = ()
    images: tuple[Image, ...] = ()
    captions: tuple[Caption, ...] = ()
    anchors: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    letters: str = ""
    has_tasks: bool = False
    withheld: tuple[str, ...] = ()
    index_marks: tuple[IndexMark, ...] = ()
    citations: tuple[Citation, ...] = ()
    lists_sources: bool = False
    terms: tuple[Term, ...] = ()
    term_marks: tuple[TermMark, ...] = ()
    is_broken: bool = False
