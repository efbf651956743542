"""Pandoc reads the e-book back, and finds what the author wrote: chapters, notes, checklists."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import pypandoc
import pytest

from builder.parse.tree import local_name
from builder.render.epub.box_font import CROSSED, EMPTY
from tests.readers.conftest import Opened, letters_of

# What pandoc makes of each page: a list of its nodes, as JSON has them.
_Pages = Mapping[str, list[object]]


@pytest.fixture(scope="module")
def read_back(epub: Opened) -> _Pages:
    """What pandoc makes of each page: its blocks, which follow a mark with the file's name."""
    blocks = json.loads(pypandoc.convert_file(str(epub.path), "json", format="epub"))["blocks"]
    pages: dict[str, list[object]] = {}
    names = {name.rpartition("/")[2]: name for name in epub.pages}
    page = pages.setdefault("cover.xhtml", [])
    for block in blocks:
        if (name := _file_marked(block)) in names:
            page = pages.setdefault(names[name], [])
        page.append(block)
    return pages


def test_every_chapter_begins_with_its_title(read_back: _Pages, epub: Opened) -> None:
    """Each file is found once, in order, under the heading that it has."""
    found = {name: _headings(blocks) for name, blocks in read_back.items() if "text/" in name}
    expected = {
        name: [letters_of(_words(each)) for each in body.iter() if local_name(each) == "h1"]
        for name, body in epub.pages.items()
        if "text/" in name
    }

    assert found == expected
    assert [*read_back] == [*epub.pages]


def test_every_note_is_a_note(read_back: _Pages, epub: Opened) -> None:
    """With its whole text, where it is referred to; pandoc has no notes to notes."""
    found = {
        letters_of(_text(content))
        for kind, content in _nodes([*read_back.values()])
        if kind == "Note"
    }
    expected = [
        letters_of(_words(aside))
        for body in epub.pages.values()
        for aside in body.iter()
        if aside.get("role") == "doc-footnote" and aside.get("id") not in _noted_in_notes(body)
    ]

    assert [each for each in expected if each not in found] == []
    assert expected


def test_every_task_has_its_box(read_back: _Pages, epub: Opened) -> None:
    """Open or done, chapter by chapter."""
    found = {name: _boxes(_text(blocks)) for name, blocks in read_back.items()}
    expected = {name: _boxes("".join(body.itertext())) for name, body in epub.pages.items()}

    assert found == expected
    assert sum(boxes.total() for boxes in found.values()) > 1


def _file_marked(block: object) -> str:
    """The file whose begin an empty span marks; nothing where the block is no such mark."""
    match block:
        case {"t": "Para", "c": [{"t": "Span", "c": [[str(name), [], []], []]}]}:
            return name
    return ""


def _headings(blocks: object) -> list[str]:
    return [
        letters_of(_text(content[2]))
        for kind, content in _nodes(blocks)
        if kind == "Header" and isinstance(content, list) and content[0] == 1
    ]


def _nodes(tree: object) -> Iterator[tuple[str, object]]:
    """Every node with its kind and what is in it."""
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree["t"], tree.get("c")
        tree = [*tree.values()]
    for each in tree if isinstance(tree, list) else ():
        yield from _nodes(each)


def _text(tree: object) -> str:
    match tree:
        case {"t": "Str", "c": str(text)} | {"t": "Code" | "CodeBlock", "c": [_, str(text)]}:
            return text
        case {"t": "Note" | "Math"}:
            return ""
        case {"t": "Span" | "Div" | "Header", "c": [*_, inner]}:
            return _text(inner)
        case {"t": "Link" | "Image", "c": [_, inner, _]}:
            return _text(inner)
        case {"c": inner}:
            return _text(inner)
        case list():
            return "".join(map(_text, tree))
    return ""


def _noted_in_notes(body: Element) -> set[str]:
    """The ids of the notes to notes."""
    asides = (each for each in body.iter() if each.get("role") == "doc-footnote")
    links = (each for aside in asides for each in aside.iter())
    return {link.get("href", "")[1:] for link in links if link.get("role") == "doc-noteref"}


def _words(element: Element) -> str:
    """The text of an element without the numbers of notes, and without formulas."""
    if element.get("role") == "doc-noteref" or local_name(element) == "math":
        return ""
    inner = ((_words(child), child.tail or "") for child in element)
    return "".join((element.text or "", *(part for parts in inner for part in parts)))


def _boxes(text: str) -> Counter[str]:
    return Counter(char for char in text if char in (EMPTY, CROSSED))
