"""What differs in the e-book by the readers that it is made for."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from builder.build import build
from builder.config import Profile
from builder.render.epub.kobo import framed
from builder.request import Request
from tests.conftest import WriteBook

X = "{http://www.w3.org/1999/xhtml}"
BOOK = {
    "a.md": "# Pumps\n\nIt is old. “Is it?” she *asked. And* left.[^n]\n\n![A dot](d.svg)\n\n"
    "- [ ] Fill it.\n\n```\nif x: y. z\n```\n\n[^n]: A note.\n",
    "d.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>D</title></svg>',
}


def made_for(root: Path, profile: Profile) -> tuple[Path, dict[str, str]]:
    """The e-book for some readers, and its texts by their path."""
    asked = Request(root=root, out=root.parent / "out", outputs=("epub",), profile=profile)
    (made,) = build(asked, lambda *_: None).artifacts
    with zipfile.ZipFile(made.path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf"))]
        return made.path, {name: archive.read(name).decode() for name in names}


def body_of(text: str) -> Element:
    """The body of a page."""
    body = fromstring(text).find(f"{X}body")
    assert body is not None
    return body


def test_kobo_gets_a_number_for_each_sentence(write_book: WriteBook) -> None:
    """Within each block from 1; formatting and notes stay around and between the sentences."""
    path, files = made_for(write_book(BOOK), "kobo")
    body = body_of(files["EPUB/text/a.xhtml"])
    spans = [each for each in body.iter(f"{X}span") if each.get("class") == "koboSpan"]
    sentences = ["".join(each.itertext()) for each in spans]
    ids = [each.get("id", "") for each in spans]

    assert path.name == "a-book.kepub.epub"
    assert sentences[3:9] == ["It is old. ", "“Is it?” ", "she ", "asked. ", "And", " left."]
    assert ids[3:9] == [f"kobo.{ids[3].split('.')[1]}.{number}" for number in range(1, 7)]
    assert len({*ids}) == len(ids)
    assert [each.get("id") for each in body.iter(f"{X}div")][:2] == ["book-columns", "book-inner"]
    assert "landmarks" not in files["EPUB/nav.xhtml"]
    assert "linear" not in files["EPUB/package.opf"]


def test_kobos_numbers_change_no_word(write_book: WriteBook) -> None:
    """The text is that for all readers."""
    root = write_book(BOOK)
    texts = [
        "".join(body_of(made_for(root, profile)[1]["EPUB/text/a.xhtml"]).itertext()).strip()
        for profile in _both()
    ]

    assert texts[0] == texts[1]


def _both() -> tuple[Profile, Profile]:
    return "generic", "kobo"


def test_code_has_no_sentences() -> None:
    """It is left as it is, and so is the tree that was given."""
    section = fromstring("<section><p>One. Two.</p><pre>a. b</pre></section>")
    (inner,) = framed(section)

    assert inner[0][1].text == "a. b"
    assert section[0].text == "One. Two."


def test_a_kindle_gets_no_page_of_the_cover(write_book: WriteBook) -> None:
    """The image is there, and named as the cover."""
    _, files = made_for(write_book(BOOK), "kindle")

    assert "EPUB/cover.xhtml" not in files
    assert "cover.xhtml" not in files["EPUB/nav.xhtml"]
    assert 'properties="cover-image"' in files["EPUB/package.opf"]


@pytest.mark.parametrize(("profile", "count"), [("apple", 1), ("generic", 0)])
def test_apple_is_told_of_the_fonts(profile: Profile, count: int, write_book: WriteBook) -> None:
    """In the metadata of the package."""
    package = made_for(write_book(BOOK), profile)[1]["EPUB/package.opf"]

    assert package.count("ibooks:specified-fonts") == count
