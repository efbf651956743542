"""Reading: what the folder holds beyond what a text case can show."""

import os
from pathlib import Path

import pytest

from builder.book import FrontMatter
from builder.decode import decode
from builder.diagnostics import BuildFailed
from builder.read import read_manuscript
from builder.read.roles import id_of, kind_of, role_of
from tests.conftest import WriteBook


def _codes(root: Path) -> list[tuple[str, str]]:
    return [(str(each.place), each.code) for each in read_manuscript(root).findings]


def test_a_folder_without_configuration_is_no_book(tmp_path: Path) -> None:
    """It is wrong usage, and the finding says how to go on."""
    with pytest.raises(BuildFailed) as failure:
        read_manuscript(tmp_path)

    (finding,) = failure.value.findings
    assert failure.value.exit_code == 2
    assert finding.code == "no-book"
    assert "build-book new" in finding.hint


def test_mistakes_in_the_configuration_are_wrong_usage(write_book: WriteBook) -> None:
    """They end with exit code 2, the manuscript's with 1."""
    with pytest.raises(BuildFailed) as failure:
        read_manuscript(write_book({"book.toml": "titel = 1\n"}))

    assert failure.value.exit_code == 2


def test_a_book_without_chapters_is_no_wrong_usage(write_book: WriteBook) -> None:
    """The configuration is sound; the manuscript is not there."""
    with pytest.raises(BuildFailed) as failure:
        read_manuscript(write_book({"notes.txt": "text"}))

    assert failure.value.exit_code == 1


def test_links_out_of_the_folder_are_not_followed(write_book: WriteBook) -> None:
    """A chapter that is a symbolic link to a file elsewhere is refused, listed or not."""
    root = write_book({"a.md": "# A\n"})
    (root.parent / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (root / "b.md").symlink_to(root.parent / "secret.md")

    assert _codes(root) == [("b.md:1:1", "outside-book")]

    (root / "book.toml").write_text('title = "A"\nchapters = ["a.md", "b.md"]\n', encoding="utf-8")

    assert _codes(root) == [("book.toml:2:21", "outside-book")]


def test_links_within_the_folder_are_files(write_book: WriteBook) -> None:
    """They are followed; one that leads in a circle is no file."""
    root = write_book({"a.md": "# A\n"})
    (root / "b.md").symlink_to("a.md")
    (root / "c.md").symlink_to("c.md")
    manuscript = read_manuscript(root)

    assert [file.source.path for file in manuscript.value.files] == ["a.md", "b.md"]
    assert manuscript.findings == ()


@pytest.mark.parametrize("name", ["x" * 300 + ".md", "a\\u0000.md", "b.md/c.md"])
def test_names_that_no_file_can_have_are_missing(write_book: WriteBook, name: str) -> None:
    """They are reported like any other file that is not there."""
    config = f'title = "A"\nchapters = ["a.md", "{name}"]\n'
    codes = _codes(write_book({"a.md": "# A\n", "b.md": "# B\n", "book.toml": config}))

    assert codes[0][1] in ("missing-chapter", "outside-book")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_must_not_be_read(write_book: WriteBook) -> None:
    """It is reported, and the rest of the book is read."""
    root = write_book({"a.md": "# A\n", "b.md": "# B\n"})
    (root / "a.md").chmod(0)

    assert _codes(root) == [("a.md:1:1", "unreadable-file")]


@pytest.mark.parametrize(
    ("data", "line", "column", "offset"),
    [
        (b"caf\xe9", 1, 4, 3),
        (b"\xef\xbb\xbfa\r\nb\xff", 2, 2, 7),
        ("é\nü".encode() + b"\x80", 2, 2, 5),
        (b"a\xef\xbb\xbf\xc3", 1, 3, 4),
        (b"\xed\xa0\x80", 1, 1, 0),
    ],
)
def test_bytes_that_are_no_text_have_their_place(
    data: bytes, line: int, column: int, offset: int
) -> None:
    """The place counts characters, the message bytes from the start of the file."""
    (finding,) = decode(data, "a.md").findings

    assert finding.code == "not-utf-8"
    assert str(finding.place) == f"a.md:{line}:{column}"
    assert finding.message.endswith(f"at byte offset {offset}")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_are_accepted(ends: str) -> None:
    """Text from any system reads the same."""
    decoded = decode(f"\ufeffa{ends}{ends}b{ends}".encode(), "a.md")

    assert decoded.value.text == "a\n\nb\n"
    assert decoded.findings == ()


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("a.md", "chapter"),
        ("front/a.md", "front"),
        ("Front-Matter/x/a.md", "front"),
        ("appendices/a.md", "appendix"),
        ("backmatter/a.md", "back"),
        ("one/part.md", "part"),
        ("one/00-part.md", "part"),
        ("frontier/a.md", "chapter"),
    ],
)
def test_folders_and_names_give_roles(path: str, role: str) -> None:
    """The outermost folder of such a name counts."""
    assert role_of(path) == role


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("front/02-Preface.md", "preface"),
        ("back/acknowledgements.md", "acknowledgments"),
        ("one/part.md", "part"),
        ("one/prefaces.md", "chapter"),
    ],
)
def test_names_give_kinds(path: str, kind: str) -> None:
    """The number in front of a name does not count."""
    assert kind_of(path, role_of(path), FrontMatter()) == kind


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("01-know-why.md", "know-why"),
        ("1. Wasser & Öl.md", "wasser-ol"),
        ("part-2/part.md", "part-2"),
        ("part-2/00-part.md", "part-2"),
        ("README.md", "readme"),
        ("007.md", "n007"),
        ("!.md", "chapter"),
    ],
)
def test_names_give_ids(path: str, name: str) -> None:
    """An id is safe in every output, and says what the file says."""
    assert id_of(path) == name
