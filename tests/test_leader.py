"""Two editions: nothing of what is for the leader is in any of the reader's files."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from builder.build import build, check
from builder.config import Edition
from builder.request import Request
from tests.conftest import WriteBook
from tests.pressed import EVERYTHING

# A word that all text for the leader has, and no other text: the letters of it in any case.
HUSHED = re.compile(r"whisper", re.IGNORECASE)
# The same in PDF strings and content: as ASCII, as UTF-16, and that in hexadecimal.
HUSHED_BYTES = re.compile(
    b"|".join(
        re.escape(form)
        for form in (
            b"hisper",
            "hisper".encode("utf-16-be"),
            "hisper".encode("utf-16-be").hex().encode(),
        )
    )
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Edition, Mapping[str, Path]]:
    """The files of the test book by edition and kind."""
    editions: tuple[Edition, ...] = ("reader", "leader")
    files: dict[Edition, Mapping[str, Path]] = {}
    for edition in editions:
        out = tmp_path_factory.mktemp(edition)
        report = build(Request(root=EVERYTHING, out=out, edition=edition), lambda *_: None)
        files[edition] = {artifact.kind: artifact.path for artifact in report.artifacts}
    return files


def pdf_words(path: Path) -> str:
    """All text of a file, of its outline and of what it says of itself."""
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    outline = [mark.get_title() for mark in document.get_toc()]
    return "\n".join((*pages, *outline, *document.get_metadata_dict().values()))


def pdf_objects(path: Path) -> Iterator[bytes]:
    """Every object of a file as bytes: its streams decompressed, its strings as they are."""
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            yield item.unparse(resolved=False)
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                yield item.read_bytes()


def _epub_files(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.mark.parametrize("kind", ["pdf", "checklists"])
def test_the_readers_pages_have_none_of_it(
    made: Mapping[Edition, Mapping[str, Path]], kind: str
) -> None:
    """Neither as text, bookmarks and metadata, nor as alternative texts, names or ids within."""
    assert HUSHED.search(pdf_words(made["leader"][kind]))
    assert any(HUSHED_BYTES.search(data) for data in pdf_objects(made["leader"][kind]))
    assert not HUSHED.search(pdf_words(made["reader"][kind]))
    assert [data for data in pdf_objects(made["reader"][kind]) if HUSHED_BYTES.search(data)] == []


def test_the_readers_ebook_has_none_of_it(made: Mapping[Edition, Mapping[str, Path]]) -> None:
    """No file of it: pages, navigation, package, styles; nor the image that only leaders see."""
    leaders = dict(_epub_files(made["leader"]["epub"]))
    readers = dict(_epub_files(made["reader"]["epub"]))

    assert len([name for name, data in leaders.items() if HUSHED_BYTES.search(data)]) > 3
    assert [name for name, data in readers.items() if HUSHED_BYTES.search(data)] == []
    assert {*leaders} - {*readers} == {"EPUB/text/answers.xhtml"}


def test_images_only_the_leader_sees_are_left_out(write_book: WriteBook, tmp_path: Path) -> None:
    """The reader's e-book does not carry them."""
    picture = (EVERYTHING / "img" / "square.png").read_bytes()
    root = write_book({"a.md": "# A\n\nText.\n\n![Hidden](hidden.png){.leader}\n"})
    (root / "hidden.png").write_bytes(picture)
    (made,) = build(Request(root=root, out=tmp_path, outputs=("epub",)), _quiet).artifacts

    assert not [name for name, _ in _epub_files(made.path) if "hidden" in name]


def test_each_edition_has_its_names_and_its_identifier(
    made: Mapping[Edition, Mapping[str, Path]],
) -> None:
    """So that both lie in one folder and on one shelf."""
    assert {path.name for path in made["leader"].values()} == {
        "everything-leader.pdf",
        "everything-leader.epub",
        "everything-leader-checklists.pdf",
    }
    packages = [
        dict(_epub_files(made[edition]["epub"]))["EPUB/package.opf"].decode()
        for edition in ("reader", "leader")
    ]
    identifiers = [re.findall(r"<dc:identifier[^>]*>([^<]*)<", package) for package in packages]
    assert identifiers[0] != identifiers[1]
    assert "Leader’s edition" in packages[1]


def test_the_book_names_its_edition(write_book: WriteBook, tmp_path: Path) -> None:
    """And the command line another."""
    config = 'title = "A"\nedition = "leader"\n'
    root = write_book({"book.toml": config, "a.md": "# A\n\nText.\n\nHidden. {.leader}\n"})
    requests = (
        Request(root=root, out=tmp_path, outputs=("epub",)),
        Request(root=root, out=tmp_path, outputs=("epub",), edition="reader"),
    )
    names = [build(request, _quiet).artifacts[0].path.name for request in requests]

    assert names == ["a-leader.epub", "a.epub"]


def test_check_looks_at_both_editions(write_book: WriteBook) -> None:
    """A link that the leader's edition has a target for is an error of the reader's."""
    root = write_book({"a.md": "# A\n\nSee [](#here).\n\nHidden. {#here .leader}\n"})
    with pytest.raises(Exception, match="for the leader alone"):
        check(Request(root=root, out=root / "out"), _quiet)


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return
