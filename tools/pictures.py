"""Draw the pictures of the README from what ``make book`` has built: pages, as they are.

Run it with ``.venv/bin/python tools/pictures.py`` after ``make book``.
"""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
BOOK, CHECKLISTS = (ROOT / "out" / f"a-second-knock{end}.pdf" for end in ("", "-checklists"))
DESK, GAP, SCALE = "#d9d5cf", 24, 1.25
# Pages by their words: they find themselves when the book grows.
SPREADS = {
    "signs": (BOOK, ("Four signs, two readings each", "Feelings are often hidden")),
    "workbook": (BOOK, ("Name in one sentence what", "If you heard tonight that he")),
    "checklists": (CHECKLISTS, ("One box for every chapter", "Count the weeks since")),
}


def main() -> None:
    """Write each spread to ``docs/pictures``."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (path, words) in SPREADS.items():
        document = pypdfium2.PdfDocument(path)
        scale = SCALE if path == BOOK else SCALE * 0.72
        pages = [_page(document, text, scale) for text in words]
        picture = _on_desk(pages).quantize(colors=96)
        picture.save(folder / f"{name}.png", optimize=True)


def _page(document: pypdfium2.PdfDocument, words: str, scale: float) -> Image.Image:
    for page in document:
        if words in " ".join(page.get_textpage().get_text_range().split()):
            return page.render(scale=scale).to_pil().convert("RGB")
    raise SystemExit(f"no page says: {words}")


def _on_desk(pages: Sequence[Image.Image]) -> Image.Image:
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


if __name__ == "__main__":
    main()
