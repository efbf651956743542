"""A chapter too long for one file of the e-book becomes several, and all links still lead on."""

import posixpath
from pathlib import Path

import pytest

from builder.parse.markup import markup
from builder.parse.tree import parse_html
from builder.render.epub.splitting import split_chapter
from tests.conftest import WriteBook
from tests.test_epub import Epub, X, epub_of, with_class

_FILL = "Words that are there to fill a page, and for nothing else at all. " * 1300
_LONG = f"""# Long

Opening, [to the end](#end).[^one]

## First

{_FILL}

## Second

{_FILL}[^one] Again.[^two]

### Inner

{_FILL}

## End

Back to [the start](a.md), [the first](#first) and [inner](#inner). {_FILL}

[^one]: The first note.
[^two]: The second note.
"""


@pytest.mark.parametrize(
    ("most", "lengths"), [(1, [1, 1, 1, 1]), (90, [2, 2]), (10_000, [4]), (130, [3, 1])]
)
def test_pieces_begin_at_second_level_headings(most: int, lengths: list[int]) -> None:
    """As few as there may be; what is longer than a file may be stays whole."""
    inner = '<section class="level-2"><h2>B</h2></section>'
    section = parse_html(f'<section class="chapter" id="a"><h1>A</h1>{inner * 3}</section>')[0]
    pieces = split_chapter(section, most)

    assert [len(piece) for piece in pieces] == lengths
    assert all(piece.get("class") == "chapter" for piece in pieces)
    assert [piece.get("id") for piece in pieces] == ["a", *[None] * (len(lengths) - 1)]
    assert sum(markup(piece).count("<h2>") for piece in pieces) == 3


@pytest.mark.parametrize(
    "inner",
    [
        "<p>plain</p>",
        "<p>&lt;&amp;&gt; \N{SNOWMAN} <b title='&quot;&#39;&quot;'>x</b></p>",
        '<svg xmlns="http://www.w3.org/2000/svg"><g><text>x</text></g></svg>' * 9,
        "<br/><hr/>",
    ],
)
def test_section_that_fits_is_seen_to_fit(inner: str) -> None:
    """No section is left whole that is longer than a file may be, and could be divided."""
    parts = '<section class="level-2">' + inner + "</section>"
    section = parse_html(f'<section class="chapter" id="a">{parts * 4}</section>')[0]
    length = sum(len(markup(child).encode()) for child in section)

    assert len(split_chapter(section, length - 1)) == 2


def test_long_chapter_is_several_files(write_book: WriteBook) -> None:
    """Each below the limit, named by its first heading, in the order of reading."""
    root = write_book({"a.md": _LONG, "b.md": "# B\n\nTo [](a.md#inner).\n"})
    epub = epub_of(root)
    pages = [path for path in epub.pages() if path.startswith("text/a")]
    ids = {path: {each.get("id") for each in epub.tree(path).iter()} for path in epub.pages()}

    assert pages == ["text/a-end.xhtml", "text/a-second.xhtml", "text/a.xhtml"]
    assert all(len(epub.files[path]) < 250_000 for path in pages)
    assert epub.text("package.opf").index('"text-a-second.xhtml"/>\n<itemref') > 0
    title = epub.tree("text/a-second.xhtml").find(f"{X}head/{X}title")
    assert title is not None
    assert title.text == "Chapter 1: Long – Second"
    for path in epub.pages():
        for link in epub.tree(path).iter(f"{X}a"):
            name, _, fragment = link.get("href", "").partition("#")
            home = posixpath.normpath(posixpath.join(posixpath.dirname(path), name or path))
            assert not fragment or fragment in ids[home if name else path], link.get("href")
    goals = [link.get("href") for link in epub.tree("text/a-end.xhtml").iter(f"{X}a")]
    assert goals == ["a.xhtml", "a.xhtml#a.first", "a-second.xhtml#a.inner"]


def test_notes_of_a_long_chapter_lead_to_their_files(write_book: WriteBook) -> None:
    """A note stands by its first reference, a later one in another file leads there."""
    epub = epub_of(write_book({"a.md": _LONG}))
    second = epub.tree("text/a-second.xhtml")

    assert [each.get("href") for each in with_class(second, "noteref")] == [
        "a.xhtml#a.note-one",
        "#a.note-two",
    ]
    assert [each.get("id") for each in with_class(second, "footnote")] == ["a.note-two"]


def test_names_of_files_can_be_read(write_book: WriteBook) -> None:
    """A chapter in another script is called by its number, its pieces by theirs."""
    sections = "".join(
        f"## {title}\n\n{_FILL}\n\n{_FILL}\n\n" for title in ("\u6238", "Two", "\u4e95\u6238")
    )
    text = f"# \u4e95\n\n{sections}"
    epub = epub_of(write_book({"07-\u4e95.md": text, "\u6238.md": "# B\n", "c.md": "# C\n"}))
    names = [Path(path).name for path in epub.pages() if path.startswith("text/")]

    assert sorted(names) == [
        "c.xhtml",
        "chapter-07-3.xhtml",
        "chapter-07-two.xhtml",
        "chapter-07.xhtml",
        "chapter-3.xhtml",
    ]


def _links_lead_on(epub: Epub) -> bool:
    ids = {path: {each.get("id") for each in epub.tree(path).iter()} for path in epub.pages()}
    for path in epub.pages():
        for link in epub.tree(path).iter(f"{X}a"):
            name, _, fragment = link.get("href", "").partition("#")
            home = posixpath.normpath(posixpath.join(posixpath.dirname(path), name or path))
            if fragment and fragment not in ids[home if name else path]:
                return False
    return True


def test_long_index_is_divided_between_letters(write_book: WriteBook) -> None:
    """Into files that are named by an entry, with references from letter to letter."""
    words = [f"{letter}{number:03}-{'word' * 30}" for letter in "abcdef" for number in range(140)]
    marks = ("; ".join(words[start : start + 60]) for start in range(0, len(words), 60))
    text = "\n\n".join(f'Text.{{index="{each}"}}' for each in marks)
    text += f'\n\nMore.{{index="{words[0]}" also="{words[-1]}"}}\n'
    epub = epub_of(write_book({"a.md": f"# A\n\n{text}", "back/index.md": "# Index\n"}))
    pages = [path for path in epub.pages() if path.startswith("text/index")]

    assert len(pages) > 1
    assert all(len(epub.files[path]) < 250_000 for path in pages)
    assert epub.text("nav.xhtml").count('epub:type="index"') == 1
    assert _links_lead_on(epub)


def test_long_glossary_is_divided_between_terms(write_book: WriteBook) -> None:
    """Each file begins with a term, and is named by it."""
    terms = "\n\n".join(f"term {number:03}\n:   {_FILL[:3000]}" for number in range(120))
    text = "# A\n\nThe term 000 and the term 119.\n"
    epub = epub_of(write_book({"a.md": text, "back/glossary.md": f"# Glossary\n\n{terms}\n"}))
    pages = [path for path in epub.pages() if path.startswith("text/glossary")]

    assert len(pages) == 2
    assert all(len(epub.files[path]) < 250_000 for path in pages)
    assert [next(epub.tree(path).iter(f"{X}dl"))[0].tag for path in pages] == [f"{X}dt"] * 2
    assert _links_lead_on(epub)
