"""How quick the e-book is beside pandoc's, on the book of 740 pages.

``python -m benchmarks.epub`` measures side by side in one run, prints what it finds and writes
``benchmarks/results-epub.md``.
"""

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import tasks
from benchmarks.goals import epub_goals
from benchmarks.measure import Run
from benchmarks.report import figures_table, goals_table, machine
from benchmarks.tasks import Shelf, in_turns

RESULTS = Path(__file__).with_name("results-epub.md")
_NOTES = """\
The e-book of the book of about 740 pages from `benchmarks/big_book.py`, by `build-book epub` with
two processes and by pandoc. Times are of whole processes, side by side in one run, and medians.
"A word edited" changes a chapter of 40 pages; the process is new, the cache knows the rest.
"""


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="benchmarks.epub", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each task [5]")
    parser.add_argument("--scale", type=float, default=1, help="of a smaller book, to try it out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        shelf = Shelf(Path(name).resolve() / "whole", asked.scale)
        shelf.fill("epub")
        results = in_turns([*tasks.epub_tasks(shelf)], asked.runs)
    lines = list(_report(results))
    print("\n".join(lines))
    if asked.scale == 1:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(results: Mapping[str, Sequence[Run]]) -> Iterator[str]:
    yield from ("# What was measured of the e-book", "")
    yield _NOTES
    yield from machine()
    yield ""
    yield from goals_table(epub_goals(results))
    yield ""
    yield from figures_table(results)


if __name__ == "__main__":
    main()
