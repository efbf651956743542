"""Page breaks of running text: what stands alone at the foot or the head of a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from builder.render.pdf.gathering import Flaw

# A chapter's last page holds at least this many lines.
LEAST_LINES = 4
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text: the block that it stands in, where on the page, its first words."""

    page: int
    place: int
    block: object
    is_heading: bool
    top: float
    words: str
    letters: int


@dataclass(slots=True)
class Findings:
    """What was met on the way through the boxes of all pages.

    ``solid_pages`` hold pictures or lines to write on, or lie on their side; ``checklist_pages``
    a checklist, with its block; ``heads`` are the heads of tables with the page that they first
    stand on.
    """

    lines: list[Line] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    blocks: dict[int, tuple[int, int]] = field(default_factory=dict)
    checklist_pages: dict[int, int] = field(default_factory=dict)
    solid_pages: set[int] = field(default_factory=set)
    heads: dict[object, int] = field(default_factory=dict)


def page_starts(found: Findings, count: int) -> Iterator[tuple[int, int]]:
    """Where in the text each page begins."""
    letters: dict[int, int] = {}
    starts: dict[int, tuple[int, int]] = {}
    for line in found.lines:
        if line.place >= 0:
            before = letters.get(line.place, 0)
            starts.setdefault(line.page, (line.place, before))
            letters[line.place] = before + line.letters
    yield from (starts.get(page, (_NOWHERE, 0)) for page in range(count))


def find_breaks(found: Findings) -> Iterator[Flaw]:
    """Headings at the foot of a page, and single lines of a paragraph on a page."""
    pages: dict[int, list[Line]] = {}
    for line in found.lines:
        pages.setdefault(line.page, []).append(line)
    for above, below in pairwise(sorted(pages)):
        if above + 1 != below or below in found.checklist_pages:
            continue
        last, first = pages[above][-1], pages[below][0]
        if last.is_heading and above not in found.solid_pages:
            yield Flaw("stranded-heading", above, last.place, last.words)
        elif last.block is first.block and last.place == first.place:
            yield from _single_lines(pages[above], pages[below], pages.get(below + 1, []))


def _single_lines(
    above: Sequence[Line], below: Sequence[Line], after: Sequence[Line]
) -> Iterator[Flaw]:
    last, first = above[-1], below[0]
    tail = _count(reversed(above), last.block)
    if tail == 1 and len(above) > 1:
        yield Flaw("orphan-line", last.page, last.place, last.words)
    goes_on = len(_tops(below)) == _count(below, first.block) and any(
        line.block is first.block for line in after[:1]
    )
    if _count(below, first.block) == 1 and not goes_on:
        yield Flaw("widow-line", first.page, first.place, first.words)


def _count(lines: Iterable[Line], block: object) -> int:
    count = 0
    for line in lines:
        if line.block is not block:
            break
        count += 1
    return count


def _tops(lines: Iterable[Line]) -> set[int]:
    return {round(line.top) for line in lines}


def find_short_pages(found: Findings, count: int) -> Iterator[Flaw]:
    """The last page of the text where it holds next to nothing, with pages before it."""
    ends = {min(found.checklist_pages) - 1} if found.checklist_pages else {count - 1}
    for end in ends:
        lines = [line for line in found.lines if line.page == end]
        if end < 1 or end in found.solid_pages or not lines:
            continue
        if len(_tops(lines)) < LEAST_LINES:
            number = str(len(_tops(lines)))
            yield Flaw("short-last-page", end, lines[0].place, lines[0].words, number)


def find_split_checklists(found: Findings) -> Iterator[Flaw]:
    """A chapter's checklist where it did not stay on one page."""
    if len(found.checklist_pages) > 1:
        first = min(found.checklist_pages)
        lines = [line for line in found.lines if line.page == first]
        titles = [line for line in lines if line.is_heading] or lines
        place = titles[0].place if titles else found.checklist_pages[first]
        yield Flaw("split-checklist", first, place, "", str(len(found.checklist_pages)))
