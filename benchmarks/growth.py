"""How the press grows with the book: time, memory and binding at a quarter, once and 14 times.

``python -m benchmarks.growth`` measures books of about 200 and 740 pages in turns, prints what it
finds and writes ``benchmarks/results-growth.md``; ``--large`` adds a book of 10,000 pages.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import tasks
from benchmarks.goals import Results, Size, growth_goals
from benchmarks.report import figures_table, goals_table, machine
from benchmarks.tasks import Shelf, bound_task, cold_task, in_turns

RESULTS = Path(__file__).with_name("results-growth.md")
QUARTER, LARGE = 0.25, 14.0
_NOTES = """\
Books of pages of 6 x 9 inches from `benchmarks/big_book.py`, by `build-book pdf` with two
processes. Times are of whole processes in one run, and medians.

- *Bound anew*: all parts are in the cache, but not the book. *Binding alone* is what the builder
  says of its stages "bind" and "write" there: every kept part read and its checksum verified,
  the file written, its own checksum made, and all of it on the disk before it gets its name.
- *Memory* is the most that all processes held together, what they share counted once; *parent*
  and *worker* the most that the first process and any other one held.
"""


def main() -> None:
    """Measure, print, and write the results."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        results, sizes = _measure(Path(name).resolve(), asked.runs, asked.scale, asked.large)
    lines = list(_report(results, sizes))
    print("\n".join(lines))
    if asked.scale == 1:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each task [5]")
    parser.add_argument("--large", action="store_true", help="10,000 pages too, built once")
    parser.add_argument("--scale", type=float, default=1, help="of smaller books, to try it out")
    return parser.parse_args()


def _measure(
    folder: Path, runs: int, scale: float, with_large: bool
) -> tuple[Results, tuple[Size, ...]]:
    whole, quarter = Shelf(folder / "whole", scale), Shelf(folder / "quarter", scale * QUARTER)
    whole.fill("pdf")
    quarter.fill("pdf")
    sizes = [
        Size(quarter.pages, tasks.QUARTER, ""),
        Size(whole.pages, tasks.COLD, tasks.BOUND),
    ]
    todo = (
        cold_task(tasks.QUARTER, quarter),
        cold_task(tasks.COLD, whole),
        bound_task(tasks.BOUND, whole),
    )
    results = in_turns(todo, runs)
    if with_large:
        large = Shelf(folder / "large", scale * LARGE)
        results[tasks.LARGE] = [large.fill("pdf")]
        sizes.append(Size(large.pages, tasks.LARGE, tasks.LARGE_BOUND))
        results |= in_turns([bound_task(tasks.LARGE_BOUND, large)], runs)
    return results, tuple(sizes)


def _report(results: Results, sizes: tuple[Size, ...]) -> Iterator[str]:
    yield from ("# What was measured of growth", "")
    yield _NOTES
    yield from machine()
    yield ""
    yield from goals_table([*growth_goals(results, sizes)])
    yield ""
    yield from figures_table(results)


if __name__ == "__main__":
    main()
