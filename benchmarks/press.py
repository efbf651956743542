"""How quick the press is beside one document and other tools, on a book of 740 pages.

``python -m benchmarks.press`` measures all side by side in one run, prints what it finds
and writes ``benchmarks/results.md``.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import tasks
from benchmarks.goals import Results, press_goals
from benchmarks.report import figures_table, goals_table, machine
from benchmarks.tasks import Shelf, in_turns
from builder.config import CONFIG_NAME
from builder.decode import decode
from builder.render.pdf.setup import Setup, font_setup
from builder.render.theme import load_theme

RESULTS = Path(__file__).with_name("results.md")
_NOTES = """\
All PDF files are tagged. Times are of whole processes, side by side in one run, and medians.

- *The press* is `build-book pdf` with two processes. "A word edited" and "10 pages more" change
  a chapter of 40 pages in the middle of the book; the process is new, the cache knows the rest.
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
        shelf = Shelf(Path(name).resolve() / "whole", asked.scale)
        shelf.fill("pdf")
        pages = shelf.pages
        with _fonts(shelf.book):
            todo = [*tasks.press_tasks(shelf), *tasks.rival_tasks(shelf)]
            results = in_turns(todo, asked.runs)
        imported = tasks.imports_weasyprint(shelf)
    lines = list(_report(results, pages, imported))
    print("\n".join(lines))
    if asked.scale == 1:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.press", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each task [5]")
    parser.add_argument("--scale", type=float, default=1, help="of a smaller book, to try it out")
    return parser.parse_args()


@contextmanager
def _fonts(book: Path) -> Iterator[None]:
    """The theme's fonts where programs look that are not told of them."""
    source = decode((book / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
    theme = load_theme("default", book, source).value
    families = tuple((font.name, font.folder) for font in theme.fonts)
    setup = Setup(book, families, theme.generics, theme.lineage)
    with font_setup(setup) as fonts:
        assert fonts.scratch is not None
        os.environ["FONTCONFIG_FILE"] = str(fonts.scratch / "fonts.conf")
        yield
    del os.environ["FONTCONFIG_FILE"]


def _report(results: Results, pages: int, imported: bool) -> Iterator[str]:
    yield from ("# What was measured", "")
    yield f"A book of {pages} pages of 6 x 9 inches from `benchmarks/big_book.py`."
    yield _NOTES
    yield from machine()
    yield ""
    yield from goals_table(press_goals(results, imported))
    yield ""
    yield from figures_table(results)


if __name__ == "__main__":
    main()
