"""How long whole processes take that lay out no page, beside pandoc's: medians of five, ratios.

Run by ``make bench``. The big book is made anew each time, from a seed.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.big_book import write_big_book
from benchmarks.measure import ROOT, measure, typical
from benchmarks.rivals import pandoc, pandoc_epub
from benchmarks.tasks import BUILD_BOOK as PROGRAM

BUILD_BOOK = str(PROGRAM)
RUNS = 5


@dataclass(frozen=True, slots=True)
class Race:
    """Two command lines that do the same."""

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]


def main() -> None:
    """Time every race and print a line for each."""
    print(f"{'':34} {'build-book':>10} {'pandoc':>10} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for race in races(Path(folder)):
            ours, theirs = seconds(race.ours), seconds(race.theirs)
            print(f"{race.name:34} {ours:8.3f} s {theirs:8.3f} s {ours / theirs:7.2f}", flush=True)


def races(folder: Path) -> Iterator[Race]:
    """Start-up, then the shipped book, then a big one; nothing is kept from run to run."""
    yield Race("--version", [BUILD_BOOK, "--version"], [pandoc(), "--version"])
    yield Race("--help", [BUILD_BOOK, "--help"], [pandoc(), "--help"])
    big = write_big_book(folder / "big")
    for name, book in (("this book", ROOT / "book"), ("740 pages", big)):
        theirs = pandoc_epub(book, folder / "pandoc.epub")
        check = [BUILD_BOOK, "check", "-q", "--book", str(book)]
        places = ("--book", str(book), "--out", str(folder))
        epub = [BUILD_BOOK, "epub", "-q", "--no-cache", *places]
        yield Race(f"{name}: check, pandoc's EPUB", check, theirs)
        yield Race(f"{name}: EPUB", epub, theirs)


def seconds(command: Sequence[str]) -> float:
    """The median of the seconds that a command takes."""
    return typical(measure(command) for _ in range(RUNS)).seconds


if __name__ == "__main__":
    main()
