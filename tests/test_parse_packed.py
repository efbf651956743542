"""Parsed chapters as bytes: what is read from them is what was parsed."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from builder.book import ChapterFile, FrontMatter
from builder.parse.chapter import draft_chapter, draft_key
from builder.parse.packed import pack_draft, unpack_draft
from builder.read import read_manuscript
from builder.source import Source
from tests.casebook import converter_of
from tests.pressed import EVERYTHING

ODD = """# Odd

<p on"click="x" @go="y" xmlns:a="b">One</p>

<svg viewBox="0 0 1 1" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>
"""


def _like(one: Element, other: Element) -> bool:
    facts = [(each.tag, each.attrib, each.text, each.tail, len(each)) for each in one.iter()]
    return facts == [
        (each.tag, each.attrib, each.text, each.tail, len(each)) for each in other.iter()
    ]


def _files() -> list[ChapterFile]:
    odd = ChapterFile(Source("a.md", ODD), FrontMatter(), "chapter", "chapter", "a", 0)
    deep = ChapterFile(Source("b.md", ">" * 999), FrontMatter(), "chapter", "chapter", "b", 0)
    return [*read_manuscript(EVERYTHING).value.files, odd, deep]


@pytest.mark.parametrize("file", _files(), ids=lambda file: Path(file.source.path).stem)
def test_a_chapter_comes_back_as_it_was(file: ChapterFile) -> None:
    """Trees, notes and findings, also where names are none that XML would have."""
    made = draft_chapter(file, converter_of("en"))
    name = draft_key(file, "en")
    kept = unpack_draft(pack_draft(made), file, name)

    assert kept is not None
    assert (kept.findings, kept.value.key) == (made.findings, made.value.key)
    before, after = made.value.read(), kept.value.read()
    if before is None or after is None:
        assert before is after
        return
    assert _like(before.body, after.body)
    assert [(each.number, each.label, each.anchor, each.place) for each in before.notes] == [
        (each.number, each.label, each.anchor, each.place) for each in after.notes
    ]
    assert all(
        _like(one.body, other.body) for one, other in zip(before.notes, after.notes, strict=True)
    )


def test_bytes_of_something_else_are_no_draft() -> None:
    """They are as good as none."""
    (file, *_) = _files()

    assert unpack_draft(b"no draft", file, "a") is None
