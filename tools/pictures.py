"""Draw the pictures of the README and of the page on themes: pages, as they are built.

Run it with ``.venv/bin/python tools/pictures.py``, with the names of themes for theirs alone. It
builds the book in ``book/`` with each theme, into a folder that it throws away.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DESK, GAP, COLOURS = "#d9d5cf", 24, 96
# How large pages of the book and sheets of its checklists are drawn.
LARGE, SMALL, SHEET = 1.25, 0.9, 0.65


@dataclass(frozen=True, slots=True)
class Built:
    """The files of the book in a theme."""

    book: pypdfium2.PdfDocument
    checklists: pypdfium2.PdfDocument


def main() -> None:
    """Write the pictures of every theme, or of those that are named."""
    with tempfile.TemporaryDirectory() as folder:
        for theme in sys.argv[1:] or ("default", "modern", "large-print"):
            built = _build(theme, Path(folder) / theme)
            for name, picture in _of_theme(theme, built).items():
                _save(f"themes/{theme}-{name}", picture)
            if theme == "default":
                for name, picture in _of_readme(built).items():
                    _save(name, picture)


def _build(theme: str, out: Path) -> Built:
    command = [sys.executable, "-c", "from builder.cli import main; main()"]
    options = ["--book", "book", "--theme", theme, "--out", str(out), "--quiet"]
    for output in ("pdf", "checklists"):
        subprocess.run([*command, output, *options], check=True, cwd=ROOT)  # noqa: S603 - ourselves
    book, checklists = (out / f"a-second-knock{end}.pdf" for end in ("", "-checklists"))
    return Built(pypdfium2.PdfDocument(book), pypdfium2.PdfDocument(checklists))


def _of_theme(theme: str, built: Built) -> Mapping[str, Image.Image]:
    """A title page with a chapter opening, a spread, a sheet to tick."""
    spread = "What you know" if theme == "modern" else "Whether he is free is one question"
    opening = (_find(built.book, "asking again"), _find(built.book, "laughed at his jacket"))
    sheet = _find(built.checklists, "exactly as you remember")
    return {
        "opening": _desk(built.book, opening, SMALL),
        "spread": _desk(built.book, _facing(built.book, spread), SMALL),
        "checklist": _desk(built.checklists, (sheet,), SHEET),
    }


def _of_readme(built: Built) -> Mapping[str, Image.Image]:
    """The pictures at the head of the README."""
    sheets = [_find(built.checklists, words) for words in ("One box for every", "Count the weeks")]
    return {
        "signs": _desk(built.book, _facing(built.book, "Each sign leads to"), LARGE),
        "workbook": _desk(built.book, _facing(built.book, "Name in one sentence what"), LARGE),
        "checklists": _desk(built.checklists, sheets, LARGE * 0.72),
    }


def _find(document: pypdfium2.PdfDocument, *words: str) -> int:
    """The first page that says all of it: pages find themselves when the book grows."""
    for index, page in enumerate(document):
        text = " ".join(page.get_textpage().get_text_range().split())
        if all(each in text for each in words):
            return index
    raise SystemExit(f"no page says: {words}")


def _facing(document: pypdfium2.PdfDocument, words: str) -> tuple[int, int]:
    """The page that says it with the one that faces it."""
    index = _find(document, words)
    left = index if index % 2 else index - 1
    return left, left + 1


def _desk(document: pypdfium2.PdfDocument, indexes: Sequence[int], scale: float) -> Image.Image:
    """Pages side by side on a desk."""
    pages = [document[index].render(scale=scale).to_pil().convert("RGB") for index in indexes]
    width = sum(page.width for page in pages) + 2 * GAP + (len(pages) - 1) * 2
    desk = Image.new("RGB", (width, pages[0].height + 2 * GAP), DESK)
    left = GAP
    for page in pages:
        desk.paste(page, (left, GAP))
        ImageDraw.Draw(desk).rectangle(
            (left, GAP, left + page.width - 1, GAP + page.height - 1), outline="#b9b4ab"
        )
        left += page.width + 2
    return desk


def _save(name: str, picture: Image.Image) -> None:
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


if __name__ == "__main__":
    main()
