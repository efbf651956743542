"""Jobs run in processes: in parallel, a failed one once more alone, all ended at once.

A job and its result are plain bytes, so any ``concurrent.futures.Executor`` will do.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from types import TracebackType

from builder.diagnostics import BuildFailed, Diagnostic

# A worker's function: a set-up for all its jobs and a job in, the result out.
Work = Callable[[bytes, bytes], bytes]
# How long a job may take before it is taken to hang, in seconds.
PATIENCE = 600.0
# What a worker needs, in bytes: no more of them than the memory has room for.
_WORKER_MEMORY = 400 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """A name for people, and the job itself."""

    name: str
    data: bytes


class Pool:
    """Up to ``jobs`` worker processes, started when there is something to run.

    An ``executor`` takes their place; with one job at a time and neither, jobs run in this
    process. Workers start with the modules of ``preload`` imported.
    """

    def __init__(
        self,
        *,
        jobs: int = 1,
        executor: Executor | None = None,
        patience: float = PATIENCE,
        preload: Sequence[str] = (),
    ) -> None:
        self._jobs, self._patience = jobs, patience
        self._given, self._preload = executor, preload
        self._own: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Pool":
        """The pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, at once where something went wrong."""
        if self._own is not None:
            if kind is not None:
                _kill(self._own)
            self._own.shutdown(wait=kind is None, cancel_futures=True)

    def warm_up(self) -> None:
        """Start to import what workers need while there is other work to do: it takes a second."""
        if self._given is None and self._jobs > 1:
            self._started()

    def run(self, work: Work, setup: bytes, jobs: Sequence[Job]) -> Iterator[bytes]:
        """The result of each job, in order."""
        executor = self._given or (self._started() if jobs and self._jobs > 1 else None)
        if executor is None:
            yield from (work(setup, job.data) for job in jobs)
            return
        with _interrupts_held():
            futures = [executor.submit(work, setup, job.data) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            yield self._result(work, setup, job, future)

    def _result(self, work: Work, setup: bytes, job: Job, future: "Future[bytes]") -> bytes:
        try:
            return future.result(timeout=self._patience)
        except (BrokenProcessPool, TimeoutError):
            return self._once_more(work, setup, job)

    def _once_more(self, work: Work, setup: bytes, job: Job) -> bytes:
        """Run a job in a process of its own; a second failure is a finding that names it."""
        if self._own is not None:
            _kill(self._own)
            self._own.shutdown(wait=False, cancel_futures=True)
            self._own = None
        alone = ProcessPoolExecutor(
            1, mp_context=_context(self._preload), initializer=_start_worker
        )
        try:
            return alone.submit(work, setup, job.data).result(timeout=self._patience)
        except BrokenProcessPool:
            raise BuildFailed([_failure(job, "crashes")]) from None
        except TimeoutError:
            raise BuildFailed([_failure(job, "hangs")]) from None
        finally:
            _kill(alone)
            alone.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> Executor:
        if self._own is None:
            self._own = ProcessPoolExecutor(
                self._jobs, mp_context=_context(self._preload), initializer=_start_worker
            )
        return self._own


def default_jobs() -> int:
    """The cores that this process may use, as far as there is memory for as many workers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if "SC_AVPHYS_PAGES" not in os.sysconf_names:
        return cores or 1
    memory = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(cores or 1, memory // _WORKER_MEMORY))


def _start_worker() -> None:
    """Leave interrupts to the parent, and collect garbage between jobs instead of in them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _context(preload: Sequence[str]) -> BaseContext:
    """Workers forked from a clean server that has the modules loaded, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    # The server takes over the mask: an interrupt while it imports is for the parent alone. The
    # tracker comes first, for starting it undoes the mask.
    resource_tracker.ensure_running()
    with _interrupts_held():
        forkserver.ensure_running()
    return context


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let an interrupt wait: a worker that has been asked for could not be ended before it is."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _kill(executor: ProcessPoolExecutor) -> None:
    for process in list((executor._processes or {}).values()):
        process.kill()


def _failure(job: Job, what: str) -> Diagnostic:
    return Diagnostic(
        "worker-failed",
        f'a worker {what} over "{job.name}", twice',
        None,
        "take out what is unusual in this chapter, half by half, to find it",
    )
