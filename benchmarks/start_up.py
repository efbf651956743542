"""How long whole processes take that lay out no page, beside pandoc's: medians of five, ratios.

Run by ``make bench``. The large book is made anew each time, from a seed.
"""

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import pypandoc

from builder.read import read_manuscript

ROOT = Path(__file__).resolve().parents[1]
BUILD_BOOK = str(Path(sys.executable).with_name("build-book"))
RUNS = 5
CHAPTERS, WORDS, SEED = 60, 190_000, 7
LETTERS = "eeeeaaaiiooutttnnsshrrdllcumwfgypbvk"


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
            ours, theirs = measure(race.ours), measure(race.theirs)
            print(f"{race.name:34} {ours:8.3f} s {theirs:8.3f} s {ours / theirs:7.2f}", flush=True)


def races(folder: Path) -> Iterator[Race]:
    """Start-up, then the shipped book, then a large one."""
    pandoc = pypandoc.get_pandoc_path()
    yield Race("--version", [BUILD_BOOK, "--version"], [pandoc, "--version"])
    yield Race("--help", [BUILD_BOOK, "--help"], [pandoc, "--help"])
    large = write_large_book(folder / "large", random.Random(SEED))
    for name, book in (("this book", ROOT / "book"), ("190,000 words", large)):
        theirs = [pandoc, *pandoc_epub(book), "-o", str(folder / "pandoc.epub")]
        check = [BUILD_BOOK, "check", "-q", "--book", str(book)]
        epub = [BUILD_BOOK, "epub", "-q", "--book", str(book), "--out", str(folder)]
        yield Race(f"{name}: check, pandoc's EPUB", check, theirs)
        yield Race(f"{name}: EPUB", epub, theirs)


def measure(command: Sequence[str]) -> float:
    """The median of the seconds that a command takes."""
    return median(_seconds(command) for _ in range(RUNS))


def pandoc_epub(book: Path) -> Sequence[str]:
    """Pandoc's arguments for the EPUB of a book's chapters, images and contents included."""
    files = read_manuscript(book).value.files
    return [
        "--from=markdown+rebase_relative_paths",
        "--file-scope",
        "--toc",
        "--split-level=1",
        "--metadata=title:A book",
        *(str(book / file.source.path) for file in files),
    ]


def write_large_book(folder: Path, chance: random.Random) -> Path:
    """A book of made-up words with everything that chapters usually hold."""
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(4000)]

    def say(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    folder.mkdir()
    (folder / "book.toml").write_text('title = "Large"\nlanguage = "en"\n', encoding="utf-8")
    for number in range(1, CHAPTERS + 1):
        text = "\n".join(_chapter(number, say, WORDS // CHAPTERS))
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
    return folder


def _chapter(number: int, say: Callable[[int], str], words: int) -> Iterator[str]:
    yield f"# {say(4).title()}\n"
    for section in range(words // 500):
        yield f"## {say(3).title()}\n"
        yield f"{say(90)}, *{say(3)}*, {say(40)}.[^n{section}]\n"
        yield f"[^n{section}]: {say(20)}.\n"
        yield f'{say(60)} "{say(8)}" {say(60)}, as in [](#list-{number}).\n'
        yield "\n".join(f"- {say(12)}" for _ in range(5)) + "\n"
        yield f"{say(120)}, **{say(2)}**; {say(30)}.\n"
    yield f"| {say(1)} | {say(1)} |\n| --- | --- |\n| {say(4)} | {say(4)} |\n"
    yield f"```python\n{say(1)} = [{number}, {number + 1}]\n```\n"
    yield f"## Checklist {{#list-{number}}}\n"
    yield "\n".join(f"- [ ] {say(8)}." for _ in range(5)) + "\n"


def _seconds(command: Sequence[str]) -> float:
    began = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return perf_counter() - began


if __name__ == "__main__":
    main()
