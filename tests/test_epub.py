"""The e-book: what is in the zip, and whether it holds together."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image

from builder.decode import decode
from builder.diagnostics import Diagnostic
from builder.parse.chapter import draft_chapter
from builder.parse.markdown import make_markdown
from builder.parse.survey import survey_chapter
from builder.read import read_manuscript
from builder.render.epub.fitting import longest_word
from builder.render.epub.package import make_epub
from builder.render.theme import load_theme
from builder.resolve.book import resolve_book
from builder.words import words_of
from tests.conftest import WriteBook

MODIFIED = datetime(2026, 3, 1, 12, 30, 4, tzinfo=UTC)
X = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CHAPTERS = {
    "front/dedication.md": "---\ntitle: Dedication\n---\nTo *you*.\n",
    "front/introduction.md": "# Why\n\nSee [](../02-pump.md) and [](../02-pump.md#parts).\n",
    "01-part.md": "---\nrole: part\n---\n# Water\n",
    "02-pump.md": "# The *hand* pump\n\nText.\n\n## Parts\n\nThey are many, [see](#parts).\n",
    "03-well.md": "# The well\n\n## Digging\n\n### Tools\n\nA spade.\n",
    "appendix/a.md": "# Tables\n\nText.\n",
    "back/afterword.md": "# Later\n\nText.\n",
}


@dataclass(frozen=True)
class Epub:
    """A made EPUB, its files by their path under EPUB/."""

    data: bytes
    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...]

    def tree(self, path: str) -> Element:
        """An XML file of it."""
        return fromstring(self.files[path])

    def text(self, path: str) -> str:
        """A file of it as text."""
        return self.files[path].decode()

    def pages(self) -> tuple[str, ...]:
        """The paths of its pages."""
        return tuple(sorted(path for path in self.files if path.endswith(".xhtml")))


def epub_of(root: Path) -> Epub:
    """Make the EPUB of a book's folder."""
    manuscript = read_manuscript(root).value
    language = manuscript.config.language
    words, converter = words_of(language), make_markdown(language)
    edition = manuscript.config.edition
    chapters = [
        survey_chapter(draft_chapter(file, converter).value, "epub", words, edition).value
        for file in manuscript.files
    ]
    book = resolve_book(manuscript, chapters, words).value
    config = decode((root / "book.toml").read_bytes(), "book.toml").value
    made = make_epub(book, load_theme("default", root, config).value, words, MODIFIED)
    with zipfile.ZipFile(io.BytesIO(made.value.data)) as archive:
        files = {
            name.removeprefix("EPUB/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("EPUB/")
        }
    return Epub(made.value.data, files, made.findings)


def chapter_of(root: Path) -> Element:
    """The section of the chapter ``a.md`` in the EPUB of a book's folder."""
    section = epub_of(root).tree("text/a.xhtml").find(f"{X}body/{X}section")
    assert section is not None
    return section


def with_class(tree: Element, name: str) -> list[Element]:
    """The elements of a class."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def test_zip_is_plain_and_in_order(write_book: WriteBook) -> None:
    """Readers find the type first, and nothing tells of the machine that made the file."""
    data = epub_of(write_book(CHAPTERS)).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, *rest = archive.infolist()

    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert (first.compress_type, first.extra) == (zipfile.ZIP_STORED, b"")
    assert [entry.filename for entry in rest] == sorted(entry.filename for entry in rest)
    assert {entry.date_time for entry in rest} == {(2026, 3, 1, 12, 30, 4)}
    assert {entry.external_attr >> 16 for entry in rest} == {0o100644}
    stored = {e.filename for e in rest if e.compress_type == zipfile.ZIP_STORED}
    assert stored == {"EPUB/images/cover.jpg"}


def test_same_book_gives_same_bytes(tmp_path: Path, write_book: WriteBook) -> None:
    """Neither folder nor run shows in the file."""
    root = write_book(CHAPTERS)
    first = epub_of(root).data
    root.rename(tmp_path / "elsewhere")

    assert epub_of(tmp_path / "elsewhere").data == first


def test_manifest_and_spine_name_every_file(write_book: WriteBook) -> None:
    """What is in the zip is in the manifest, and the pages are in the order of reading."""
    epub = epub_of(write_book(CHAPTERS))
    package = epub.tree("package.opf")
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = [items[item.get("idref")] for item in package.iter(f"{OPF}itemref")]

    assert {*items.values()} == {*epub.files} - {"package.opf"}
    assert spine == [
        "cover.xhtml",
        "title-page.xhtml",
        "text/dedication.xhtml",
        "nav.xhtml",
        "text/introduction.xhtml",
        "text/part.xhtml",
        "text/pump.xhtml",
        "text/well.xhtml",
        "text/a.xhtml",
        "text/afterword.xhtml",
    ]


def test_every_link_leads_somewhere(write_book: WriteBook) -> None:
    """Links between chapters, from the contents and from the NCX find file and id."""
    epub = epub_of(write_book(CHAPTERS))
    ids = {path: {element.get("id") for element in epub.tree(path).iter()} for path in epub.pages()}
    links = [
        (path, target)
        for path in (*epub.pages(), "toc.ncx")
        for element in epub.tree(path).iter()
        if (target := element.get("href") or element.get("src"))
    ]

    assert len(links) > 30
    for path, target in links:
        name, _, fragment = target.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
        assert file in epub.files, target
        assert not fragment or fragment in ids[file], target


def test_reference_names_chapter_and_links_to_its_file(write_book: WriteBook) -> None:
    """A chapter's link needs no fragment; a heading's names its section."""
    links = epub_of(write_book(CHAPTERS)).tree("text/introduction.xhtml").iter(f"{X}a")

    assert [(link.get("href"), link.text) for link in links] == [
        ("pump.xhtml", "Chapter 1, The hand pump"),
        ("pump.xhtml#pump.parts", "Parts"),
    ]


def test_link_within_a_chapter_names_no_file(write_book: WriteBook) -> None:
    """E-readers jump on the page instead of loading it again; so for ids of other scripts."""
    section = chapter_of(write_book({"a.md": "# A\n\n## Größe {#größe}\n\nSee [this](#größe).\n"}))
    link = next(section.iter(f"{X}a"))

    assert link.get("href") == "#a.größe"


def test_contents_nest_chapters_in_parts(write_book: WriteBook) -> None:
    """Parts hold their chapters, chapters their headings down to the depth asked for."""
    epub = epub_of(write_book(CHAPTERS))
    lines = [line.get("href") for line in epub.tree("nav.xhtml").iter(f"{X}a")]
    nested = epub.tree("nav.xhtml").findall(f"{X}body/{X}nav/{X}ol/{X}li/{X}ol/{X}li/{X}a")

    assert ["".join(line.itertext()) for line in nested] == [
        "Chapter 1: The hand pump",
        "Chapter 2: The well",
    ]
    assert "text/well.xhtml#well.digging" in lines
    assert "text/well.xhtml#well.tools" not in lines
    points = epub.tree("toc.ncx").iter(f"{NCX}navPoint")
    orders = [point.get("playOrder") for point in points]
    assert orders == [str(number) for number in range(1, len(orders) + 1)]


CAPTIONS = {
    "book.toml": 'title = "B"\nnumbered = ["figures"]\n[epub]\nlists = ["tables", "figures"]\n',
    "a.md": """# A

<figure id="dot"><svg viewBox="0 0 2 2"><title>A dot</title></svg>
<figcaption>A *dot*</figcaption></figure>

| A |
|---|
| 1 |

/// caption
One[^n] number, see [](#dot)
///

[^n]: Note.
""",
}


def test_lists_of_figures_and_tables_are_navigation(write_book: WriteBook) -> None:
    """Each is a list of links with its own type, named as a landmark too."""
    nav = epub_of(write_book(CAPTIONS)).tree("nav.xhtml")
    navs = {each.get(TYPE): each for each in nav.iter(f"{X}nav")}
    lists = {
        kind: [(link.get("href"), "".join(link.itertext())) for link in navs[kind].iter(f"{X}a")]
        for kind in ("lot", "loi")
    }
    landmarks = [link.get("href") for link in navs["landmarks"].iter(f"{X}a")]

    assert lists["lot"] == [("text/a.xhtml#a.table-1", "One number, see Figure 1.1")]
    assert lists["loi"] == [("text/a.xhtml#a.dot", "Figure\u00a01.1: A *dot*")]
    assert landmarks[2:5] == ["nav.xhtml", "nav.xhtml#list-of-tables", "nav.xhtml#list-of-figures"]


def test_a_list_without_lines_is_left_out(write_book: WriteBook) -> None:
    """So a book may ask for lists before there is anything to list."""
    root = write_book({**CAPTIONS, "a.md": "# A\n\nText.\n"})
    nav = epub_of(root).tree("nav.xhtml")

    assert [each.get(TYPE) for each in nav.iter(f"{X}nav")] == ["toc", "landmarks"]


def test_landmarks_lead_to_the_start_of_the_text(write_book: WriteBook) -> None:
    """E-readers open a new book there."""
    nav = epub_of(write_book(CHAPTERS)).tree("nav.xhtml").findall(f"{X}body/{X}nav")[1]
    landmarks = {link.get(TYPE): link.get("href") for link in nav.iter(f"{X}a")}

    assert landmarks == {
        "cover": "cover.xhtml",
        "titlepage": "title-page.xhtml",
        "toc": "nav.xhtml",
        "bodymatter": "text/part.xhtml",
    }


def test_metadata_comes_from_the_configuration(write_book: WriteBook) -> None:
    """Title with subtitle, people with their roles, identifier, dates, all of it escaped."""
    config = """
title = "The Pump"
subtitle = "Water & more"
language = "en-GB"
identifier = "978-3-16-148410-0"
authors = ["Ada Dig", "Ludwig van Well", { name = "Ed Itor", role = "edt", file_as = "Itor" }]
publisher = "P & Q"
date = 2026-02-03
subjects = ["Wells", "Pumps"]
"""
    package = epub_of(write_book({"book.toml": config, "a.md": "# A\n\nText.\n"})).tree(
        "package.opf"
    )
    found = [(each.tag.removeprefix(DC), each.text) for each in package.iter() if DC in each.tag]
    metas = {
        (each.get("refines", ""), each.get("property", "")): each.text
        for each in package.iter(f"{OPF}meta")
    }

    assert found == [
        ("identifier", "urn:isbn:9783161484100"),
        ("title", "The Pump: Water & more"),
        ("language", "en-GB"),
        ("creator", "Ada Dig"),
        ("creator", "Ludwig van Well"),
        ("contributor", "Ed Itor"),
        ("publisher", "P & Q"),
        ("date", "2026-02-03"),
        ("subject", "Wells"),
        ("subject", "Pumps"),
    ]
    assert metas["#title", "file-as"] == "Pump, The: Water & more"
    assert metas["#creator-1", "file-as"] == "Dig, Ada"
    assert ("#creator-2", "file-as") not in metas
    assert metas["#contributor-1", "role"] == "edt"
    assert metas["", "dcterms:modified"] == "2026-03-01T12:30:04Z"


@pytest.mark.parametrize(
    ("text", "modes", "features"),
    [
        ("Words.", ["textual"], []),
        ("![A pump](p.png)", ["textual", "visual"], ["alternativeText"]),
        ('<img src="p.png" alt=""/>', ["textual", "visual"], []),
        (
            '<img src="p.png" alt="" role="presentation"/>',
            ["textual", "visual"],
            ["alternativeText"],
        ),
    ],
)
def test_accessibility_is_computed(
    write_book: WriteBook, text: str, modes: list[str], features: list[str]
) -> None:
    """What the metadata claims is true of the images."""
    root = write_book({"a.md": f"# A\n\n{text}\n"})
    Image.new("L", (20, 10)).save(root / "p.png")
    metas = [
        (each.get("property", "").removeprefix("schema:"), each.text)
        for each in epub_of(root).tree("package.opf").iter(f"{OPF}meta")
    ]

    assert [text for name, text in metas if name == "accessMode"] == modes
    assert [text for name, text in metas if text == "alternativeText"] == features


@pytest.mark.parametrize(
    ("path", "kind", "matter"),
    [
        ("text/dedication.xhtml", "dedication", "frontmatter"),
        ("text/introduction.xhtml", "introduction", "frontmatter"),
        ("text/part.xhtml", "part", "bodymatter"),
        ("text/pump.xhtml", "chapter", "bodymatter"),
        ("text/a.xhtml", "appendix", "backmatter"),
        ("text/afterword.xhtml", "afterword", "backmatter"),
    ],
)
def test_section_says_what_it_is(write_book: WriteBook, path: str, kind: str, matter: str) -> None:
    """The words of EPUB and of ARIA, and the matter of the book."""
    body = epub_of(write_book(CHAPTERS)).tree(path).find(f"{X}body")
    assert body is not None

    assert body.get(TYPE) == matter
    assert (body[0].get(TYPE), body[0].get("role")) == (kind, f"doc-{kind}")


def test_heading_carries_number_and_names_the_section(write_book: WriteBook) -> None:
    """One heading, read as one line; the section under the chapter's id is named by it."""
    root = write_book(
        {"book.toml": 'title = "B"\nchapter_label = "Step"\n', "a.md": "# *Go*\n\nText.\n"}
    )
    section = chapter_of(root)
    heading = section[0]

    assert "".join(heading.itertext()) == "Step 1: Go"
    assert section.get("id") == "a"
    assert section.get("aria-labelledby") == heading.get("id")


def test_dedication_is_named_without_a_heading(write_book: WriteBook) -> None:
    """Its title is for the ear alone."""
    page = epub_of(write_book(CHAPTERS)).tree("text/dedication.xhtml")
    section = next(page.iter(f"{X}section"))

    assert section.get("aria-label") == "Dedication"
    assert page.find(f".//{X}h1") is None


def test_sections_nest_by_heading(write_book: WriteBook) -> None:
    """The id stands on the section, so that a jump shows its heading."""
    section = chapter_of(write_book({"a.md": "# A\n\n## B\n\nText.\n\n### C\n\n## D\n"}))
    inner = {each.get("id"): len(each) for each in section.iter(f"{X}section")}

    assert inner == {"a": 3, "a.b": 3, "a.c": 1, "a.d": 1}


NOTES = """# A

One.[^x]

## B

Two,[^y] and one again.[^x]

[^x]: First.
[^y]: Second.
"""


def test_notes_stand_at_the_end_of_their_section(write_book: WriteBook) -> None:
    """A note follows the section with its first reference, and leads back to it."""
    section = chapter_of(write_book({"a.md": NOTES}))
    parents = {child: parent for parent in section.iter() for child in parent}
    references = with_class(section, "noteref")
    notes = with_class(section, "footnote")
    homes = [parents[parents[note]].get("id") for note in notes]

    assert [(each.text, each.get("href")) for each in references] == [
        ("1", "#a.note-x"),
        ("2", "#a.note-y"),
        ("1", "#a.note-x"),
    ]
    assert homes == ["a", "a.b"]
    assert [note.get("id") for note in notes] == ["a.note-x", "a.note-y"]
    back = next(notes[1].iter(f"{X}a"))
    assert (back.text, back.get("href"), back.tail) == ("2", "#a.noteref-y", "\xa0Second.")
    assert references[1].get("id") == "a.noteref-y"
    assert (references[0].get(TYPE), notes[0].get(TYPE)) == ("noteref", "footnote")


def test_tasks_begin_with_a_box_in_text(write_book: WriteBook) -> None:
    """No form controls; each box is said aloud and keeps to its text."""
    section = chapter_of(write_book({"a.md": "# A\n\n- [ ] Do\n    - [x] Did\n"}))
    boxes = with_class(section, "box-glyph")

    assert [(box.text, box.get("aria-label"), box.tail) for box in boxes] == [
        ("☐", "Not done:", "\xa0Do"),
        ("☒", "Done:", "\xa0Did"),
    ]
    assert not list(section.iter(f"{X}input"))


def test_lines_to_write_on_are_left_out(write_book: WriteBook) -> None:
    """Nobody can write on an e-reader's rules."""
    text = "# A\n\n/// exercise | Try {lines=3}\nWrite.\n///\n"
    section = chapter_of(write_book({"a.md": text}))

    assert [child.get("class") for child in with_class(section, "exercise")[0]] == [
        "box-title",
        None,
    ]


def test_what_takes_a_pen_is_left_out(write_book: WriteBook) -> None:
    """Scales, habits and tables have words of their own, and stay; nothing is to be filled in."""
    kinds = '{lines=1 boxes=1 grid=1 dots=1 days=2 scale="low 1-3 high"}'
    habits = "/// exercise {days=7}\n- Walk\n- Sleep\n///\n"
    table = "| a | b |\n|---|---|\n|   |   |\n{rows=5}\n"
    section = chapter_of(write_book({"a.md": f"# A\n\nText. {kinds}\n\n{habits}\n{table}"}))

    words = " ".join("".join(section.itertext()).split())
    assert words == "Chapter 1: A Text. low 1 2 3 high Walk Sleep a b"
    assert [child.tag.removeprefix(X) for child in section] == "h1 p div section table".split()
    assert len(list(section.iter(f"{X}tr"))) == 2


def test_language_is_said_twice(write_book: WriteBook) -> None:
    """HTML and XML each have their own attribute, and both are asked for."""
    page = epub_of(write_book({"a.md": '# A\n\n<p lang="fr">Oui</p>\n'})).text("text/a.xhtml")

    assert '<p lang="fr" xml:lang="fr">Oui</p>' in page


def test_address_of_the_web_is_a_url(write_book: WriteBook) -> None:
    """Spaces and letters of other scripts are written as a URL has them."""
    link = next(chapter_of(write_book({"a.md": "# A\n\n<https://a.org/ü>\n"})).iter(f"{X}a"))

    assert link.get("href") == "https://a.org/%C3%BC"


def test_an_image_of_some_height_is_as_wide_as_that_asks(write_book: WriteBook) -> None:
    """The attribute with the width of the file keeps its place alone."""
    root = write_book({"a.md": "# A\n\nIn a line ![One](x.png){height=1em}.\n"})
    Image.new("L", (200, 10)).save(root / "x.png")
    epub = epub_of(root)
    (image,) = epub.tree("text/a.xhtml").iter(f"{X}img")
    name = image.get("class", "")

    assert image.get("width") == "200"
    assert f".{name}.{name} {{ height: 1em; width: auto }}" in epub.text("styles/book.css")


def test_images_named_in_another_script_are_numbered(write_book: WriteBook) -> None:
    """The code points of a Hebrew name are no name that anyone could read."""
    root = write_book({"a.md": "# A\n\n![One](מים.png)\n\n![Two](水.png)\n"})
    for name, size in (("מים", 1), ("水", 2)):
        Image.new("L", (size, 10)).save(root / f"{name}.png")
    images = [each.get("src", "") for each in chapter_of(root).iter(f"{X}img")]

    assert sorted(images) == ["../images/image-2.png", "../images/image.png"]


def test_images_get_plain_names_and_sizes(write_book: WriteBook) -> None:
    """Two images of one name both come along, and each keeps its place while it loads."""
    text = "# A\n\n![One](<x/Büro 1.png>)\n\n![Two](<y/Büro 1.png>){width=40}\n"
    root = write_book({"a.md": text})
    for folder in ("x", "y"):
        (root / folder).mkdir()
        Image.new("L", (20, 10)).save(root / folder / "Büro 1.png")
    images = [dict(each.items()) for each in chapter_of(root).iter(f"{X}img")]

    assert [(each["src"], each["width"], each["height"]) for each in images] == [
        ("../images/buro-1.png", "20", "10"),
        ("../images/buro-1-2.png", "40", "20"),
    ]
    assert images[1]["class"] == "set-width-40px"


def test_images_that_e_readers_refuse_are_made_anew(write_book: WriteBook) -> None:
    """WebP, CMYK and very large photographs become plain JPEG or PNG."""
    root = write_book({"a.md": "# A\n\n![W](w.webp)\n\n![C](c.jpg)\n\n![L](l.jpg)\n"})
    Image.new("RGBA", (20, 10)).save(root / "w.webp")
    Image.new("CMYK", (20, 10)).save(root / "c.jpg")
    Image.new("L", (4000, 2000)).save(root / "l.jpg")
    files = epub_of(root).files
    found = {}
    for name in ("w.png", "c.jpg", "l.jpg"):
        with Image.open(io.BytesIO(files[f"images/{name}"])) as image:
            found[name] = (image.format, image.mode, image.width * image.height <= 4_000_000)

    assert found == {
        "w.png": ("PNG", "RGBA", True),
        "c.jpg": ("JPEG", "RGB", True),
        "l.jpg": ("JPEG", "RGB", True),
    }


def test_figures_and_captions_have_ids(write_book: WriteBook) -> None:
    """So that a list of figures, or a link, can lead to them."""
    root = write_book({"a.md": '# A\n\n![A pump](p.png "The pump")\n'})
    Image.new("L", (20, 10)).save(root / "p.png")
    figure = next(chapter_of(root).iter(f"{X}figure"))

    assert (figure.get("id"), figure[1].get("id")) == ("a.figure-1", "a.figure-1-caption")


def test_wide_tables_can_be_stacked(write_book: WriteBook) -> None:
    """Cells of a table too wide for a phone know the names of their columns."""
    row = "| a long cell with many words | and one more of these | and the last of the three |"
    table = f"| One | Two | Three |\n|--|--|--|\n{row}\n"
    section = chapter_of(write_book({"a.md": f"# A\n\n{table}"}))

    assert [cell.get("data-label") for cell in section.iter(f"{X}td")] == ["One", "Two", "Three"]
    assert with_class(section, "wide")
    assert not with_class(section, "stacked")


TIGHT = """# A

| Neighbourhood | Understanding | Something |
|---|---|---|
| one | a cell that is longer than the others | two |

| A | B |
|---|---|
| 1 | 2 |
"""


def test_columns_of_long_words_have_widths(write_book: WriteBook) -> None:
    """So that large type does not push them off the page; a table of short words has none."""
    tight, other = chapter_of(write_book({"a.md": TIGHT})).iter(f"{X}table")
    widths = [column.get("class") for column in tight.iter(f"{X}col")]

    assert widths == ["set-width-34percent", "set-width-41percent", "set-width-25percent"]
    assert tight[0].tag == f"{X}colgroup"
    assert [*other.iter(f"{X}col")] == []


def test_book_with_nothing_to_list_has_a_contents_line(write_book: WriteBook) -> None:
    """A list without an item would be no valid contents."""
    files = {"dedication.md": "---\ntitle: For you\nrole: front\n---\nTo *you*.\n"}
    nav = epub_of(write_book(files)).tree("nav.xhtml")

    assert next(nav.iter(f"{X}a")).get("href") == "title-page.xhtml"


def test_exercises_of_one_title_are_told_apart(write_book: WriteBook) -> None:
    """A screen reader names each by a name of its own."""
    exercise = "/// exercise | Try this\nOnce.\n///\n\n"
    epub = epub_of(write_book({"a.md": f"# A\n\n{exercise * 2}"}))
    sections = with_class(epub.tree("text/a.xhtml"), "exercise")

    assert [each.get("aria-label") for each in sections] == ["Try this", "Try this 2"]


@pytest.mark.parametrize(("language", "said"), [("fr", "en"), ("en-GB", None)])
def test_words_without_a_translation_say_that_they_are_english(
    write_book: WriteBook, language: str, said: str | None
) -> None:
    """A voice would else speak them by the rules of the book's language."""
    files = {
        "book.toml": f'title = "A"\nlanguage = "{language}"\npublisher = "P"\n'
        'numbered = ["tables"]\nedition = "leader"\n[epub]\naccessibility_page = true\n'
        'lists = ["tables"]\n',
        "a.md": "# A\n\n- [ ] B. (~20 min)\n- [ ] C. {.leader}\n\n"
        "| D | E |\n|---|---|\n| F | G |\n\n/// caption\nH\n///\n",
    }
    epub = epub_of(write_book(files))
    chapter, nav = epub.tree("text/a.xhtml"), epub.tree("nav.xhtml")
    found = [
        *(with_class(chapter, name)[0] for name in ("mark", "leader-label", "caption-number")),
        *(each for each in nav.iter() if each.tag in (f"{X}h1", f"{X}h2")),
        next(epub.tree("copyright.xhtml").iter(f"{X}section")),
        *with_class(epub.tree("accessibility.xhtml"), "accessibility"),
    ]

    assert [each.get("lang") for each in found] == [said] * 7
    assert [each.get(XML_LANG) for each in found] == [said] * 7


GIVING_WAY = """# Incomprehensible

## Title

| Weight | Middle | Feet |
|---|---|---|
| 1 | 2 | 3 |

$$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 = b_1 + b_2 + b_3 + b_4 + b_5 + b_6$$

$$x$$

> $$a + b + c = d + e$$
"""


def test_what_large_type_would_break_gives_way(write_book: WriteBook) -> None:
    """Long words of titles, tables of middling width, formulas: each in a frame that it fits."""
    files = {"book.toml": 'title = "Everything"\n', "a.md": GIVING_WAY}
    epub = epub_of(write_book(files))
    pages = (epub.tree("title-page.xhtml"), epub.tree("text/a.xhtml"))
    frames = [frame for page in pages for frame in with_class(page, "fitted")]

    assert [frame.tag.removeprefix(X) for frame in frames] == ["h1", "h1", "div", "div", "div"]
    assert [frame[-1].get("class") for frame in frames] == [
        "letters-10",
        "title letters-16",
        "short tight letters-24",
        "equation letters-56",
        "equation letters-16",
    ]
    assert "data-width" not in epub.text("text/a.xhtml")


@pytest.mark.parametrize(
    ("text", "letters"),
    [("", 0), ("one three", 5), ("semi-detached", 8), ("and/or", 3), ("水を飲むpump", 4)],
)
def test_lines_end_between_words(text: str, letters: int) -> None:
    """Behind spaces, hyphens and strokes, and anywhere in scripts without spaces."""
    assert longest_word(text) == letters


def test_numbers_of_notes_stay_on_the_line(write_book: WriteBook) -> None:
    """Behind a sign, where a line might end; behind a letter it cannot."""
    root = write_book({"a.md": "# A\n\nWhy?[^x] *So!*[^x] Word[^x].\n\n[^x]: Note.\n"})
    section = chapter_of(root)
    held = with_class(section, "held")

    assert ["".join(each.itertext()) for each in held] == ["?1"]
    assert "".join(section.itertext()).split("\n")[1] == "Why?1 So!1 Word1."


def test_drawings_in_the_text_show_on_dark_pages(write_book: WriteBook) -> None:
    """They have a white ground and are inverted, unless they take the colour of the text."""
    drawings = "".join(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label="A line">'
        f'<path d="M0 0h9" stroke="{colour}"/></svg>\n\n'
        for colour in ("#222", "currentColor")
    )
    section = chapter_of(write_book({"a.md": f"# A\n\n{drawings}"}))
    found = section.iter("{http://www.w3.org/2000/svg}svg")

    assert [each.get("class") for each in found] == ["line-art", "knows-dark"]
