"""Draw the pictures of the authors' guide: each from the very source that stands above it.

A picture is written in ``docs/authoring.md`` as ``![...](pictures/guide/NAME.png)``. The Markdown
above it, with the TOML and CSS between its heading and it, makes a small book; its pages, cut to
what is on them, make the picture. A comment on top of some Markdown, ``<!-- back/index.md -->``,
or of some code, ``# src/pump.py``, says which file of the book it is; with a file of the front
matter, the picture shows all pages of the book, and whole. Run it with
``.venv/bin/python tools/guide.py``.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "authoring.md"
SCALE, MARGIN, GAP = 2.0, 24, 40
WHOLE_SCALE, WHOLE_GAP, IN_A_ROW = 0.6, 14, 4
_MOST_WHITE = 160
DESK = "#d9d5cf"
_PICTURE = re.compile(r"^!\[[^\n]*\]\(pictures/guide/([a-z-]+)\.png\)$", re.MULTILINE)
_FENCE = re.compile(
    r"^(`{3,})(bibtex|css|markdown|python|toml)\n(.*?)^\1$", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^##+ ", re.MULTILINE)
_FILE = re.compile(r"^(?:<!-- (?P<page>\S+\.md) -->|# (?P<code>\S+\.py))\n")
_LOOK = """
.opening { display: none }
@page:first { @bottom-center { content: none } }
"""
_CONFIG = 'title = "The Pump"\n'
_CHAPTER, _OTHERS = "pump.md", ("toml", "css", "bibtex")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the guide: its name, and what its book is made of."""

    name: str
    config: str
    css: str
    sources: str
    files: tuple[tuple[str, str], ...]

    @property
    def is_whole(self) -> bool:
        """Whether it shows a book, and not what is on a page of it."""
        return any(path.startswith("front/") for path, _ in self.files)


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
    for section in _sections(guide):
        start = 0
        for found in _PICTURE.finditer(section):
            fences = [*_FENCE.finditer(section, start, found.start())]
            yield Picture(
                found[1],
                *("".join(each[3] for each in fences if each[2] == kind) for kind in _OTHERS),
                _files([each[3] for each in fences if each[2] in ("markdown", "python")]),
            )
            start = found.end()


def _sections(guide: str) -> Iterator[str]:
    """The guide in pieces, each with its heading; what is a heading of an example is none."""
    examples = [found.span() for found in _FENCE.finditer(guide)]
    starts = [found.start() for found in _HEADING.finditer(guide)]
    free = [at for at in starts if not any(first < at < last for first, last in examples)]
    for start, end in pairwise((*free, len(guide))):
        yield guide[start:end]


def _files(texts: list[str]) -> tuple[tuple[str, str], ...]:
    """The files that say which they are, and the last of the others as the chapter."""
    named = [
        (found["page"] or found["code"], text[found.end() :])
        for text in texts
        if (found := _FILE.match(text))
    ]
    others = [text for text in texts if not _FILE.match(text)]
    return (*named, *((_CHAPTER, f"# The pump\n\n{text}") for text in others[-1:]))


def _draw(picture: Picture) -> Image.Image:
    with tempfile.TemporaryDirectory() as name:
        book = Path(name)
        _write(picture, book)
        command = [sys.executable, "-c", "from builder.cli import main; main()", "pdf"]
        options = ["--book", name, "--out", f"{name}/out", "--no-cache", "--quiet"]
        subprocess.run([*command, *options], check=True, cwd=ROOT)  # noqa: S603 - ourselves
        with pypdfium2.PdfDocument(next(book.glob("out/*.pdf"))) as document:
            labels = [document.get_page_label(index) for index in range(len(document))]
            pages = [
                document[index]
                for index, label in enumerate(labels)
                if picture.is_whole or label.isdecimal()
            ]
            scale = WHOLE_SCALE if picture.is_whole else SCALE
            images = [page.render(scale=scale).to_pil().convert("RGB") for page in pages]
    filled = [image for image in images if _box(image)]
    if picture.is_whole:
        return _in_rows(filled)
    return _on_desk([_closed(_cut(image)) for image in filled])


def _write(picture: Picture, book: Path) -> None:
    look = "" if picture.is_whole else _LOOK
    (book / "book.toml").write_text(f"{_CONFIG}{picture.config}", encoding="utf-8")
    (book / "theme.css").write_text(f"{look}{picture.css}", encoding="utf-8")
    for path, text in picture.files:
        (book / path).parent.mkdir(exist_ok=True)
        (book / path).write_text(text, encoding="utf-8")
        if "{index" in text:
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


def _closed(page: Image.Image) -> Image.Image:
    """A page with less of what is white between its text and the notes at its foot."""
    rows = [bool(_box(page.crop((0, row, page.width, row + 1)))) for row in range(page.height)]
    runs = [(is_inked, len([*run])) for is_inked, run in groupby(rows)]
    kept = [length if is_inked else min(length, _MOST_WHITE) for is_inked, length in runs]
    made = Image.new("RGB", (page.width, sum(kept)), "white")
    above, top = 0, 0
    for (_, length), height in zip(runs, kept, strict=True):
        made.paste(page.crop((0, above, page.width, above + height)), (0, top))
        above, top = above + length, top + height
    return made


def _on_desk(pages: list[Image.Image]) -> Image.Image:
    width = sum(page.width for page in pages) + (len(pages) + 1) * GAP
    desk = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), DESK)
    left = GAP
    for page in pages:
        desk.paste(page, (left, GAP))
        left += page.width + GAP
    return desk


def _in_rows(pages: list[Image.Image]) -> Image.Image:
    """Whole pages, as many in a row as there is room for."""
    width, height = (size + WHOLE_GAP for size in pages[0].size)
    rows = -(-len(pages) // IN_A_ROW)
    desk = Image.new("RGB", (IN_A_ROW * width + WHOLE_GAP, rows * height + WHOLE_GAP), DESK)
    for number, page in enumerate(pages):
        row, column = divmod(number, IN_A_ROW)
        desk.paste(page, (WHOLE_GAP + column * width, WHOLE_GAP + row * height))
    return desk


if __name__ == "__main__":
    main()
