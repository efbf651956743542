"""The book as frozen data: what reading, parsing and resolving hand on to each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args
from xml.etree.ElementTree import Element

from builder.cache import key
from builder.config import Config, Countable, Edition, Listable
from builder.diagnostics import Place
from builder.glossary import Term, TermMark, TermUses
from builder.index import Index, IndexMark
from builder.source import Source

Role = Literal["front", "part", "chapter", "appendix", "back"]
Kind = Literal[
    "about-the-author",
    "acknowledgments",
    "afterword",
    "bibliography",
    "chapter",
    "colophon",
    "conclusion",
    "dedication",
    "epigraph",
    "epilogue",
    "foreword",
    "glossary",
    "index",
    "introduction",
    "part",
    "preface",
    "prologue",
]
Output = Literal["print", "epub"]

ROLES: tuple[Role, ...] = get_args(Role)
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the head of a chapter's file says about it, in YAML or TOML."""

    title: str = ""
    id: str = ""
    role: Role | None = None
    kind: Kind | None = None
    label: str = ""
    number: bool | int | str | None = True
    running_head: str = ""
    language: str = ""
    edition: Literal["leader"] | None = None


@dataclass(frozen=True, slots=True)
class Included:
    """A file that a chapter includes code from: its path in the book and its text, if it has one.

    ``near`` is the path most like one that is missing.
    """

    path: str
    text: str = ""
    problem: Literal["", "missing", "no-text", "outside"] = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """One listed file of the manuscript: its text, its head, and its role in the book.

    ``cites`` says that the book has a bibliography, so that citations are read as such.
    """

    source: Source
    front_matter: FrontMatter
    role: Role
    kind: Kind
    id: str
    body_start: int
    included: tuple[Included, ...] = ()
    cites: bool = False


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The file of sources, BibTeX or CSL-JSON, and the style in which they are cited.

    ``style_text`` is the style itself where it is a file of the book. ``is_whole`` says that
    sources are listed that are not cited.
    """

    source: Source
    style: str
    style_text: str
    style_place: Place | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The folder as read: the configuration and the chapters in reading order."""

    root: Path
    config: Config
    files: tuple[ChapterFile, ...]
    bibliography: Bibliography | None = None

    def withheld(self, edition: Edition) -> frozenset[str]:
        """The paths of the files that an edition is without."""
        return leaders_own(self.files) if edition == "reader" else frozenset()


def leaders_own(files: Iterable[ChapterFile]) -> frozenset[str]:
    """The paths of the files for the leader alone; a part takes its chapters with it."""
    paths, is_in_part = set(), False
    for file in files:
        is_leaders = file.front_matter.edition == "leader"
        is_in_part = is_leaders if file.role == "part" else is_in_part and file.role == "chapter"
        if is_leaders or is_in_part:
            paths.add(file.source.path)
    return frozenset(paths)


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
    marks and the tasks under it, of the class "leader" where it is for the leader. ``first`` is
    the number of the first task under it, where those are numbered.
    """

    id: str
    text: str
    body: Element
    is_done: bool
    place: Place
    items: tuple["Item", ...] = ()
    marks: Marks = Marks()
    first: int | None = None


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """Every task, each before those under it."""
    for item in items:
        yield item
        yield from flat(item.items)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A task list; ``is_main`` marks the one under the chapter's heading "Checklist".

    ``intro`` is what stands between that heading and the list, ``first`` the number of the
    first task where they are numbered.
    """

    anchor: str
    title: str
    items: tuple[Item, ...]
    is_main: bool
    place: Place
    intro: tuple[Element, ...] = ()
    first: int | None = None


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


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a chapter as trees: its body, its notes, and what is in them."""

    body: Element
    notes: tuple[Note, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    index_marks: tuple[IndexMark, ...] = ()
    terms: tuple[Term, ...] = ()
    term_marks: tuple[TermMark, ...] = ()


class Later:
    """A text that is made when it is first read; what it is made from is let go then.

    So a chapter that has been reworked holds one tree, and not one for each step.
    """

    __slots__ = ("_make", "_text")

    def __init__(self, make: Callable[[], Text]) -> None:
        self._make: Callable[[], Text] | None = make
        self._text = Text(Element("body"))

    def __call__(self) -> Text:
        """The text, the same each time."""
        if self._make is not None:
            self._text, self._make = self._make(), None
        return self._text


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter parsed for one output: what is in it, and its text, read when it is wanted.

    ``targets`` are the ids that its links into the book lead to, once they are resolved.

    ``key`` names all that the text depends on: under the same key, the text is the same. So
    what was made of a text can be kept, and the text of most chapters need not be read.
    """

    file: ChapterFile
    survey: Survey
    key: str
    read: Callable[[], Text] = field(repr=False, compare=False)
    targets: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The chapter's own id, the prefix of every id in it."""
        return self.file.id

    @property
    def title(self) -> str:
        """The chapter's title, plain."""
        return self.survey.title

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return self.survey.headings

    @property
    def images(self) -> tuple[Image, ...]:
        """The images that the chapter shows."""
        return self.survey.images

    @property
    def body(self) -> Element:
        """The chapter's tree."""
        return self.read().body

    @property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes in order."""
        return self.read().notes

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """The task lists in order."""
        return self.read().checklists

    def reworked(self, work: Callable[[Text], Text], *depends: str) -> "Chapter":
        """The chapter with work to be done on a copy of its text when that is read.

        ``depends`` has to say everything that the work depends on but for the text.
        """

        def read() -> Text:
            return work(self.read())

        return replace(self, key=key(self.key, *depends), read=Later(read))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A chapter with its number: ``label`` and ``number`` are empty where it has none."""

    chapter: Chapter
    label: str
    number: str

    @property
    def id(self) -> str:
        """The chapter's own id."""
        return self.chapter.id

    @property
    def title(self) -> str:
        """The chapter's title, plain."""
        return self.chapter.title

    @property
    def caption(self) -> str:
        """Label and number as printed above the title: ``Step 7``."""
        return f"{self.label} {self.number}".strip()

    @property
    def full_title(self) -> str:
        """Caption and title as a reference names them: ``Step 7, Know what you want``."""
        return ", ".join(part for part in (self.caption, self.title) if part)


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
