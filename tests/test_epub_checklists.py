"""All checklists together at the end of the e-book, and the links there and back."""

from xml.etree.ElementTree import Element

import pytest

from tests.conftest import WriteBook
from tests.test_epub import Epub, X, epub_of, with_class

LAST = "text/all-checklists.xhtml"
BOOK = {
    "1-jar.md": "# The jar\n\n- [ ] Look.\n\n"
    "## Checklist\n\n- [x] Fill it. @week 2\n    - [ ] Rinse it.\n",
    "2-rest.md": "# Rest\n\nNothing to do.\n",
    "3-path.md": "# The path\n\n1. [ ] Go, as in [](1-jar.md).\n\n    Slowly.\n\nText.\n",
}


def links(tree: Element) -> list[tuple[str, str]]:
    """The words and the goals of the links of a page."""
    return [("".join(each.itertext()), each.get("href", "")) for each in tree.iter(f"{X}a")]


def ids(epub: Epub, path: str) -> list[str]:
    """The ids of a page."""
    return [name for each in epub.tree(path).iter() if (name := each.get("id"))]


def test_all_checklists_stand_at_the_end(write_book: WriteBook) -> None:
    """Each under its chapter, its own list first, with boxes, marks and nested tasks."""
    epub = epub_of(write_book(BOOK))
    tree = epub.tree(LAST)
    tasks = ["".join(each.itertext()).split() for each in with_class(tree, "task")]

    assert ["".join(each.itertext()) for each in tree.iter(f"{X}h2")] == [
        "Chapter 1: The jar",
        "Chapter 3: The path",
    ]
    assert [" ".join(words) for words in tasks] == [
        "\u2612 Fill it. week 2 \u2610 Rinse it.",
        "\u2610 Rinse it.",
        "\u2610 Look.",
        "\u2610 1. Go, as in Chapter 1, The jar. Slowly.",
    ]
    assert epub.text("package.opf").rindex("all-checklists") > epub.text("package.opf").rindex(
        "path"
    )


def test_chapters_and_checklists_are_linked(write_book: WriteBook) -> None:
    """From behind the list of a chapter to the same at the end, and from there to the chapter."""
    epub = epub_of(write_book(BOOK))

    assert links(epub.tree("text/jar.xhtml")) == [
        ("All checklists", "all-checklists.xhtml#all-checklists.jar")
    ]
    assert links(epub.tree("text/rest.xhtml")) == []
    assert links(epub.tree(LAST)) == [
        ("Chapter 1: The jar", "jar.xhtml"),
        ("Chapter 3: The path", "path.xhtml"),
        ("Chapter 1, The jar", "jar.xhtml"),
    ]
    assert ("Checklists", LAST) in links(epub.tree("nav.xhtml"))
    assert epub.text("nav.xhtml").count(LAST) == 2


def test_its_ids_are_its_own(write_book: WriteBook) -> None:
    """Also where a chapter is called as it is."""
    epub = epub_of(write_book({**BOOK, "all-checklists.md": "# Mine\n\n- [ ] Do.\n"}))
    pages = [path for path in epub.pages() if path.startswith("text/")]
    names = [name for path in pages for name in ids(epub, path)]

    assert len(names) == len(set(names))
    assert "all-checklists-2" in ids(epub, "text/all-checklists-2.xhtml")


@pytest.mark.parametrize(
    "files",
    [
        {**BOOK, "book.toml": 'title = "A Book"\n[epub]\nchecklists = false\n'},
        {"2-rest.md": BOOK["2-rest.md"]},
    ],
    ids=["not wanted", "no tasks"],
)
def test_a_book_may_do_without(write_book: WriteBook, files: dict[str, str]) -> None:
    """Where it says so, and where it has no tasks."""
    epub = epub_of(write_book(files))

    assert LAST not in epub.files
    assert "All checklists" not in epub.text("text/rest.xhtml")


def test_numbers_and_leaders_marks_are_kept(write_book: WriteBook) -> None:
    """A list that is numbered in the chapter is so at the end; what is the leader's says so."""
    files = {
        "book.toml": 'title = "A Book"\nedition = "leader"\n',
        "1-path.md": "# The path\n\n3. [ ] Go.\n    1. [ ] Rest.\n4. [ ] Whisper. {.leader}\n\n"
        "/// leader\n- [ ] Whisper more.\n///\n",
    }
    tree = epub_of(write_book(files)).tree(LAST)
    lists = [each.tag.removeprefix(X) for each in with_class(tree, "task-list")]
    tasks = ["".join(each.itertext()).split() for each in with_class(tree, "task")]

    assert lists == ["ol", "ol", "ul"]
    assert [" ".join(words) for words in tasks] == [
        "\u2610 3. Go. \u2610 1. Rest.",
        "\u2610 1. Rest.",
        "\u2610 4. For the leader: Whisper.",
        "\u2610 For the leader: Whisper more.",
    ]


def test_numbered_tasks_have_number_and_box(write_book: WriteBook) -> None:
    """In the chapter, as text; what readers are not to have leaves no gap."""
    text = "# A\n\n1. [ ] Go. {.leader}\n2. [ ] Rest.\n\n    Well.\n\n3. [x] Come.\n"
    epub = epub_of(write_book({"a.md": text, "b.md": "# B\n\n- [ ] Do.\n"}))
    tasks = [
        " ".join("".join(each.itertext()).split())
        for name in ("a", "b")
        for each in with_class(epub.tree(f"text/{name}.xhtml"), "task")
    ]

    assert tasks == ["\u2610 1. Rest. Well.", "\u2612 2. Come.", "\u2610 Do."]
