"""Builds that share a cache: at once, and for longer than it has room."""

import subprocess
import sys
from pathlib import Path

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


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return
