"""What is to be reached, from what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from benchmarks import tasks
from benchmarks.measure import Run, typical
from benchmarks.report import Goal

_MEGABYTE = 1_000_000
_STEADY = 1.15
# All runs of each task.
Results = Mapping[str, Sequence[Run]]


@dataclass(frozen=True, slots=True)
class Size:
    """A size of the book: its pages, its cold build, and its build where all parts are kept."""

    pages: int
    cold: str
    bound: str


def press_goals(results: Results, imports_weasyprint: bool) -> list[Goal]:
    """What the press is to reach beside others, as far as these are installed."""
    edited = typical(results[tasks.EDITED]).seconds
    every = (
        Goal("cold, of one document", _ratio(results, tasks.COLD, tasks.ONE), 0.4),
        Goal(
            "cold, of pandoc with WeasyPrint",
            _ratio(results, tasks.COLD, tasks.WITH_WEASYPRINT),
            0.5,
        ),
        Goal("a word edited", edited, 3, " s"),
        Goal("a word edited, of one document", _ratio(results, tasks.EDITED, tasks.ONE), 0.07),
        Goal(
            "a word edited, of pandoc with Typst",
            _ratio(results, tasks.EDITED, tasks.WITH_TYPST),
            1,
        ),
        Goal("10 pages more, of one document", _ratio(results, tasks.GROWN, tasks.ONE), 0.1),
        Goal("nothing changed, of one document", _ratio(results, tasks.UNCHANGED, tasks.ONE), 0.01),
        Goal("nothing changed: WeasyPrint imported", float(imports_weasyprint), 0),
    )
    return [goal for goal in every if goal.figure == goal.figure]


def growth_goals(results: Results, sizes: Sequence[Size]) -> Iterator[Goal]:
    """What the press is to hold to as the book grows, the sizes from small to large."""
    _, whole, *large = sizes
    yield Goal(_binding(whole), _bound(results, whole), 0.1, " s")
    for size in large:
        yield Goal(_binding(size), _bound(results, size), 1, " s")
        memory = typical(results[size.bound]).parent / _MEGABYTE
        yield Goal(f"{_binding(size)}: memory of the process", memory, 150, " MB")
    worker = typical(results[whole.cold]).worker
    yield Goal(f"memory of a worker, {whole.pages} pages", worker / _MEGABYTE, 170, " MB")
    for fewer, more in pairwise(sizes):
        step = f"{more.pages} to {fewer.pages} pages"
        one, other = typical(results[more.cold]), typical(results[fewer.cold])
        yield Goal(f"memory of a worker, {step}", one.worker / other.worker, _STEADY)
        a_page = one.seconds / more.pages / (other.seconds / fewer.pages)
        yield Goal(f"cold time a page, {step}", a_page, _STEADY)


def epub_goals(results: Results) -> list[Goal]:
    """What the e-book is to reach beside pandoc's, where pandoc is installed."""
    if tasks.PANDOC_EPUB not in results:
        return []
    seconds = {name: typical(runs).seconds for name, runs in results.items()}
    theirs = seconds[tasks.PANDOC_EPUB]
    return [
        Goal("EPUB cold, of pandoc's", seconds[tasks.EPUB] / theirs, 0.6),
        Goal("EPUB with a word edited, of pandoc's", seconds[tasks.EPUB_EDITED] / theirs, 0.15),
    ]


def _ratio(results: Results, ours: str, theirs: str) -> float:
    """The seconds of one task in those of another; not a number where one was not run."""
    if ours not in results or theirs not in results:
        return float("nan")
    return typical(results[ours]).seconds / typical(results[theirs]).seconds


def _binding(size: Size) -> str:
    return f"binding alone, {size.pages} pages"


def _bound(results: Results, size: Size) -> float:
    """The seconds of binding in runs where everything else was in the cache."""
    return median(tasks.binding_seconds(run) for run in results[size.bound])
