"""Draw the pictures of the authors' guide: each from the very source that stands above it.

A picture is written in ``docs/authoring.md`` as ``![...](pictures/guide/NAME.png)``. The Markdown
above it, with the TOML between its heading and it, makes a small book; its pages, cut to what
is on them, make the picture. Run it with ``.venv/bin/python tools/guide.py``.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "authoring.md"
SCALE, MARGIN, GAP = 2.0, 24, 40
DESK = "#d9d5cf"
_PICTURE = re.compile(r"^!\[[^\n]*\]\(pictures/guide/([a-z-]+)\.png\)$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,})(bibtex|markdown|toml)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_LOOK = """
.opening { display: none }
@page:first { @bottom-center { content: none } }
"""
_CONFIG = 'title = "The Pump"\n'


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the guide: its name, and the source that it shows."""

    name: str
    config: str
    text: str
    sources: str


def main() -> None:
    """Write each picture to ``docs/pictures/guide``."""
    folder = ROOT / "docs" / "pictures" / "guide"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    for picture in _pictures(GUIDE.read_text(encoding="utf-8")):
        if not wanted or picture.name in wanted:
            image = _draw(picture).quantize(colors=64)
            image.save(folder / f"{picture.name}.png", optimize=True)


def _pictures(guide: str) -> Iterator[Picture]:
    for section in re.split(r"^(?=##+ )", guide, flags=re.MULTILINE):
        start = 0
        for found in _PICTURE.finditer(section):
            fences = [*_FENCE.finditer(section, start, found.start())]
            config = "".join(each[3] for each in fences if each[2] == "toml")
            text = [each[3] for each in fences if each[2] == "markdown"][-1]
            sources = "".join(each[3] for each in fences if each[2] == "bibtex")
            yield Picture(found[1], config, text, sources)
            start = found.end()


def _draw(picture: Picture) -> Image.Image:
    with tempfile.TemporaryDirectory() as name:
        book = Path(name)
        _write(picture, book)
        command = [sys.executable, "-c", "from builder.cli import main; main()", "pdf"]
        options = ["--book", name, "--out", f"{name}/out", "--no-cache", "--quiet"]
        subprocess.run([*command, *options], check=True, cwd=ROOT)  # noqa: S603 - ourselves
        with pypdfium2.PdfDocument(next(book.glob("out/*.pdf"))) as document:
            labels = [document.get_page_label(index) for index in range(len(document))]
            pages = [document[index] for index, label in enumerate(labels) if label.isdecimal()]
            images = [page.render(scale=SCALE).to_pil().convert("RGB") for page in pages]
    return _on_desk([_cut(image) for image in images if _box(image)])


def _write(picture: Picture, book: Path) -> None:
    (book / "book.toml").write_text(f"{_CONFIG}{picture.config}", encoding="utf-8")
    (book / "theme.css").write_text(_LOOK, encoding="utf-8")
    (book / "pump.md").write_text(f"# The pump\n\n{picture.text}", encoding="utf-8")
    if "{index" in picture.text:
        (book / "back").mkdir()
        (book / "back" / "index.md").write_text("# Index\n", encoding="utf-8")
    (book / "refs.bib").write_text(picture.sources, encoding="utf-8")
    (book / "img").mkdir()
    _pump().save(book / "img" / "pump.png", dpi=(300, 300))


def _pump() -> Image.Image:
    """A hand pump in a yard, its arm raised."""
    image = Image.new("RGB", (900, 520), "white")
    draw = ImageDraw.Draw(image)
    draw.line((60, 470, 840, 470), fill="#444", width=8)
    draw.rectangle((400, 150, 470, 470), fill="#8a3b4a")
    draw.rectangle((380, 130, 490, 160), fill="#5d2833")
    draw.line((435, 130, 435, 90), fill="#444", width=14)
    draw.line((435, 95, 720, 30), fill="#444", width=18)
    draw.line((400, 230, 320, 230, 320, 270), fill="#8a3b4a", width=34)
    draw.ellipse((306, 300, 334, 345), fill="#3b6a8a")
    draw.polygon(((262, 390), (378, 390), (360, 470), (280, 470)), fill="#777")
    return image


def _box(image: Image.Image) -> tuple[int, int, int, int] | None:
    white = Image.new("RGB", image.size, "white")
    return ImageChops.difference(image, white).getbbox()


def _cut(image: Image.Image) -> Image.Image:
    """A page down to where what is on it ends, with its sides."""
    box = _box(image)
    assert box is not None
    edge = int(0.4 * 72 * SCALE)
    return image.crop(
        (
            max(0, min(box[0], image.width // 8) - MARGIN),
            max(0, box[1] - edge),
            min(image.width, max(box[2], image.width * 7 // 8) + MARGIN),
            min(image.height, box[3] + edge),
        )
    )


def _on_desk(pages: list[Image.Image]) -> Image.Image:
    width = sum(page.width for page in pages) + (len(pages) + 1) * GAP
    desk = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), DESK)
    left = GAP
    for page in pages:
        desk.paste(page, (left, GAP))
        left += page.width + GAP
    return desk


if __name__ == "__main__":
    main()
