"""What the press is to reach, from what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from benchmarks import tasks
from benchmarks.measure import Run, typical
from benchmarks.report import Goal

_MEGABYTE = 1_000_000
_STEADY = 1.15


@dataclass(frozen=True)
class Facts:
    """All runs by the name of their task, and what else has to be known."""

    results: Mapping[str, Sequence[Run]]
    pages: int
    quarter_pages: int
    large_pages: int
    imports_weasyprint: bool

    @cached_property
    def medians(self) -> Mapping[str, Run]:
        """The typical run of each task."""
        return {name: typical(runs) for name, runs in self.results.items()}

    def ratio(self, ours: str, theirs: str) -> float:
        """The seconds of one task in those of another; not a number where one was not run."""
        if ours not in self.medians or theirs not in self.medians:
            return float("nan")
        return self.medians[ours].seconds / self.medians[theirs].seconds


def goals(facts: Facts) -> list[Goal]:
    """Every goal that could be measured, in the order of the plan."""
    every = (*_times(facts), *_binding(facts), *_memory(facts), *_growth(facts))
    return [goal for goal in every if goal.figure == goal.figure]


def epub_goals(results: Mapping[str, Sequence[Run]]) -> list[Goal]:
    """What the e-book is to reach beside pandoc's, where pandoc is installed."""
    if tasks.PANDOC_EPUB not in results:
        return []
    seconds = {name: typical(runs).seconds for name, runs in results.items()}
    theirs = seconds[tasks.PANDOC_EPUB]
    return [
        Goal("EPUB cold, of pandoc's", seconds[tasks.EPUB] / theirs, 0.6),
        Goal("EPUB with a word edited, of pandoc's", seconds[tasks.EPUB_EDITED] / theirs, 0.15),
    ]


def _times(facts: Facts) -> Iterator[Goal]:
    yield Goal("cold, of one document", facts.ratio(tasks.COLD, tasks.ONE), 0.4)
    yield Goal(
        "cold, of pandoc with WeasyPrint", facts.ratio(tasks.COLD, tasks.WITH_WEASYPRINT), 0.5
    )
    yield Goal("a word edited", facts.medians[tasks.EDITED].seconds, 3, " s")
    yield Goal("a word edited, of one document", facts.ratio(tasks.EDITED, tasks.ONE), 0.07)
    yield Goal(
        "a word edited, of pandoc with Typst", facts.ratio(tasks.EDITED, tasks.WITH_TYPST), 1
    )
    yield Goal("10 pages more, of one document", facts.ratio(tasks.GROWN, tasks.ONE), 0.1)
    yield Goal("nothing changed, of one document", facts.ratio(tasks.UNCHANGED, tasks.ONE), 0.01)
    yield Goal("nothing changed: WeasyPrint imported", float(facts.imports_weasyprint), 0)


def _binding(facts: Facts) -> Iterator[Goal]:
    yield Goal(f"binding alone, {facts.pages} pages", _bound(facts, tasks.BOUND), 0.1, " s")
    if facts.large_pages:
        name = f"binding alone, {facts.large_pages} pages"
        yield Goal(name, _bound(facts, tasks.LARGE_BOUND), 1, " s")
        memory = facts.medians[tasks.LARGE_BOUND].parent / _MEGABYTE
        yield Goal(f"{name}: memory of the process", memory, 150, " MB")


def _memory(facts: Facts) -> Iterator[Goal]:
    worker = facts.medians[tasks.COLD].worker
    yield Goal("memory of a worker, cold", worker / _MEGABYTE, 170, " MB")
    quarter = facts.medians[tasks.QUARTER].worker
    name = f"memory of a worker, {facts.pages} to {facts.quarter_pages} pages"
    yield Goal(name, worker / quarter, _STEADY)


def _growth(facts: Facts) -> Iterator[Goal]:
    quarter, whole = facts.quarter_pages, facts.pages
    steps = [(whole, tasks.COLD, quarter, tasks.QUARTER)]
    if facts.large_pages:
        steps.append((facts.large_pages, tasks.LARGE, whole, tasks.COLD))
    for pages, name, fewer, other in steps:
        ratio = facts.ratio(name, other) * fewer / pages
        yield Goal(f"cold time a page, {pages} to {fewer} pages", ratio, _STEADY)


def _bound(facts: Facts, name: str) -> float:
    """The seconds of binding in runs where everything else was in the cache."""
    return median(tasks.binding_seconds(run) for run in facts.results[name])
