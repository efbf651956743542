"""Jobs run in processes: in parallel, a failed one once more alone, all ended at once.

A job and its result are plain bytes, so any ``concurrent.futures.Executor`` will do.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from functools import partial
from types import TracebackType

from builder.diagnostics import BuildFailed, Diagnostic
from builder.request import Request
from builder.workers import Work, WorkerFailed, Workers

# How long a job may take before it is taken to hang, in seconds.
PATIENCE = 600.0
# Letters of Markdown that parse in about the time that it takes to start the workers.
WORTH_WORKERS = 250_000
# What a worker needs, in bytes: no more of them than the memory has room for.
_WORKER_MEMORY = 400 * 1024 * 1024
_PARSER = ("builder.parse.worker",)
_ENGINE = ("builder.render.pdf.preload", "builder.render.pdf.worker")
_Submit = Callable[[Work, bytes, bytes], "Future[bytes]"]


@dataclass(frozen=True, slots=True)
class Job:
    """A name for people, and the job itself."""

    name: str
    data: bytes


class Pool:
    """Up to ``jobs`` worker processes, started when there is something to run.

    An ``executor`` takes their place. With one job at a time and no executor, jobs run in this
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
        self._own: Workers | None = None

    def __enter__(self) -> "Pool":
        """The pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers."""
        self.stop()

    def stop(self) -> None:
        """End the workers at once, whatever they are doing, and wait until they are gone."""
        if self._own is not None:
            self._own.stop()
        self._own = None

    def warm_up(self) -> None:
        """Start to import what workers need while there is other work to do: it takes a second."""
        if self._given is None and self._jobs > 1:
            self._workers()

    def run(self, work: Work, setup: bytes, jobs: Sequence[Job]) -> Iterator[bytes]:
        """The result of each job, in order."""
        if not jobs:
            return
        if self._given is None and self._jobs == 1:
            yield from (work(setup, job.data) for job in jobs)
            return
        submit: _Submit = self._given.submit if self._given else self._workers().submit
        futures = [submit(work, setup, job.data) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            try:
                yield self._result(future)
            except WorkerFailed:
                # It may have been for the want of memory that others had.
                wait(futures, self._patience)
                yield self._once_more(work, setup, job)

    def begin(self, work: Work, setup: bytes, job: Job) -> Callable[[], bytes]:
        """A job done meanwhile where there are workers, else when its result is asked for."""
        if self._own is None:
            return partial(work, setup, job.data)
        future = self._own.submit(work, setup, job.data)

        def result() -> bytes:
            try:
                return future.result()
            except WorkerFailed:
                return self._once_more(work, setup, job)

        return result

    def _result(self, future: "Future[bytes]") -> bytes:
        if self._given is None:
            return future.result()
        try:
            return future.result(timeout=self._patience)
        except BrokenExecutor:
            raise WorkerFailed("crashes") from None
        except TimeoutError:
            raise WorkerFailed("hangs") from None

    def _once_more(self, work: Work, setup: bytes, job: Job) -> bytes:
        """Run a job in a process of its own; a second failure is a finding that names it."""
        alone = Workers(1, self._patience, self._preload)
        try:
            return alone.submit(work, setup, job.data).result()
        except WorkerFailed as failure:
            raise BuildFailed([_failure(job, failure.how)]) from None
        finally:
            alone.stop()

    def _workers(self) -> Workers:
        if self._own is None:
            self._own = Workers(self._jobs, self._patience, self._preload)
        return self._own


# All is done in this process, one thing after the other.
NO_POOL = Pool()


def pool_for(request: Request) -> Pool:
    """The workers of a build, with the engine only where pages may have to be laid out."""
    preload = _PARSER if request.outputs == ("epub",) else (*_ENGINE, *_PARSER)
    return Pool(jobs=request.jobs or default_jobs(), preload=preload)


def default_jobs() -> int:
    """The cores that this process may use, as far as there is memory for as many workers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if "SC_AVPHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return cores or 1
    memory = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(cores or 1, memory // _WORKER_MEMORY))


def _failure(job: Job, how: str) -> Diagnostic:
    return Diagnostic(
        "worker-failed",
        f'a worker {how} over "{job.name}", twice',
        None,
        "take out what is unusual in this chapter, half by half, to find it",
    )
