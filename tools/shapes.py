"""Draw the pictures of the checklists' shapes: sheets as printed, then folded and cut.

Run it with ``.venv/bin/python tools/shapes.py``. It builds the checklists of the book in ``book/``
into a folder that it throws away, or takes those in a folder that is named.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from builder.render.checklists.formats import size_of
from builder.render.pdf.impose.cards import card_grid
from builder.render.pdf.impose.plan import Box

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures" / "shapes"
SHAPES, WEEKS = ("pages", "cards", "fold", "poster", "planner", "booklet"), 12
DESK, EDGE, GAP, COLOURS = "#d9d5cf", "#b9b4ab", 20, 32
# How large sheets are drawn, and what is cut or folded of them, in pixels a point.
SHEET, PIECE = 0.44, 0.9


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a shape."""

    document: pypdfium2.PdfDocument

    def sheet(self, number: int) -> Image.Image:
        """A whole sheet."""
        return self._drawn(number, SHEET)

    def piece(self, number: int, box: Box, *, is_upside_down: bool = False) -> Image.Image:
        """A piece cut out of a sheet, turned the right way up."""
        height = self.document[number].get_height()
        edges = (box.left, height - box.top, box.right, height - box.bottom)
        left, top, right, bottom = (round(edge * PIECE) for edge in edges)
        drawn = self._drawn(number, PIECE).crop((left, top, right, bottom))
        return drawn.rotate(180) if is_upside_down else drawn

    def _drawn(self, number: int, scale: float) -> Image.Image:
        picture: Image.Image = self.document[number].render(scale=scale).to_pil()
        return picture.convert("RGB")


def main() -> None:
    """Write a picture of each shape."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(sys.argv[1]) if len(sys.argv) > 1 else _build(Path(folder))
        for shape, draw in (
            ("cards", _cards),
            ("fold", _fold),
            ("booklet", _booklet),
            ("planner", _planner),
            ("poster", _poster),
        ):
            path = made / f"a-second-knock-checklists-{shape}.pdf"
            picture = _desk([*draw(Sheets(pypdfium2.PdfDocument(path)))])
            PICTURES.mkdir(parents=True, exist_ok=True)
            picture.quantize(colors=COLOURS).save(PICTURES / f"{shape}.png", optimize=True)


def _build(out: Path) -> Path:
    command = [sys.executable, "-c", "from builder.cli import main; main()"]
    options = ["--book", "book", "--out", str(out), "--quiet", "--weeks", str(WEEKS)]
    options += [word for shape in SHAPES for word in ("--shape", shape)]
    subprocess.run([*command, "checklists", *options], check=True, cwd=ROOT)  # noqa: S603 - ourselves
    return out


def _cards(sheets: Sheets) -> Iterator[Image.Image]:
    """Front and back of a sheet, and its second card cut out and turned over."""
    grid = card_grid(size_of("a7"), size_of("a4"))
    yield from (sheets.sheet(0), sheets.sheet(1))
    yield _beside(sheets.piece(0, grid.front(1)), sheets.piece(1, grid.back(1)), gap=GAP)


def _fold(sheets: Sheets) -> Iterator[Image.Image]:
    """A sheet; the cover of what is folded of it, and the first two pages inside."""
    yield sheets.sheet(1)
    yield sheets.piece(1, _panel(3, 0))
    inside = (sheets.piece(1, _panel(column, 1), is_upside_down=True) for column in (3, 2))
    yield _beside(*inside)


def _panel(column: int, row: int) -> Box:
    """A panel of a sheet folded to eight: columns from the left, rows from below."""
    sheet = size_of("a4").landscape
    width, height = sheet.width / 4, sheet.height / 2
    return Box(column * width, row * height, (column + 1) * width, (row + 1) * height)


def _booklet(sheets: Sheets) -> Iterator[Image.Image]:
    """The innermost sheet, front and back; its back, opened, is the middle of the booklet."""
    last = len(sheets.document) - 1
    sheet = size_of("a4").landscape
    yield from (sheets.sheet(last - 1), sheets.sheet(last))
    opened = sheets.piece(last, Box(0, 0, sheet.width, sheet.height), is_upside_down=True)
    yield _smaller(opened)


def _planner(sheets: Sheets) -> Iterator[Image.Image]:
    """All weeks, and one of them."""
    yield from (_larger(sheets, 0), _larger(sheets, 2))


def _poster(sheets: Sheets) -> Iterator[Image.Image]:
    yield _larger(sheets, 0)


def _larger(sheets: Sheets, number: int) -> Image.Image:
    width, height = sheets.document[number].get_size()
    return _smaller(sheets.piece(number, Box(0, 0, width, height)))


def _smaller(drawn: Image.Image) -> Image.Image:
    return drawn.resize((drawn.width * 3 // 4, drawn.height * 3 // 4), Image.Resampling.LANCZOS)


def _beside(*pieces: Image.Image, gap: int = 0) -> Image.Image:
    """Pieces side by side, on the desk where there is a gap."""
    width = sum(piece.width for piece in pieces) + gap * (len(pieces) - 1)
    made = Image.new("RGB", (width, max(piece.height for piece in pieces)), DESK)
    left = 0
    for piece in pieces:
        made.paste(_edged(piece), (left, 0))
        left += piece.width + gap
    return made


def _edged(piece: Image.Image) -> Image.Image:
    made = piece.copy()
    ImageDraw.Draw(made).rectangle((0, 0, made.width - 1, made.height - 1), outline=EDGE)
    return made


def _desk(pictures: Sequence[Image.Image]) -> Image.Image:
    """All on a desk, in the middle of its height."""
    width = sum(each.width for each in pictures) + GAP * (len(pictures) + 1)
    made = Image.new("RGB", (width, max(each.height for each in pictures) + 2 * GAP), DESK)
    left = GAP
    for each in pictures:
        made.paste(_edged(each), (left, (made.height - each.height) // 2))
        left += each.width + GAP
    return made


if __name__ == "__main__":
    main()
