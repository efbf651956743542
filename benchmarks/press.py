"""How quick the press is beside one document and other tools, on a book of 740 pages.

``python -m benchmarks.press`` measures all side by side in one run, prints what it finds
and writes ``benchmarks/results.md``; ``--large`` adds a book of 10,000 pages.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import tasks
from benchmarks.goals import Facts, goals
from benchmarks.report import figures_table, goals_table, machine
from benchmarks.tasks import Shelf, Task, in_turns
from builder.config import CONFIG_NAME
from builder.decode import decode
from builder.render.pdf.setup import Setup, font_setup
from builder.render.theme import load_theme

RESULTS = Path(__file__).with_name("results.md")
QUARTER, LARGE = 0.25, 14.0
_BOUND_LARGE = 3
_NOTES = """\
All PDF files are tagged. Times are of whole processes, side by side in one run, and medians.

- *The press* is `build-book pdf` with two processes. "A word edited" and "10 pages more" change
  a chapter of 40 pages in the middle of the book; the process is new, the cache knows the rest.
- *Bound anew*: all parts are in the cache, but not the book; binding is a part of that time.
- *One WeasyPrint document* is the same HTML with the same style sheet in one document
  (`benchmarks/one_document.py`), its page numbers resolved by the engine.
- *Pandoc with WeasyPrint* has the same style sheet, and its notes at the end of the book.
- *Pandoc with Typst* has the same size of page and type; no running heads, and no page numbers
  behind references.
- *Memory* is the most that all processes held together, what they share counted once; *parent*
  and *worker* the most that the first process and any other one held.
"""


def main() -> None:
    """Measure, print, and write the results."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        facts = _measure(Path(name).resolve(), asked.runs, asked.scale, asked.large)
    lines = list(_report(facts))
    print("\n".join(lines))
    if asked.scale == 1:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.press", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each task [5]")
    parser.add_argument("--large", action="store_true", help="10,000 pages too, once")
    parser.add_argument("--scale", type=float, default=1, help="of a smaller book, to try it out")
    return parser.parse_args()


def _measure(folder: Path, runs: int, scale: float, with_large: bool) -> Facts:
    whole, quarter = Shelf(folder / "whole", scale), Shelf(folder / "quarter", scale * QUARTER)
    whole.fill("pdf")
    quarter.fill("pdf")
    pages, quarter_pages = whole.pages, quarter.pages
    todo = [
        *tasks.press_tasks(whole),
        *tasks.rival_tasks(whole),
        tasks.cold_task(tasks.QUARTER, quarter),
    ]
    with _fonts(whole.book):
        results = in_turns(todo, runs)
    imported = tasks.imports_weasyprint(whole)
    large_pages = 0
    if with_large:
        large = Shelf(folder / "large", scale * LARGE)
        results[tasks.LARGE] = [large.fill("pdf")]
        large_pages = large.pages
        bound = Task(tasks.LARGE_BOUND, large.unbound, lambda: large.ours("pdf", "--json"))
        results |= in_turns([bound], _BOUND_LARGE)
    return Facts(results, pages, quarter_pages, large_pages, imported)


@contextmanager
def _fonts(book: Path) -> Iterator[None]:
    """The theme's fonts where programs look that are not told of them."""
    source = decode((book / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
    theme = load_theme("default", book, source).value
    families = tuple((font.name, font.folder) for font in theme.fonts)
    setup = Setup(book, families, theme.generics)
    with font_setup(setup) as fonts:
        assert fonts.scratch is not None
        os.environ["FONTCONFIG_FILE"] = str(fonts.scratch / "fonts.conf")
        yield
    del os.environ["FONTCONFIG_FILE"]


def _report(facts: Facts) -> Iterator[str]:
    yield from ("# What was measured", "")
    yield f"A book of {facts.pages} pages of 6 x 9 inches from `benchmarks/big_book.py`."
    yield _NOTES
    yield from machine()
    yield ""
    yield from goals_table(goals(facts))
    yield ""
    yield from figures_table(facts.results)


if __name__ == "__main__":
    main()
