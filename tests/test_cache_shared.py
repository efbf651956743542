"""Builds that share a cache: at once, and for longer than it has room."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from builder.cache import LIMIT, DiskStore, MemoryStore
from builder.recall import build
from builder.request import Request
from tests.conftest import WriteBook

RUN = "import sys; from builder.cli import main; sys.exit(main(sys.argv[1:]))"
BOOK = {"a.md": "# Alpha\n\nWater.\n", "b.md": "# Beta\n\nSee [](a.md).\n"}
_FEW = 20_000


def test_two_builds_at_once_make_the_same(write_book: WriteBook, tmp_path: Path) -> None:
    """Neither waits for the other, nor stumbles over what it writes."""
    root = write_book(BOOK)
    places = ["--book", str(root), "--cache", str(tmp_path / "cache"), "--jobs", "1"]
    commands = [
        [sys.executable, "-c", RUN, "pdf", "-q", *places, "--out", str(tmp_path / name)]
        for name in ("one", "two")
    ]
    builds = [subprocess.Popen(command, stderr=subprocess.PIPE) for command in commands]
    said = [each.communicate(timeout=120)[1] for each in builds]

    assert said == [b"", b""]
    assert [each.returncode for each in builds] == [0, 0]
    one, two = (tmp_path / name / "a-book.pdf" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


class _SmallStore(DiskStore):
    """A store that has room for little."""

    def prune(self, limit: int = LIMIT) -> None:
        """Give up the oldest as if so much less were the limit."""
        super().prune(min(limit, _FEW))


def test_a_build_leaves_a_cache_within_its_bounds(write_book: WriteBook, tmp_path: Path) -> None:
    """512 MB, unless it is told otherwise; what it is for comes back made anew."""
    root, cache = write_book(BOOK), tmp_path / "cache"
    request = Request(
        root=root, out=tmp_path / "out", outputs=("epub",), store=_SmallStore(cache), jobs=1
    )
    made = [build(request, _quiet).artifacts[0].path.read_bytes() for _ in range(2)]

    assert LIMIT == 512 * 1024 * 1024
    assert sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()) <= _FEW
    assert made[0] == made[1]


def test_a_build_in_which_nothing_changed_says_how_long_it_took(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """There was one stage, and nothing was laid out."""
    root, store = write_book(BOOK), MemoryStore()
    request = Request(root=root, out=tmp_path / "out", outputs=("epub",), store=store, jobs=1)
    build(request, _quiet)
    report = build(request, _quiet)

    assert {*report.timings} == {"recall"}
    assert report.laid == ()


class _Meddler(DiskStore):
    """A store that lets something happen when a build asks for a name, or keeps one."""

    def __init__(self, folder: Path, name: str, meddle: Callable[[], object]) -> None:
        super().__init__(folder)
        self._name, self._meddle = name, meddle

    def get(self, name: str) -> bytes | None:
        """What is kept, and the meddling."""
        if name.startswith(self._name):
            self._meddle()
        return super().get(name)

    def put(self, name: str, data: bytes) -> bool:
        """Keep it, after the meddling."""
        if name.startswith(self._name):
            self._meddle()
        return super().put(name, data)


def test_what_another_build_wrote_is_not_taken_for_ones_own(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """It may write to the same file between our writing and our remembering."""
    root, out = write_book(BOOK), tmp_path / "out"
    request = Request(root=root, out=out, outputs=("epub",), store=DiskStore(tmp_path / "a"))
    made = build(request, _quiet).artifacts[0].path.read_bytes()
    spoil = partial((out / "a-book.epub").write_bytes, b"another")
    meddled = replace(request, store=_Meddler(tmp_path / "b", "book-", spoil))
    build(meddled, _quiet)
    again = replace(request, store=DiskStore(tmp_path / "b"))

    assert build(again, _quiet).artifacts[0].path.read_bytes() == made


def test_a_chapter_that_is_changed_while_it_is_built(write_book: WriteBook, tmp_path: Path) -> None:
    """Changed back, it makes what it made before, and not what it was meanwhile."""
    root, out = write_book(BOOK), tmp_path / "out"
    request = Request(root=root, out=out, outputs=("epub",), store=DiskStore(tmp_path / "a"))
    made = build(request, _quiet).artifacts[0].path.read_bytes()
    change = partial((root / "a.md").write_text, "# Alpha\n\nMilk.\n")
    build(replace(request, store=_Meddler(tmp_path / "b", "build-", change)), _quiet)
    (root / "a.md").write_text(BOOK["a.md"])
    again = replace(request, store=DiskStore(tmp_path / "b"))

    assert build(again, _quiet).artifacts[0].path.read_bytes() == made


def test_a_book_built_into_its_own_folder(write_book: WriteBook, tmp_path: Path) -> None:
    """Its chapters count all the same; what was built does not."""
    root = write_book(BOOK)
    request = Request(root=root, out=root, outputs=("epub",), store=DiskStore(tmp_path / "a"))
    first = build(request, _quiet).artifacts[0].path.read_bytes()
    kept = build(request, _quiet)
    (root / "a.md").write_text("# Alpha\n\nMilk.\n")
    changed = build(request, _quiet).artifacts[0].path.read_bytes()

    assert {*kept.timings} == {"recall"}
    assert first != changed


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that cannot be read")
def test_a_file_that_cannot_be_read_is_no_accident(write_book: WriteBook, tmp_path: Path) -> None:
    """It may belong to somebody else, and lie there for other ends than the book's."""
    root = write_book(BOOK)
    (root / "odd").symlink_to("/proc/self/mem")
    request = Request(root=root, out=tmp_path / "out", outputs=("epub",))

    assert build(request, _quiet).artifacts


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return
