"""What the package says of the book, and the pages that repeat it for people."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from PIL import Image

from tests.conftest import WriteBook
from tests.test_epub import OPF, TYPE, Epub, X, epub_of, with_class

_CONFIG = """
title = "A Pump"
authors = ["Ada Dig", "Bo Well", { name = "Ed Itor", role = "edt" }]
series = { name = "Water", number = 3 }
language = "en"
"""


def metas(epub: Epub) -> Iterator[tuple[str, str, str]]:
    """What the metadata refines, the property, and what it says."""
    for each in epub.tree("package.opf").iter(f"{OPF}meta"):
        yield each.get("refines", ""), each.get("property", ""), each.text or ""


def said(epub: Epub, name: str) -> list[str]:
    """What a property of schema.org says."""
    return [text for _, found, text in metas(epub) if found == f"schema:{name}"]


def test_people_are_in_order_and_the_series_counts(write_book: WriteBook) -> None:
    """Authors and others are each counted among themselves."""
    found = [*metas(epub_of(write_book({"book.toml": _CONFIG, "a.md": "# A\n\nText.\n"})))]

    assert [(whom, text) for whom, name, text in found if name == "display-seq"] == [
        ("#creator-1", "1"),
        ("#creator-2", "2"),
        ("#contributor-1", "1"),
    ]
    assert ("", "belongs-to-collection", "Water") in found
    assert ("#series", "collection-type", "series") in found
    assert ("#series", "group-position", "3") in found


def test_package_says_its_language_and_direction(write_book: WriteBook) -> None:
    """A book in Arabic is paged through from right to left, and its pages say so."""
    files = {"book.toml": 'title = "كتاب"\nlanguage = "ar"\n', "a.md": "# باب\n\nنص.\n"}
    epub = epub_of(write_book(files))
    package = epub.tree("package.opf")
    spine = next(package.iter(f"{OPF}spine"))
    page = epub.tree("text/a.xhtml")

    assert (dict(package.attrib)["dir"], package.attrib["unique-identifier"]) == ("rtl", "book-id")
    assert spine.get("page-progression-direction") == "rtl"
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_names_of_files_are_plain(write_book: WriteBook) -> None:
    """Whatever script titles and files are in: letters a to z, digits and hyphens."""
    files = {"Ärger & Glück.md": "# Ärger\n\nText.\n", "水.md": "# 水\n\n## 井\n\n井。\n"}
    names = [path.rpartition("/")[2] for path in epub_of(write_book(files)).files]

    assert all(set(name) <= {*"abcdefghijklmnopqrstuvwxyz0123456789-."} for name in names)


def test_cover_stands_apart(write_book: WriteBook) -> None:
    """One image that says what it is, out of the line of reading, named twice as the cover."""
    epub = epub_of(write_book({"a.md": "# A\n\nText.\n"}))
    package = epub.tree("package.opf")
    refs = {each.get("idref"): each.get("linear") for each in package.iter(f"{OPF}itemref")}
    (image,) = epub.tree("cover.xhtml").iter(f"{X}img")
    named = [each.get("content") for each in package.iter(f"{OPF}meta") if each.get("name")]
    items = {each.get("id"): each for each in package.iter(f"{OPF}item")}

    assert refs["cover.xhtml"] == "no"
    assert (image.get("role"), bool(image.get("alt"))) == ("doc-cover", True)
    assert [items[name].get("properties") for name in named] == ["cover-image"]


def test_hidden_navigation_is_hidden_by_the_sheet_too(write_book: WriteBook) -> None:
    """Older e-readers do not know the attribute."""
    epub = epub_of(write_book({"a.md": "# A\n\nText.\n"}))
    navs = [each for each in epub.tree("nav.xhtml").iter(f"{X}nav") if each.get("hidden")]

    assert [each.get(TYPE) for each in navs] == ["landmarks"]
    assert "nav[hidden] { display: none }" in epub.text("styles/book.css")


def test_conformance_is_claimed_by_name_only(write_book: WriteBook) -> None:
    """Who certifies it has looked; the builder has not."""
    text = {"a.md": "# A\n\nText.\n"}
    config = 'title = "B"\n[epub]\ncertifier = "Nora Vale"\n'
    plain = [*metas(epub_of(write_book(text)))]
    certified = [*metas(epub_of(write_book({"book.toml": config, **text})))]
    claim = ("", "dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA")

    assert claim not in plain
    assert claim in certified
    assert ("#conformance", "a11y:certifiedBy", "Nora Vale") in certified


@pytest.mark.parametrize(
    ("text", "features", "sufficient"),
    [
        ("Words.", [], ["textual"]),
        ("$x$", ["describedMath", "MathML"], ["textual"]),
        ("<math><mi>x</mi></math>", ["MathML"], ["textual"]),
        ("![Dot](dot.png)", ["alternativeText"], ["textual", "textual,visual"]),
        ('<img src="dot.png" alt=""/>', [], ["textual,visual"]),
    ],
)
def test_features_are_those_of_the_content(
    write_book: WriteBook, text: str, features: list[str], sufficient: list[str]
) -> None:
    """Pictures and formulas are described where all of them are."""
    root = write_book({"a.md": f"# A\n\nWords.\n\n{text}\n"})
    Image.new("L", (20, 10)).save(root / "dot.png")
    epub = epub_of(root)
    always = {"ARIA", "displayTransformability", "readingOrder", "structuralNavigation"}

    assert sorted({*said(epub, "accessibilityFeature")} - always, key=str.casefold) == sorted(
        [*features, "tableOfContents"], key=str.casefold
    )
    assert said(epub, "accessModeSufficient") == sufficient
    assert said(epub, "accessibilityHazard") == ["none"]


def test_an_index_is_a_feature(write_book: WriteBook) -> None:
    """It is said where there is one."""
    index = {"a.md": "# A\n\nA [pump]{index}.\n", "back/index.md": "# Index\n"}

    assert "index" in said(epub_of(write_book(index)), "accessibilityFeature")


def test_pictures_that_move_may_be_a_hazard(write_book: WriteBook) -> None:
    """Whether they flash is not known."""
    root = write_book({"a.md": "# A\n\n![Dots](dots.gif)\n"})
    frames = [Image.new("L", (4, 4), shade) for shade in (0, 255)]
    frames[0].save(root / "dots.gif", save_all=True, append_images=frames[1:])

    assert said(epub_of(root), "accessibilityHazard") == ["unknown"]


_STATED = 'title = "B"\n[epub]\naccessibility_page = true\n'


def _paragraphs(page: Element) -> dict[str, list[str]]:
    return {
        section[0].text or "": [each.text or "" for each in section.iter(f"{X}p")]
        for section in with_class(page, "accessibility")[0].iter(f"{X}section")
        if section[0].tag == f"{X}h2"
    }


def test_accessibility_page_says_what_is_so(write_book: WriteBook) -> None:
    """Last in the book and in its contents; of pictures and formulas only where there are any."""
    root = write_book({"book.toml": _STATED, "a.md": "# A\n\n![](dot.png) and $x$.\n"})
    Image.new("L", (20, 10)).save(root / "dot.png")
    epub = epub_of(root)
    stated = _paragraphs(epub.tree("accessibility.xhtml"))
    package, nav = epub.text("package.opf"), epub.tree("nav.xhtml")
    toc = next(nav.iter(f"{X}nav"))

    assert stated["Pictures"] == ["Some images are not described in words."]
    assert stated["Formulas"][0].startswith("Formulas are MathML")
    assert stated["Conformance"] == ["Nobody has certified that it meets a standard."]
    assert package.rindex("<itemref") == package.index('<itemref idref="accessibility.xhtml"')
    assert [link.get("href") for link in toc.iter(f"{X}a")][-1] == "accessibility.xhtml"


def test_accessibility_page_of_plain_text(write_book: WriteBook) -> None:
    """Nothing is said of what is not there, and there is no page unless it is asked for."""
    stated = epub_of(write_book({"book.toml": _STATED, "a.md": "# A\n\nText.\n"}))
    plain = epub_of(write_book({"book.toml": 'title = "B"\n'}))

    assert list(_paragraphs(stated.tree("accessibility.xhtml"))) == [
        "Ways of reading",
        "Finding the way",
        "Hazards",
        "Conformance",
    ]
    assert "accessibility.xhtml" not in plain.files
