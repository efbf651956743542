"""Workers: they do their jobs, and one that crashes or hangs is tried once more, then named."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from builder.diagnostics import BuildFailed, Severity
from builder.pool import Job, Pool
from builder.workers import Work, Workers
from tests import fake_work
from tests.fake_work import crash, echo, fail, hang, thread

ROOT = Path(__file__).parents[1]
NAMES = ["one", "two", "three", "four", "five", "six"]


def jobs_with(*special: str) -> list[Job]:
    """Six jobs, the last of them as given."""
    names = [*NAMES[: len(NAMES) - len(special)], *special]
    return [Job(name, name.encode()) for name in names]


def run_all(pool: Pool, work: Work, folder: Path, jobs: list[Job]) -> list[str]:
    """The results of all jobs."""
    with pool:
        return [result.decode() for result in pool.run(work, str(folder).encode(), jobs)]


def still_running(folder: Path) -> list[int]:
    """The processes that hung, and were not ended."""
    numbers = (int(path.name.removeprefix("hanging-")) for path in folder.glob("hanging-*"))
    return [number for number in numbers if is_running(number)]


def is_running(number: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    """However many work, the first result is that of the first job."""
    found = run_all(Pool(jobs=jobs), echo, Path("/"), jobs_with())

    assert found == [f"/{name}" for name in NAMES]


def test_one_process_needs_no_other(tmp_path: Path) -> None:
    """With one job at a time, all is done here."""
    found = run_all(Pool(jobs=1), fake_work.pid, tmp_path, jobs_with())

    assert set(found) == {str(os.getpid())}


def test_several_processes_are_others(tmp_path: Path) -> None:
    """With several jobs at a time, none is done here."""
    found = run_all(Pool(jobs=2), fake_work.pid, tmp_path, jobs_with())

    assert str(os.getpid()) not in found
    assert len(set(found)) <= 2


def test_given_executor_is_used(tmp_path: Path) -> None:
    """An executor that is given does the work."""
    with ThreadPoolExecutor(1, "given") as executor:
        found = run_all(Pool(jobs=4, executor=executor), thread, tmp_path, jobs_with())

    assert set(found) == {"given_0"}


def test_a_job_is_begun_where_there_are_workers(tmp_path: Path) -> None:
    """In another process where they are warm, in this one where they are not."""
    with Pool(jobs=2) as pool:
        here = pool.begin(fake_work.pid, b"", Job("one", b""))()
        pool.warm_up()
        there = pool.begin(fake_work.pid, b"", Job("one", b""))()
        again = pool.begin(crash, str(tmp_path).encode(), Job("once", b"once"))()

    assert here == str(os.getpid()).encode() != there
    assert again == b"once"


@pytest.mark.parametrize("work", [crash, hang])
def test_second_try_goes_well(tmp_path: Path, work: Work) -> None:
    """A job that fails once is done in the end, and so are all others."""
    jobs = [Job("once", b"once"), *jobs_with()]
    found = run_all(Pool(jobs=2, patience=2), work, tmp_path, jobs)

    assert found == ["once", *NAMES]
    assert still_running(tmp_path) == []


@pytest.mark.parametrize(("work", "word"), [(crash, "crashes"), (hang, "hangs")])
def test_job_that_fails_twice_is_named(tmp_path: Path, work: Work, word: str) -> None:
    """The finding names the chapter, and nothing goes on running."""
    jobs = jobs_with("bad", "six")
    with pytest.raises(BuildFailed) as failed:
        run_all(Pool(jobs=2, patience=2), work, tmp_path, jobs)
    (finding,) = failed.value.findings

    assert finding.severity is Severity.ERROR
    assert finding.message == f'a worker {word} over "bad", twice'
    assert still_running(tmp_path) == []


def test_worker_that_dies_while_idle_is_no_failure() -> None:
    """Jobs that come later are done all the same."""
    with Pool(jobs=2) as pool:
        (number,) = pool.run(fake_work.pid, b"", [Job("one", b"")])
        os.kill(int(number), signal.SIGKILL)
        while is_running(int(number)):
            time.sleep(0.01)
        found = list(pool.run(echo, b"", jobs_with()))

    assert found == [name.encode() for name in NAMES]


def test_pool_works_on_after_a_failure(tmp_path: Path) -> None:
    """What comes behind a crash is done by new workers."""
    folder = str(tmp_path).encode()
    with Pool(jobs=2) as pool:
        first = list(pool.run(crash, folder, [Job("once", b"once"), *jobs_with()]))
        second = list(pool.run(echo, b"", jobs_with()))

    assert first[1:] == second == [name.encode() for name in NAMES]


@pytest.mark.parametrize("jobs", [1, 2])
def test_exception_of_a_job_comes_through(tmp_path: Path, jobs: int) -> None:
    """A mistake of ours is no finding: it comes with its traceback."""
    with pytest.raises(ValueError, match="one"):
        run_all(Pool(jobs=jobs), fail, tmp_path, jobs_with())


def test_long_name_of_the_temporary_folder_is_no_obstacle(tmp_path: Path) -> None:
    """A socket could not lie there."""
    code = (
        "from builder.pool import Job, Pool; from tests.fake_work import echo\n"
        "with Pool(jobs=2) as pool: print(*pool.run(echo, b'a', [Job('b', b'b')]))"
    )
    folder = tmp_path / ("long" * 25)
    folder.mkdir()
    environment = {**os.environ, "TMPDIR": str(folder)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, env=environment
    )

    assert (result.stdout, result.stderr) == (b"b'ab'\n", b"")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell how much it was")
@pytest.mark.parametrize(("work", "processes"), [(fake_work.pid, 1), (fake_work.grow, 3)])
def test_a_worker_that_has_grown_makes_room(work: Work, processes: int) -> None:
    """So the memory of workers does not grow with the number of chapters."""
    workers = Workers(1, 60)
    try:
        made = [workers.submit(work, b"", b"").result() for _ in range(3)]
    finally:
        workers.stop()

    assert len({*made}) == processes
