"""What is measured: each task with what has to be so before the clock starts."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdfium2 import PdfDocument

from benchmarks import rivals
from benchmarks.big_book import (
    chapter_name,
    long_chapter,
    with_pages_more,
    with_word_changed,
    write_big_book,
)
from benchmarks.measure import Run, measure

BUILD_BOOK = Path(sys.executable).with_name("build-book")
JOBS = 2
COLD, EDITED, GROWN = "press, cold", "press, a word edited", "press, 10 pages more"
UNCHANGED, BOUND = "press, nothing changed", "press, bound anew"
ONE, WITH_WEASYPRINT = "one WeasyPrint document", "pandoc with WeasyPrint"
WITH_TYPST = "pandoc with Typst"
QUARTER, LARGE = "press, cold, a quarter of it", "press, cold, 14 times it"
LARGE_BOUND = "press, bound anew, 14 times it"
EPUB, EPUB_EDITED, PANDOC_EPUB = "EPUB, cold", "EPUB, a word edited", "EPUB by pandoc"
MORE_PAGES = 10


@dataclass(frozen=True, slots=True)
class Task:
    """A command to measure, and what is done before each run."""

    name: str
    prepare: Callable[[], object]
    command: Callable[[], Sequence[str | Path]]


class Shelf:
    """A big book in a folder, a cache that knows all of it, and copies of that cache to use up."""

    def __init__(self, folder: Path, scale: float) -> None:
        self.folder, self.book = folder, folder / "book"
        self.out, self._cache, self._full = folder / "out", folder / "cache", folder / "full"
        folder.mkdir()
        write_big_book(self.book, scale)
        chapters = len(list(self.book.glob("*.md")))
        self._path = self.book / chapter_name(long_chapter(chapters))
        self._text = self._path.read_text(encoding="utf-8")

    def ours(self, output: str, *more: str) -> list[str | Path]:
        """The builder's command line for an output of this book."""
        places = ("--book", self.book, "--out", self.out, "--cache", self._cache)
        return [BUILD_BOOK, output, *places, "--jobs", str(JOBS), *(more or ("--quiet",))]

    def fill(self, *outputs: str) -> Run:
        """Build the book once, so that there is a cache that knows all of it."""
        self.empty()
        runs = [measure(self.ours(output)) for output in outputs]
        shutil.copytree(self._cache, self._full)
        return runs[0]

    @property
    def pages(self) -> int:
        """How many pages the book had when it was last made."""
        return len(PdfDocument(self.out / "book.pdf"))

    def empty(self) -> None:
        """The book as it was, and nothing in the cache."""
        self._set(self._text)
        shutil.rmtree(self._cache, ignore_errors=True)

    def unchanged(self) -> None:
        """The book as it was, all of it in the cache, its files in place."""
        self._restore(self._text)

    def unbound(self) -> None:
        """All parts in the cache, but not what was bound of them: the book has one more file."""
        self._restore(self._text)
        (self.book / "notes.txt").write_text("Not a part of the book.\n", encoding="utf-8")

    def edited(self) -> None:
        """A word changed in the long chapter."""
        self._restore(with_word_changed(self._text))

    def grown(self) -> None:
        """The long chapter some pages longer."""
        self._restore(with_pages_more(self._text, MORE_PAGES))

    def _restore(self, text: str) -> None:
        self._set(text)
        shutil.rmtree(self._cache, ignore_errors=True)
        shutil.copytree(self._full, self._cache)

    def _set(self, text: str) -> None:
        (self.book / "notes.txt").unlink(missing_ok=True)
        self._path.write_text(text, encoding="utf-8")


def cold_task(name: str, shelf: Shelf) -> Task:
    """The builder's PDF from nothing."""
    return Task(name, shelf.empty, lambda: shelf.ours("pdf"))


def bound_task(name: str, shelf: Shelf) -> Task:
    """The builder's PDF of a book of which all parts are in the cache, but not the whole."""
    return Task(name, shelf.unbound, lambda: shelf.ours("pdf", "--json"))


def press_tasks(shelf: Shelf) -> Iterator[Task]:
    """The builder's PDF: from nothing, and from a cache that knows the book."""
    yield cold_task(COLD, shelf)
    yield Task(EDITED, shelf.edited, lambda: shelf.ours("pdf"))
    yield Task(GROWN, shelf.grown, lambda: shelf.ours("pdf"))
    yield Task(UNCHANGED, shelf.unchanged, lambda: shelf.ours("pdf"))


def epub_tasks(shelf: Shelf) -> Iterator[Task]:
    """The builder's EPUB, and pandoc's."""
    yield Task(EPUB, shelf.empty, lambda: shelf.ours("epub"))
    yield Task(EPUB_EDITED, shelf.edited, lambda: shelf.ours("epub"))
    if rivals.has_pandoc():
        file = shelf.folder / "pandoc.epub"
        yield Task(PANDOC_EPUB, shelf.empty, lambda: rivals.pandoc_epub(shelf.book, file))


def rival_tasks(shelf: Shelf) -> Iterator[Task]:
    """The same book as a PDF by other ways."""
    places = (str(shelf.book), str(shelf.folder / "one.pdf"))
    one = [sys.executable, "-m", "benchmarks.one_document", *places]
    yield Task(ONE, shelf.empty, lambda: one)
    if rivals.has_pandoc():
        file = shelf.folder / "pandoc-weasyprint.pdf"
        command = rivals.pandoc_weasyprint(shelf.book, file)
        yield Task(WITH_WEASYPRINT, shelf.empty, lambda: command)
    if rivals.has_typst():
        made = shelf.folder / "pandoc-typst.pdf"
        yield Task(WITH_TYPST, shelf.empty, lambda: rivals.pandoc_typst(shelf.book, made))


def in_turns(todo: Sequence[Task], runs: int) -> dict[str, list[Run]]:
    """All tasks once, then all once more, so that what comes and goes meets all of them."""
    results: dict[str, list[Run]] = {task.name: [] for task in todo}
    for turn in range(1, runs + 1):
        for task in todo:
            task.prepare()
            run = measure(task.command())
            results[task.name].append(run)
            print(f"{turn}  {task.name:28} {run.seconds:8.2f} s", file=sys.stderr, flush=True)
    return results


def binding_seconds(run: Run) -> float:
    """The part of a run that went into binding, as the builder tells."""
    timings = json.loads(run.output)["timings"]
    return float(timings["bind"]) + float(timings["write"])


def imports_weasyprint(shelf: Shelf) -> bool:
    """Whether the engine is imported where nothing changed."""
    shelf.unchanged()
    run = measure([sys.executable, "-X", "importtime", *shelf.ours("pdf")])
    return "weasyprint" in run.output
