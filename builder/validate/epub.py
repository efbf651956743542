"""EPUBCheck's messages -> findings, with their places in the manuscript."""

import io
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from xml.etree.ElementTree import Element
from xml.parsers import expat

from builder.config import CONFIG_NAME
from builder.diagnostics import Diagnostic, Place
from builder.parse.positions import place_of
from builder.parse.tree import AT, local_name, offset_of
from builder.render.epub.addresses import ChapterPage
from builder.render.epub.kobo import FRAMES, SPAN
from builder.render.epub.pack import PACKAGE_FOLDER
from builder.render.epub.publication import Publication
from builder.validate.epubcheck import Message, run_epubcheck

# What says of each e-book what is wrong with it.
Judge = Callable[[bytes], tuple[Message, ...]]
# Line and column in a file, both from 1.
_Spot = tuple[int, int]
# Files that are made of what ``book.toml`` says.
_OF_CONFIG = (".opf", ".ncx", ".xhtml")
_PREFIX = "Error while parsing file: "


def validate_epub(publication: Publication, judge: Judge = run_epubcheck) -> Iterator[Diagnostic]:
    """What the judge says of an e-book, each with the line of the manuscript that it is about."""
    files = _Files(publication)
    for message in judge(publication.data):
        path = message.path.removeprefix(f"{PACKAGE_FOLDER}/")
        line = f", line {message.line}" if message.line else ""
        yield Diagnostic(
            "invalid-epub",
            f"not valid in an EPUB: {_first_clause(message.text)}",
            files.place_of(path, (message.line, message.column)),
            f"{message.id} in {path or 'the whole file'}{line}: change what is meant, or if you"
            " did not write it, tell the makers of build-book",
            message.severity,
        )


def _first_clause(text: str) -> str:
    """What is wrong, without the long list of what would be right."""
    clause = text.removeprefix(_PREFIX).partition("; ")[0].rstrip(".")
    return " ".join(clause.split())


class _Files:
    """The files of an e-book, and the places that they came from."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._starts = cache(self._read_starts)

    def place_of(self, path: str, spot: _Spot) -> Place | None:
        """The place in the manuscript of a spot in a file; None where it comes from the theme."""
        page = self._publication.chapters.get(path)
        if page and page.numbered.chapter.file.source.path:
            return _place_in(page, self._starts(path), spot)
        if image := self._publication.images.get(path):
            return image.place
        return Place(CONFIG_NAME) if path.endswith(_OF_CONFIG) else None

    def _read_starts(self, path: str) -> Sequence[_Spot]:
        with zipfile.ZipFile(io.BytesIO(self._publication.data)) as archive:
            return _starts_in(archive.read(f"{PACKAGE_FOLDER}/{path}"))


def _starts_in(page: bytes) -> Sequence[_Spot]:
    """Where each element in the body of a page starts, up to where the page is no longer XML.

    What is made for one kind of reader around them does not count.
    """
    starts: list[_Spot] = []
    bodies: list[int] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("class") == SPAN or attributes.get("id") in FRAMES:
            return
        if name == "body":
            bodies.append(len(starts) + 1)
        starts.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    with suppress(expat.ExpatError):
        parser.Parse(page, True)
    return starts[bodies[0] :] if bodies else ()


def _place_in(page: ChapterPage, starts: Sequence[_Spot], spot: _Spot) -> Place:
    """The place of the last element that starts before a spot.

    Where it does not know its own, as raw HTML does not, its tag is looked for between the
    elements around it that do.
    """
    file, elements = page.numbered.chapter.file, list(page.read().iter())
    index = min(max(bisect_left(starts, spot) - 1, 0), len(elements) - 1)
    element = elements[index]
    if AT in element.attrib:
        return place_of(element, file.source)
    before = next((each for each in reversed(elements[:index]) if AT in each.attrib), None)
    start = offset_of(before) if before is not None else file.body_start
    after = next((offset_of(each) for each in elements[index:] if AT in each.attrib), 0)
    end = after if after > start else len(file.source.text)
    for wanted in _wanted(element):
        if (at := file.source.text.find(wanted, start, end)) >= 0:
            return file.source.place(at, len(wanted))
    return file.source.place(start) if before is None else place_of(before, file.source)


def _wanted(element: Element) -> Iterator[str]:
    """What to look for in the source: an element's tag, or the first line of its words."""
    yield f"<{local_name(element)}"
    if words := (element.text or "").strip().partition("\n")[0]:
        yield words
