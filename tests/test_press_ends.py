"""A build that is shot, stopped or killed: no process and no file of it is left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import WriteBook

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc"
)
ROOT = Path(__file__).parents[1]
RUN = "import sys; from builder.cli import main; sys.exit(main(sys.argv[1:]))"
GOOD = b"the last good one"
# So long that the workers are still at it when they are shot.
_TEXT = "\n\n".join(["A sentence that is there to be laid out, and for nothing else. " * 9] * 90)


@dataclass(frozen=True)
class Folders:
    """Where a build reads and where it may write."""

    root: Path
    out: Path
    cache: Path
    scratch: Path


@pytest.fixture
def folders(write_book: WriteBook, tmp_path: Path) -> Iterator[Folders]:
    """A book of long chapters with a good PDF from another day."""
    root = write_book({f"{name}.md": f"# {name}\n\n{_TEXT}" for name in ("one", "two")})
    out = tmp_path / "out"
    out.mkdir()
    (out / "a-book.pdf").write_bytes(GOOD)
    # A socket of the workers will lie there, and its path must not be long.
    with tempfile.TemporaryDirectory() as scratch:
        yield Folders(root, out, tmp_path / "cache", Path(scratch))


@contextmanager
def build_of(folders: Folders) -> Iterator[subprocess.Popen[str]]:
    """A build with two workers that are at their chapters, in a session of its own."""
    options = ["-v", "--jobs", "2", "--cache", str(folders.cache)]
    options += ["--book", str(folders.root), "--out", str(folders.out)]
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "pdf", *options],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folders.scratch)},
        start_new_session=True,
    ) as process:
        assert process.stderr
        while "lay out" not in process.stderr.readline():
            assert process.poll() is None
        yield process


def processes_of(session: int) -> dict[int, int]:
    """The parent of each process of a session that has not ended."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        # Whatever ends while it is looked at does not count.
        with suppress(OSError):
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
            state, parent, own_session = fields[0], int(fields[1]), int(fields[3])
            if own_session == session and state not in "ZX":
                found[int(path.parent.name)] = parent
    return found


def workers_of(session: int) -> list[int]:
    """The processes that another one than the first has started."""
    found = processes_of(session)
    return [number for number, parent in found.items() if parent != session and number != session]


def wait_until(true: Callable[[], object], seconds: float = 20) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def files_of(folder: Path) -> list[str]:
    """All that is in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_last_good_pdf_stays(folders: Folders) -> None:
    """Where workers are shot again and again, the build says over which chapter, and ends."""
    with build_of(folders) as process:
        while process.poll() is None:
            for worker in workers_of(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            time.sleep(0.02)
        _, said = process.communicate(timeout=60)

    assert (process.returncode, "Traceback" in said) == (1, False), said
    assert "error[worker-failed]: a worker crashes over " in said
    assert (folders.out / "a-book.pdf").read_bytes() == GOOD
    assert files_of(folders.out) == ["a-book.pdf"]
    assert files_of(folders.scratch) == []
    assert wait_until(lambda: not processes_of(process.pid))


def test_interrupt_ends_all_at_once(folders: Folders) -> None:
    """The whole group of processes gets it, as from a keyboard; only what was there stays."""
    with build_of(folders) as process:
        assert wait_until(lambda: len(workers_of(process.pid)) == 2)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        took = time.monotonic() - began

    assert (process.returncode, said.splitlines()[-1]) == (130, "interrupted")
    assert "Traceback" not in said
    # To lay out what is left would take longer, on any machine.
    assert took < 3
    assert wait_until(lambda: not processes_of(process.pid))
    assert files_of(folders.out) == ["a-book.pdf"]
    assert files_of(folders.scratch) == []
    assert not [name for name in files_of(folders.cache) if ".new-" in name]


def test_workers_end_with_a_killed_build(folders: Folders) -> None:
    """Nobody could tell them to any more."""
    with build_of(folders) as process:
        assert wait_until(lambda: len(workers_of(process.pid)) == 2)
        process.kill()
        process.wait()

        assert wait_until(lambda: not processes_of(process.pid))
