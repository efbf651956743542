"""The page doctor and ``where``: pages of the book tied to lines of the manuscript."""

from pathlib import Path

import pytest

from builder.book import Book
from builder.build import build
from builder.command.where import where_json, where_text
from builder.diagnostics import BuildFailed, Diagnostic
from builder.parse.tree import text_of
from builder.render.glyphs import find_unknown_families
from builder.render.pdf.book import lay_book
from builder.render.pdf.places import offsets_of
from builder.render.pdf.settle import Settled, folio_of
from builder.render.pdf.verdicts import verdicts
from builder.render.pdf.whereabouts import folios_of, on_page, pages_of
from builder.request import Request
from tests.conftest import WriteBook
from tests.pressed import EVERYTHING, SHIPPED, Shelf, open_press, plan

SMALL = 'title = "A Book"\n[pdf]\ntrim = "105mm x 120mm"\nhalf_title = false\n'
LINE = "Some words that make up one line.\n\n"
PARAGRAPH = "One of the sentences that take up some room on a page of this size. " * 5
GREY_PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def laid(root: Path) -> tuple[Book, Settled]:
    """A book laid out."""
    planned = plan(root)
    with open_press(planned) as press:
        made = lay_book(planned.book, planned.theme, planned.trim, planned.words, press)
    return planned.book, made.value.settled


def found_in(root: Path) -> list[Diagnostic]:
    """What the page doctor has to say."""
    return list(verdicts(*laid(root)))


def test_a_good_page_is_left_alone(write_book: WriteBook) -> None:
    """Nothing is said about pages on which all is well."""
    root = write_book({"book.toml": SMALL, "a.md": f"# A\n\n{LINE}## B\n\n{PARAGRAPH}\n"})

    assert found_in(root) == []


def test_heading_at_the_foot(write_book: WriteBook) -> None:
    """A heading without its text is reported with its page and its line."""
    css = "h2 { break-after: page }"
    text = f"# A\n\n{LINE}## Stranded here\n\n{PARAGRAPH}\n"
    (found,) = found_in(write_book({"book.toml": SMALL, "a.md": text, "theme.css": css}))

    assert found.code == "stranded-heading"
    assert found.message.startswith('page 1: the heading "Stranded here" stands at the foot')
    assert str(found.place).startswith("a.md:5:")


def test_single_lines(write_book: WriteBook) -> None:
    """Where the engine is told not to care, single lines are found at foot and head."""
    chapters = {
        f"{n}-{m}.md": f"# A\n\n{LINE * n}{PARAGRAPH[: m * 70]}\n\n{LINE * 3}"
        for n in range(1, 10)
        for m in (2, 3)
    }
    css = "p { orphans: 1; widows: 1 }"
    cared = found_in(write_book({"book.toml": SMALL, **chapters}))
    careless = found_in(write_book({"book.toml": SMALL, **chapters, "theme.css": css}))

    assert not {"orphan-line", "widow-line"} & {each.code for each in cared}
    assert {"orphan-line", "widow-line"} <= {each.code for each in careless}


def test_last_page_with_little_on_it(write_book: WriteBook) -> None:
    """Fewer than four lines on a chapter's last page are too few, and on an only page not."""
    chapters = {f"{n:02}.md": f"# A\n\n{LINE * n}" for n in range(1, 20)}
    found = found_in(write_book({"book.toml": SMALL, **chapters}))
    lines = {each.message.split("holds ")[1].split()[0] for each in found}

    assert {each.code for each in found} == {"short-last-page"}
    assert lines == {"1", "2", "3"}


def test_last_page_of_the_contents(write_book: WriteBook) -> None:
    """Of what the builder lists, what helps is said, and not to cut lines from a chapter."""
    titles = {f"{n:02}.md": f"# A\n\n{LINE}" for n in range(1, 10)}
    (found,) = found_in(write_book({"book.toml": f"{SMALL}open_on = 'any'\n", **titles}))

    assert found.message.endswith("the last page of what the builder lists holds 2 lines")
    assert "contents_depth" in found.hint


def test_line_over_the_margin(write_book: WriteBook) -> None:
    """A word that cannot be broken is reported with how far it reaches."""
    text = f"# A\n\nBefore it.\n\nSee {'unbroken' * 12} there.\n"
    css = "p { overflow-wrap: normal; hyphens: none }"
    (found,) = found_in(write_book({"book.toml": SMALL, "a.md": text, "theme.css": css}))

    assert found.code == "line-too-long"
    assert " mm over the margin: " in found.message
    assert str(found.place).startswith("a.md:5:")


def test_spaces_at_the_end_of_a_folded_line(write_book: WriteBook) -> None:
    """What nobody sees over the margin is left alone."""
    code = "\n".join(f"{'w' * size} {'word ' * 30}" for size in range(1, 6))
    text = f"# A\n\n```text {{hl='1-5'}}\n{code}\n```\n"

    assert found_in(write_book({"book.toml": 'title = "A"', "a.md": text})) == []


def test_loose_line(write_book: WriteBook) -> None:
    """Words that a justified line holds far apart are reported."""
    text = f"# A\n\nYes so {'m' * 22} {'n' * 22} {'o' * 25} no.\n"
    css = "p { hyphens: none }"
    found = found_in(write_book({"book.toml": SMALL, "a.md": text, "theme.css": css}))

    assert {each.code for each in found} == {"loose-line"}


def test_picture_too_wide_and_too_coarse(write_book: WriteBook) -> None:
    """A picture is measured against the type area and against its own dots."""
    root = write_book({"book.toml": SMALL, "a.md": "# A\n\n![A pixel.](p.png){width=30cm}\n"})
    (root / "p.png").write_bytes(GREY_PIXEL)
    (root / "theme.css").write_text("img { max-width: none }", encoding="utf-8")
    found = found_in(root)

    assert [each.code for each in found] == ["cut-at-edge", "low-resolution"]
    assert 'the picture "A pixel." has 0 dots an inch' in found[1].message


def test_wide_table(write_book: WriteBook) -> None:
    """A table that its cells make wider than the page is cut, and that is said."""
    cells = " | ".join(["unbroken" * 3] * 4)
    text = f"# A\n\n| {cells} |\n|---|---|---|---|\n| {cells} |\n"
    css = "td, th { white-space: nowrap; overflow-wrap: normal; hyphens: none }"
    found = found_in(write_book({"book.toml": SMALL, "a.md": text, "theme.css": css}))

    assert {each.code for each in found} == {"cut-at-edge"}


def test_letter_that_no_font_has(write_book: WriteBook, engine_log: list[str]) -> None:
    """It is named with its code point and its page; signs without a glyph are not."""
    finding = missing_in(write_book, "# One\n\nWater is \u6c34, or \u6c34.\u00ad\n")

    assert finding.code == "missing-glyph"
    assert finding.message == 'page 1: no font has "\u6c34" (U+6C34, cjk unified ideograph-6c34)'
    assert finding.place is not None
    assert (finding.place.path, finding.place.line, finding.place.column) == ("a.md", 3, 10)
    assert engine_log


def test_script_that_no_font_has(write_book: WriteBook, engine_log: list[str]) -> None:
    """Its letters are one finding, which lists some of them and says how many more there are."""
    finding = missing_in(write_book, "# One\n\nWater: \u05de\u05d9\u05dd, \u05d5\u05e8\u05d1.\n")

    assert finding.message == (
        'page 1: no font has "\u05de" (U+05DE, hebrew letter mem), '
        '"\u05d9" (U+05D9, hebrew letter yod), "\u05dd" (U+05DD, hebrew letter final mem) '
        "and 3 more like them"
    )
    assert finding.hint == "put a font that has them into the folder fonts/ of the book"
    assert len(engine_log) == 6


def missing_in(write_book: WriteBook, text: str) -> Diagnostic:
    """What a build says of letters in a chapter that no font has."""
    root = write_book({"book.toml": SMALL, "a.md": text})
    request = Request(root=root, out=root / "out", outputs=("pdf",), jobs=1)
    with pytest.raises(BuildFailed) as failed:
        build(request, lambda *_: None)
    (finding,) = failed.value.findings
    return finding


def test_family_that_there_is_not(write_book: WriteBook) -> None:
    """A family in a variable is the theme's, generic, declared, or lies in the book's folder."""
    css = """
    @font-face { font-family: "Mine"; src: url(x.ttf) }
    :root {
      --text-font: "Source Sarif Pro", "Mine", Georgian Text, serif;
      --label-font: "Source Sans Pro";
    }
    """
    planned = plan(write_book({"book.toml": SMALL, "a.md": "# One\n\nText.\n", "theme.css": css}))
    near, far = find_unknown_families(planned.book, planned.theme)

    assert near.message == 'no font is of the family "Source Sarif Pro"'
    assert str(near.place) == "theme.css:4:20"
    assert near.hint == 'did you mean "Source Serif Pro"?'
    assert far.message == 'no font is of the family "Georgian Text"'
    assert far.hint.startswith("there are: IBM Plex Mono, Source S")


def test_checklist_on_two_pages(write_book: WriteBook) -> None:
    """A list that does not fit its page is reported where it begins."""
    tasks = "".join(f"- [ ] Task number {number}.\n" for number in range(30))
    chapter = f"# A\n\n## Checklist\n\n{tasks}"
    (found,) = found_in(write_book({"book.toml": SMALL, "a.md": chapter}))

    assert found.code == "split-checklist"
    assert str(found.place).startswith("a.md:3:")


@pytest.fixture(params=[EVERYTHING, SHIPPED], ids=["everything", "shipped"])
def pages(request: pytest.FixtureRequest, shelf: Shelf) -> tuple[Book, Settled, Path]:
    """A book and its pages."""
    pressed = shelf.pressed(request.param)
    return pressed.planned.book, pressed.book.settled, request.param


def test_every_page_leads_to_lines_and_back(pages: tuple[Book, Settled, Path]) -> None:
    """What lies on a page, by its lines, lies on that page."""
    book, settled, _ = pages
    for folio in folios_of(settled):
        for stretch in on_page(book, settled, folio):
            assert folio in pages_of(book, settled, stretch.path, stretch.first_line)


def test_every_heading_is_where_the_contents_say(pages: tuple[Book, Settled, Path]) -> None:
    """The page of a heading's line is the folio of its anchor."""
    book, settled, _ = pages
    for numbered in book.chapters:
        for heading in numbered.chapter.headings:
            folio = settled.folios.get(heading.anchor)
            if folio is None:
                continue
            found = pages_of(book, settled, heading.place.path, heading.place.line)

            assert folio in found, heading


def test_every_page_begins_where_its_start_says(
    pages: tuple[Book, Settled, Path], shelf: Shelf
) -> None:
    """The letters that follow a page's start in the manuscript stand on that page."""
    book, settled, root = pages
    labels = dict(zip(shelf.facts(root).labels, shelf.facts(root).texts, strict=True))
    chapters = {numbered.id: numbered.chapter for numbered in book.chapters}
    checked = 0
    for placed in settled.placed:
        chapter = chapters.get(placed.run.id)
        for page, (place, letters) in enumerate(placed.sheet.survey.starts):
            if chapter is None or place < 0 or not letters:
                continue
            offset = str(offsets_of(chapter)[place])
            block = next(each for each in chapter.body.iter() if each.get("data-at") == offset)
            wanted = "".join(filter(str.isalnum, text_of(block)))[letters : letters + 12]
            there = "".join(filter(str.isalnum, labels[folio_of(placed, page)]))
            checked += 1

            assert wanted in there, (placed.run.id, page)
    assert checked or root == EVERYTHING


def test_where_in_words(write_book: WriteBook) -> None:
    """A page gives lines, a line gives pages, for people and for programs."""
    book, settled = laid(write_book({"book.toml": SMALL, "part/03-water.md": f"# W\n\n{LINE}"}))

    assert where_text(book, settled, "1") == "part/03-water.md:1-3"
    assert where_text(book, settled, "03-water.md:3") == "03-water.md:3: page 1"
    assert where_text(book, settled, "i") == "page i: made by the builder"
    assert where_json(book, settled, "part/03-water.md:3") == (
        '{"file": "part/03-water.md", "line": 3, "pages": ["1"]}'
    )


@pytest.mark.parametrize(
    ("spot", "code", "hint"),
    [
        ("999", "unknown-page", "pages are i to 1"),
        ("watr.md", "unknown-file", '"water.md"?'),
        ("water.md:99", "unknown-line", "its lines are 1 to 4"),
    ],
)
def test_where_there_is_nothing(write_book: WriteBook, spot: str, code: str, hint: str) -> None:
    """A page or file that the book has not is an error that names what there is."""
    book, settled = laid(write_book({"book.toml": SMALL, "water.md": "# W\n\nText.\n"}))
    with pytest.raises(BuildFailed) as failed:
        where_text(book, settled, spot)
    (finding,) = failed.value.findings

    assert finding.code == code
    assert hint in finding.hint
