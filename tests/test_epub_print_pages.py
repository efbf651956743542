"""Pages of the printed book in the e-book: where each begins, and the list of them."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pypdfium2
import pytest

from builder.build import build
from builder.cache import MemoryStore
from builder.parse.tree import parse_html
from builder.render.epub.page_breaks import mark_pages
from builder.render.print_pages import PrintPage
from builder.request import Request
from tests.conftest import WriteBook

X = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
_CONFIG = """
title = "A Book"
authors = ["Nora Vale"]
identifier = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
[pdf]
trim = "90mm x 120mm"
isbn = "978-3-16-148410-0"
lists = ["tables"]
contents_depth = 2
[epub]
print_pages = true
reference_pages = true
lists = ["tables"]
"""
_WORDS = "Incomprehensibilities notwithstanding, extraordinarily characteristic considerations. "
_LONG = " ".join(f"{number} {_WORDS * 2}" for number in range(14))
_ROWS = "\n".join(f"| row {number} | {_WORDS} |" for number in range(12))
_ENTRIES = "; ".join(f"{letter}{other}mber" for letter in "bcdlt" for other in "aeiou")
_HEADINGS = "".join(f"## Section {number}\n\nText.\n\n" for number in range(12))
_FILES = {
    "book.toml": _CONFIG,
    "front/preface.md": '# Preface\n\nSee [](../a.md).{index="well"}\n',
    "a.md": f'# Long\n\n{{index="well" from}}\n\n{_LONG}[^n]\n\nThe end.{{index="well" to}}\n'
    '\n[^n]: A note.{index="pump"}\n\n## Checklist\n\n- [ ] Look\n',
    "b.md": f"# Wide\n\n| Head | Text |\n|--|--|\n{_ROWS}\n\n"
    "/// caption {#table-long}\nLong.\n///\n\n/// only-print\nOn paper.\n///\n",
    "c.md": f'# Sections\n\nAll{{index="well" .main}} of{{index="{_ENTRIES}"}} it.\n\n{_HEADINGS}',
    "back/index.md": "# Index\n\nOf all.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A book made in one go: what is in the EPUB by path, and the PDF."""
    root = tmp_path_factory.mktemp("pages") / "book"
    for name, text in _FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return _built(root, root.parent / "out")


def _built(root: Path, out: Path) -> Mapping[str, bytes]:
    request = Request(root=root, out=out, outputs=("pdf", "epub"), store=MemoryStore())
    paths = {each.kind: each.path for each in build(request, lambda *_: None).artifacts}
    with zipfile.ZipFile(paths["epub"]) as archive:
        files = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    return {**files, "pdf": paths["pdf"].read_bytes(), "epub": paths["epub"].read_bytes()}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _behind_marks(page: Element) -> Iterator[tuple[str, str]]:
    """The label of each mark, and the letters behind it."""
    found: list[tuple[str, list[str]]] = []

    def walk(element: Element) -> None:
        if element.get("role") == "doc-pagebreak":
            found.append((element.get("aria-label", ""), []))
        if element.get("class") in ("noteref", "aloud", "footnotes"):
            return
        for _, texts in found:
            texts.append(element.text or "")
        for child in element:
            walk(child)
            for _, texts in found:
                texts.append(child.tail or "")

    walk(page)
    yield from ((label, _letters("".join(texts))) for label, texts in found)


def test_marks_stand_where_printed_pages_begin(made: Mapping[str, bytes]) -> None:
    """In the middle of a paragraph, in a table with its head repeated, before a checklist."""
    document = pypdfium2.PdfDocument(made["pdf"])
    printed = {
        document.get_page_label(number): _letters(page.get_textpage().get_text_range())
        for number, page in enumerate(document)
    }
    marks = [
        (label, words)
        for name in ("a", "b")
        for label, words in _behind_marks(fromstring(made[f"text/{name}.xhtml"]))
    ]

    assert len(marks) > 8
    for label, words in marks:
        # A word that is divided over two pages stands whole behind the mark, and the second
        # page of a table repeats its head.
        near = printed[label][:60]
        is_blank = not printed[label]
        assert is_blank or any(words[start : start + 12] in near for start in range(20)), (
            label,
            near,
            words,
        )


def test_list_of_pages_is_navigation(made: Mapping[str, bytes]) -> None:
    """In the order of reading, with roman and arabic labels, the blank pages among them."""
    nav = fromstring(made["nav.xhtml"])
    (pages,) = [each for each in nav.iter(f"{X}nav") if each.get(TYPE) == "page-list"]
    links = [(link.text, link.get("href", "")) for link in pages.iter(f"{X}a")]
    ids = {
        f"{path}#{each.get('id')}"
        for path in made
        if path.endswith(".xhtml")
        for each in fromstring(made[path]).iter()
        if each.get("role") == "doc-pagebreak"
    }

    assert pages.get("hidden") == "hidden"
    assert [label for label, _ in links[:10]] == "i ii iii iv v vi vii viii ix x".split()
    assert links[8:11] == [
        ("ix", "text/preface.xhtml#page-ix"),
        ("x", "text/a.xhtml#page-x"),
        ("1", "text/a.xhtml#page-1"),
    ]
    assert [number for number, _ in links[10:]] == [str(each) for each in range(1, 17)]
    assert len(links) == len(pypdfium2.PdfDocument(made["pdf"]))
    assert {href for _, href in links} == ids


def test_pages_of_contents_and_lists(made: Mapping[str, bytes]) -> None:
    """Before the contents and each list; within them in a line, which is nothing but a link."""
    nav = fromstring(made["nav.xhtml"])
    starts = [(each.get("aria-label"), each.get("id")) for each in nav.iter(f"{X}div")]
    ((link, mark),) = [
        (link, link[0]) for link in nav.iter(f"{X}a") if len(link) and link[0].get("id")
    ]

    assert starts == [(each, f"page-{each}") for each in ("iv", "v", "vii")]
    assert (mark.get("id"), mark.get("role"), mark.tail) == (
        "page-vi",
        "doc-pagebreak",
        "Section 2",
    )
    assert link.get("href") == "text/c.xhtml#c.section-2"


def test_index_names_printed_pages(made: Mapping[str, bytes]) -> None:
    """As the printed index does: pages that follow as one, where most is said in bold."""
    index = fromstring(made["text/index.xhtml"])
    (entry,) = (each for each in index.iter(f"{X}li") if each.get("id") == "index.entry-well")
    (pages,) = entry.findall(f"{X}span[@class='index-locator-range']")
    (main,) = entry.findall(f"{X}a[@class='index-locator main']")

    assert "".join(entry.itertext()) == "well, ix, 1\N{EN DASH}5, 11"
    assert [link.get("href") for link in pages] == ["a.xhtml#a.index-1", "a.xhtml#a.index-2"]
    assert main.get("href") == "c.xhtml#c.index-1"


def test_index_says_which_pages_are_notes(made: Mapping[str, bytes]) -> None:
    """A mark in a footnote leads to the note, and has the page with a sign of notes."""
    index = fromstring(made["text/index.xhtml"])
    (entry,) = (each for each in index.iter(f"{X}li") if each.get("id") == "index.entry-pump")
    link = entry.find(f"{X}a[@class='index-locator']")

    assert "".join(entry.itertext()) == "pump, 5n"
    assert link is not None
    assert link.get("href") == "a.xhtml#a.index-3"


def test_ncx_lists_pages_with_their_class(made: Mapping[str, bytes]) -> None:
    """Older e-readers know pages from there; the orders go on behind those of the contents."""
    ncx = fromstring(made["toc.ncx"])
    (pages,) = ncx.iter(f"{NCX}pageList")
    targets = list(pages.iter(f"{NCX}pageTarget"))
    orders = [int(each.get("playOrder", "")) for each in ncx.iter() if each.get("playOrder")]

    assert pages.get("class")
    assert (targets[0].get("type"), targets[0].get("value")) == ("front", None)
    assert (targets[-1].get("type"), targets[-1].get("value")) == ("normal", targets[-1][0][0].text)
    assert orders == list(range(1, len(orders) + 1))


def test_package_names_the_printed_book(made: Mapping[str, bytes]) -> None:
    """By its own ISBN, and says that there are pages to go to."""
    package = fromstring(made["package.opf"])
    metas = [(each.get("property"), each.text) for each in package.iter(f"{OPF}meta")]

    assert ("pageBreakSource", "urn:isbn:9783161484100") in metas
    assert [text for _, text in metas if text in ("pageBreakMarkers", "pageNavigation")] == [
        "pageBreakMarkers",
        "pageNavigation",
    ]


def test_reference_names_its_page_in_print(made: Mapping[str, bytes]) -> None:
    """In brackets, within the link."""
    page = fromstring(made["text/preface.xhtml"])
    (link,) = page.iter(f"{X}a")

    assert "".join(link.itertext()) == "Chapter 1, Long (page 1 in print)"


def test_pages_come_from_the_press_alone(write_book: WriteBook, tmp_path: Path) -> None:
    """The e-book made alone has the same pages as with the printed book beside it."""
    root = write_book({"book.toml": "[epub]\nprint_pages = true\n", "a.md": "# A\n\nText.\n"})
    (root / "book.toml").write_text('title = "B"\n[epub]\nprint_pages = true\n', "utf-8")
    beside = _built(root, tmp_path / "out")["epub"]
    request = Request(root=root, out=tmp_path / "alone", outputs=("epub",))
    (alone,) = build(request, lambda *_: None).artifacts

    assert alone.path.read_bytes() == beside
    assert b"B, the printed book" in zipfile.ZipFile(io.BytesIO(beside)).read("EPUB/package.opf")


def test_pages_of_notes_stand_behind_the_text(write_book: WriteBook, tmp_path: Path) -> None:
    """E-readers show notes where they are called: there, their page would be out of order."""
    config = _CONFIG.replace("[epub]", 'notes = "chapter"\n[epub]')
    notes = "\n\n".join(f"[^{number}]: {_WORDS * 3}" for number in range(9))
    calls = "\n\n## More\n\n".join(f"Text.[^{number}]" for number in range(9))
    root = write_book({"book.toml": config, "a.md": f"# A\n\n{calls}\n\n{notes}\n"})
    (root / "book.toml").write_text(config, "utf-8")
    made = _built(root, tmp_path / "out")
    marks = _behind_marks(fromstring(made["text/a.xhtml"]))

    assert [(label, bool(words)) for label, words in marks] == [
        ("1", True),
        ("2", True),
        ("3", True),
        ("4", False),
        ("5", False),
        ("6", False),
    ]


def _marked(html: str, *starts: tuple[int, int]) -> str:
    """A chapter with pages 1, 2 ... that begin at these blocks, behind these letters."""
    section = parse_html(html)
    section.tag = "section"
    pages = [PrintPage(str(number), "a", *start) for number, start in enumerate(starts, 1)]
    mark_pages(section, pages)
    return _written(section)


def _written(element: Element) -> str:
    if element.get("role") == "doc-pagebreak":
        return f"[{element.get('aria-label')}]"
    inner = "".join(_written(child) + (child.tail or "") for child in element)
    return f"<{element.tag}>{element.text or ''}{inner}</{element.tag}>"


@pytest.mark.parametrize(
    ("html", "starts", "expected"),
    [
        ('<p data-at="0">One two.</p>', [(0, 0)], "<p>[1]One two.</p>"),
        ('<p data-at="0">One two.</p>', [(0, 3)], "<p>One [1]two.</p>"),
        ('<p data-at="0">One two.</p>', [(0, 5)], "<p>One [1]two.</p>"),
        ('<p data-at="0">One “two”.</p>', [(0, 3)], "<p>One [1]“two”.</p>"),
        ('<p data-at="0">One—two.</p>', [(0, 3)], "<p>One—[1]two.</p>"),
        ('<p data-at="0">水水水水</p>', [(0, 2)], "<p>水水[1]水水</p>"),
        ('<p data-at="0">A b c d</p>', [(0, 1), (0, 3)], "<p>A [1]b c [2]d</p>"),
        ('<p data-at="0">A <em>b c</em> d</p>', [(0, 2)], "<p>A <em>b [1]c</em> d</p>"),
        ('<p data-at="0">A <a>b c</a> d</p>', [(0, 2)], "<p>A [1]<a>b c</a> d</p>"),
        (
            '<p data-at="0">A<a class="noteref">12</a> b</p>',
            [(0, 1)],
            "<p>A<a>12</a> [1]b</p>",
        ),
        ('<h2 data-at="0">One</h2>', [(0, 0)], "[1]<h2>One</h2>"),
        (
            '<ul><li data-at="0">A<p data-at="2">b</p></li></ul>',
            [(2, 0)],
            "<ul><li>A<p>[1]b</p></li></ul>",
        ),
        ('<ul data-at="0"><li data-at="1">A</li></ul>', [(0, 0)], "[1]<ul><li>A</li></ul>"),
        (
            '<figure data-at="0"><img data-at="1"></figure>',
            [(1, 0)],
            "[1]<figure><img></img></figure>",
        ),
        # On paper alone there was more: page 1 has nothing here, page 2 begins with what follows.
        ('<p data-at="0">A</p><p data-at="9">b</p>', [(5, 0), (9, 0)], "<p>A</p><p>[1][2]b</p>"),
        ('<p data-at="0">A</p><p data-at="9">b</p>', [(5, 0)], "<p>A</p><p>[1]b</p>"),
        ('<p data-at="0">A b</p>', [(0, 1), (0, 1)], "<p>A [1][2]b</p>"),
        ('<p data-at="0">A</p>', [(5, 0)], "<p>A</p>[1]"),
    ],
)
def test_marks_stand_before_words(html: str, starts: list[tuple[int, int]], expected: str) -> None:
    """Before the word that holds the page's first letter, outside of links and headings."""
    assert _marked(html, *starts) == f"<section>{expected}</section>"


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("b", "<ul><li>a</li><li>[9]b</li></ul></section><section><h2>C</h2>"),
        ("c", "</section><section>[9]<h2>C</h2><ul><li>c</li></ul></section>"),
        ("i", "<section>[9]<h1>"),
        ("gone", "<section><h1>"),
    ],
)
def test_pages_of_an_index_begin_at_an_entry(first: str, expected: str) -> None:
    """Or at the letter above it; a page of none of the e-book's entries is left out."""
    section = parse_html(
        '<section id="i"><h1>I</h1><section><h2>A</h2><ul><li id="a">a</li><li id="b">b</li></ul>'
        '</section><section><h2>C</h2><ul><li id="c">c</li></ul></section></section>'
    )[0]
    mark_pages(section, [PrintPage("9", "i", ids=(first, "z"))])

    assert expected in _written(section)
