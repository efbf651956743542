"""A first estimate of the folios, from the text alone.

Right to the number of digits is enough, for that is all that a layout depends on; the
nearer the estimate, the fewer chapters are laid out twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element

from builder.book import Book, Chapter
from builder.cache import NO_STORE, Store, key
from builder.kept import keep
from builder.parse.tree import classes, text_of
from builder.render.pdf.own_checklist import checklist_page
from builder.render.trim import Trim
from builder.versions import engine_versions

# What the default theme sets on a page of 6 x 9 inches.
_PAGE = (152.4, 228.6)
_LETTERS, _LINES = 67.0, 33.5
_OPENING, _CHECKLIST_OPENING = 10.0, 5.0
_BLOCKS = frozenset("p li dt dd figcaption caption".split())
_GAPS = {"h2": 3.0, "h3": 2.0, "h4": 2.0, "ul": 1.0, "ol": 1.0, "blockquote": 1.0, "dl": 1.0}
_PIXELS_A_LINE = 19.2


@dataclass(frozen=True, slots=True)
class _Measure:
    """How many letters stand on a line, and how many lines on a page."""

    letters: float
    lines: float


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much room a chapter takes: lines, where its anchors lie in them, pages of its list."""

    lines: float
    anchors: Mapping[str, float]
    checklist_pages: int


def estimate_folios(book: Book, trim: Trim, store: Store = NO_STORE) -> dict[str, str]:
    """About where each anchor of the main matter will lie."""
    measure = _Measure(
        _LETTERS * trim.width_mm / _PAGE[0], max(1.0, _LINES * trim.height_mm / _PAGE[1])
    )
    opens_on_recto = book.config.pdf.open_on == "recto"
    folios, page = {}, 1
    for numbered in book.chapters:
        chapter = numbered.chapter
        if chapter.file.role == "front":
            continue
        folios[numbered.id] = str(page)
        extent = _extent(chapter, measure, store)
        for name, line in extent.anchors.items():
            folios[name] = str(page + int(line / measure.lines))
        pages = ceil(extent.lines / measure.lines)
        folios[checklist_page(numbered.id)] = str(page + pages)
        pages += extent.checklist_pages
        page += pages + (pages % 2 if opens_on_recto else 0)
    return folios


def _extent(chapter: Chapter, measure: _Measure, store: Store) -> _Extent:
    heights = _image_heights(chapter)
    name = key("extent", engine_versions(), chapter.key, repr(measure), repr(heights))
    return keep(store, name, _Extent, lambda: _measured(chapter, measure, heights))


def _measured(chapter: Chapter, measure: _Measure, image_heights: dict[str, float]) -> _Extent:
    line, anchors = _OPENING, {}
    for element, height in _heights(chapter.body, measure, image_heights):
        if name := element.get("id"):
            anchors[name] = line
        line += height
    for note in chapter.notes:
        line += ceil(len(text_of(note.body)) / measure.letters / 1.2) * 0.8
    return _Extent(line, anchors, _checklist_pages(chapter, measure))


def _heights(
    body: Element, measure: _Measure, image_heights: dict[str, float]
) -> Iterator[tuple[Element, float]]:
    """Each element in order with the lines that it adds by itself."""
    for element in body.iter():
        name = element.tag
        if name == "pre":
            lines = text_of_code(element).count("\n") + 1
            yield element, lines * 0.79 + 1.5
        elif name in _BLOCKS:
            yield element, ceil(_own_length(element) / measure.letters)
        elif name == "tr":
            cells = max(len(element), 1)
            longest = max((len(text_of(cell)) for cell in element), default=0)
            yield element, ceil(longest / (measure.letters * 1.15 / cells)) * 0.86 + 0.5
        elif name == "img":
            yield element, image_heights.get(element.get("src", ""), 0.0) + 1.5
        elif "line-rule" in classes(element):
            yield element, 1.6
        else:
            yield element, _GAPS.get(name, 0.0)


def text_of_code(element: Element) -> str:
    """The text of a listing, its lines kept."""
    return "".join(element.itertext()).rstrip("\n")


def _own_length(element: Element) -> int:
    """The letters of a block without those of blocks in it."""
    length = len(element.text or "")
    for child in element:
        if child.tag not in _BLOCKS and child.tag not in ("ul", "ol", "pre", "blockquote"):
            length += len("".join(child.itertext()))
        length += len((child.tail or "").strip("\n"))
    return length


def _image_heights(chapter: Chapter) -> dict[str, float]:
    """The lines that each image takes at its natural size, as far as the measure allows."""
    widest = 432.0
    return {
        image.path: image.height * min(1.0, widest / max(image.width, 1)) / _PIXELS_A_LINE
        for image in chapter.images
    }


def _checklist_pages(chapter: Chapter, measure: _Measure) -> int:
    tasks = [item for each in chapter.checklists if each.is_main for item in each.items]
    if not tasks:
        return 0
    lines = sum(ceil(len(item.text) / (measure.letters * 0.9)) + 0.7 for item in tasks)
    return ceil((lines + _CHECKLIST_OPENING) / measure.lines)
