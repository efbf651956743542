"""A chapter for one output: what is in it, and its text as trees, read when it is wanted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from builder.book.content import Checklist, Heading, Image, Note, Survey
from builder.book.manuscript import ChapterFile
from builder.cache import key
from builder.glossary import Term, TermMark
from builder.index import IndexMark


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
    """A chapter with its number: ``label`` and ``number`` are empty where it has none.

    ``language`` is that of the label, and of a title without one, where it is not the book's.
    """

    chapter: Chapter
    label: str
    number: str
    language: str = ""

    @property
    def lang(self) -> Mapping[str, str]:
        """The attribute of an element with the label."""
        return {"lang": self.language} if self.language else {}

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
