"""Numbers of figures, tables and listings: by chapter, as in Figure 3.2."""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from xml.etree.ElementTree import Element

from builder.book import Chapter, Numbered, Text
from builder.config import Config, Countable
from builder.parse.captions import find_captions
from builder.parse.equations import NUMBER as EQUATION_NUMBER
from builder.parse.headings import unique
from builder.parse.tree import add_class, new
from builder.words import Words

# The class of a number before its caption.
NUMBER = "caption-number"
# Between a number and its caption: an en space.
_GAP = "\u2002"


@dataclass(frozen=True, slots=True)
class Counted:
    """What has a caption, by the id that names it; number and label are empty where it has none.

    The number is ``3.2``, the label ``Figure 3.2``.
    """

    kind: Countable
    anchor: str
    number: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class CountedBook:
    """The chapters with the numbers written into their captions, and all that has a caption."""

    chapters: tuple[Numbered, ...]
    counted: tuple[Counted, ...] = ()

    @property
    def labels(self) -> Mapping[str, str]:
        """The label of each id that has one."""
        return {each.anchor: each.label for each in self.counted if each.label}


def number_captions(chapters: tuple[Numbered, ...], config: Config, words: Words) -> CountedBook:
    """Number what the book wants numbered, and name all of which it wants lists.

    The count begins anew in each chapter, behind the chapter's number. In chapters without
    a number it goes on from one to the next, and so it does through the whole book where two
    chapters have the same number (Step 1, Question 1).
    """
    kinds = frozenset((*config.numbered, *config.pdf.lists, *config.epub.lists))
    counter = _Counter(config.numbered, words, _has_twins(chapters))
    made: list[Numbered] = []
    counted: list[Counted] = []
    for numbered in chapters:
        found = tuple(
            counter.count(kind, anchor, numbered.number)
            for kind, anchor in _named(numbered.chapter, kinds)
        )
        counted += found
        chapter = numbered.chapter.reworked(
            partial(_write, kinds, found, words.lang), "captions", repr(found)
        )
        made.append(replace(numbered, chapter=chapter) if found else numbered)
    return CountedBook(tuple(made), tuple(counted))


@dataclass(frozen=True, slots=True)
class _Counter:
    """Counts each kind by itself, behind the number of its chapter."""

    kinds: tuple[Countable, ...]
    words: Words
    through_the_book: bool
    counts: Counter[tuple[Countable, str]] = field(default_factory=Counter)

    def count(self, kind: Countable, anchor: str, chapter: str) -> Counted:
        """The next of its kind in a chapter of that number."""
        if kind not in self.kinds:
            return Counted(kind, anchor)
        before = "" if self.through_the_book else chapter
        self.counts[kind, before] += 1
        number = ".".join(filter(None, (before, str(self.counts[kind, before]))))
        return Counted(kind, anchor, number, _label_of(kind, self.words).format(number=number))


def _label_of(kind: Countable, words: Words) -> str:
    labels: Mapping[Countable, str] = {
        "figures": words.figure,
        "tables": words.table,
        "listings": words.listing,
        "equations": words.equation,
    }
    return labels[kind]


def _has_twins(chapters: tuple[Numbered, ...]) -> bool:
    numbers = Counter(each.number for each in chapters if each.number)
    return any(count > 1 for count in numbers.values())


def _named(chapter: Chapter, kinds: frozenset[Countable]) -> Iterator[tuple[Countable, str]]:
    """What has a caption, with its id: the author's, else one that is made here."""
    taken = {*chapter.survey.anchors}
    counts: Counter[Countable] = Counter()
    for caption in chapter.survey.captions:
        if caption.kind in kinds:
            counts[caption.kind] += 1
            name = f"{chapter.id}.{caption.kind.removesuffix('s')}-{counts[caption.kind]}"
            yield caption.kind, caption.anchor or unique(name, taken)


def _write(
    kinds: frozenset[Countable], counted: tuple[Counted, ...], lang: Mapping[str, str], text: Text
) -> Text:
    """A copy of the text with ids and numbers of its captions written into it."""
    body = deepcopy(text.body)
    captions = [each for each in find_captions(body) if each.kind in kinds]
    for captioned, found in zip(captions, counted, strict=True):
        captioned.element.set("id", found.anchor)
        if found.label and found.kind == "equations":
            _write_beside(found.number, captioned.element)
        elif found.label:
            _write_before(found.label, lang, captioned.caption)
    return replace(text, body=body)


def _write_before(label: str, lang: Mapping[str, str], caption: Element) -> None:
    number = new("span", label, class_=NUMBER, **lang)
    number.tail, caption.text = f"{_GAP}{(caption.text or '').lstrip()}", None
    caption.insert(0, number)


def _write_beside(number: str, equation: Element) -> None:
    """The number at the end of an equation's line."""
    add_class(equation, "numbered")
    equation.text, equation[-1].tail = " ", " "
    equation.append(new("span", f"({number})", class_=EQUATION_NUMBER))
