"""Worker processes, each on a pipe of its own: whoever crashes or hangs takes nobody along.

The executor of the standard library has one pipe for all its workers. One of them that is
killed while it writes leaves half a message there, and everybody waits for the rest.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from queue import SimpleQueue
from types import TracebackType
from typing import Literal

if sys.platform == "linux":
    import resource

# A worker's function: a set-up for all its jobs and a job in, the result out.
Work = Callable[[bytes, bytes], bytes]
_Context = ForkServerContext | SpawnContext
# How long a worker that was killed may take to go, in seconds.
_FAREWELL = 10.0
# The engine lets go of little that it had for a chapter: a worker that has held so many bytes
# makes room for a new one, which has the engine loaded from its start.
_LARGE = 150_000_000
# How many more objects there may be after a job before it is looked which are in use.
_GARBAGE = 80_000


class WorkerFailed(Exception):  # noqa: N818
    """A worker that was at a job crashes or hangs; the job is not done."""

    def __init__(self, how: Literal["crashes", "hangs"]) -> None:
        self.how = how
        super().__init__(how)


@dataclass(frozen=True, slots=True)
class _Task:
    work: Work
    setup: bytes
    job: bytes
    result: "Future[bytes]" = field(default_factory=Future)


class Workers:
    """Up to ``count`` processes, started as there is work, each driven by a thread of this one.

    A job that takes longer than ``patience`` seconds hangs. Workers start with the modules of
    ``preload`` imported.
    """

    def __init__(self, count: int, patience: float, preload: Sequence[str] = ()) -> None:
        """Start to import what the workers need: it takes a second, and there is other work."""
        self._count, self._patience = count, patience
        self._context = _context(preload)
        self._waiting: SimpleQueue[_Task | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads: list[threading.Thread] = []
        self._hired: list[_Worker] = []
        self._stopped = False

    def submit(self, work: Work, setup: bytes, job: bytes) -> "Future[bytes]":
        """The result to be of a job, or ``WorkerFailed``, or what the work has raised."""
        task = _Task(work, setup, job)
        self._waiting.put(task)
        if not self._idle.acquire(blocking=False) and len(self._threads) < self._count:
            self._threads.append(threading.Thread(target=self._drive, daemon=True))
            self._threads[-1].start()
        return task.result

    def stop(self) -> None:
        """End all workers at once, whatever they are doing, and wait until they are gone."""
        self._stopped = True
        for worker in list(self._hired):
            worker.kill()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(_FAREWELL)

    def _drive(self) -> None:
        worker: _Worker | None = None
        while (task := self._waiting.get()) and not self._stopped:
            worker = worker or self._hire()
            try:
                task.result.set_result(worker.do(task, self._patience))
            except WorkerFailed as failure:
                self._dismiss(worker)
                worker = None
                task.result.set_exception(failure)
            except _Raised as raised:
                task.result.set_exception(raised.error)
            if worker and worker.is_large:
                self._dismiss(worker)
                worker = None
            self._idle.release()
        if worker:
            self._dismiss(worker)

    def _hire(self) -> "_Worker":
        worker = _Worker(self._context)
        self._hired.append(worker)
        if self._stopped:
            worker.kill()
        return worker

    def _dismiss(self, worker: "_Worker") -> None:
        worker.kill()
        worker.wait()
        self._hired.remove(worker)


class _Worker:
    """One process, and our end of the pipe to it."""

    def __init__(self, context: _Context) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        # Else it would never be seen that nobody holds the other end any more.
        theirs.close()
        # Whether it has grown so much that a new one should take its place.
        self.is_large = False

    def do(self, task: _Task, patience: float) -> bytes:
        """The result of a job; raises ``WorkerFailed``, or what the work raised in ``_Raised``."""
        try:
            self._pipe.send((task.work, task.setup, task.job))
            if not self._pipe.poll(patience):
                raise WorkerFailed("hangs")
            result, error, self.is_large = self._pipe.recv()
        except (EOFError, OSError):
            raise WorkerFailed("crashes") from None
        if error is not None:
            raise _Raised(error)
        assert isinstance(result, bytes)
        return result

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> None:
        """Wait until it is gone: it may be writing files."""
        self._process.join(_FAREWELL)
        self._pipe.close()


class _Raised(Exception):  # noqa: N818
    def __init__(self, error: Exception) -> None:
        self.error = error
        super().__init__(str(error))


def _serve(pipe: Connection) -> None:
    """Do one job after the other until nobody asks any more."""
    # Interrupts are for the parent, and garbage is collected between jobs, not in them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            work, setup, job = pipe.recv()
        except EOFError:
            return
        with _Answer(pipe) as answer:
            answer.result = work(setup, job)
        if gc.get_count()[0] > _GARBAGE:
            gc.collect()


class _Answer:
    """Sends the result of a job, or whatever it raised, with its traceback as a note."""

    def __init__(self, pipe: Connection) -> None:
        self.result = b""
        self._pipe = pipe

    def __enter__(self) -> "_Answer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            error.add_note("".join(traceback.format_exception(kind, error, trace)))
        self._pipe.send((self.result, error, _most_memory() > _LARGE))
        return True


def _most_memory() -> int:
    """The most that this process has held so far, in bytes; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _end_with_parent() -> None:
    """End this process when its parent was killed: no one is left who could tell it to."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _context(preload: Sequence[str]) -> _Context:
    """Workers forked from a clean server that has the modules loaded, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    # The server takes over the mask: an interrupt while it imports is for the parent alone. The
    # tracker comes first, for starting it undoes the mask.
    resource_tracker.ensure_running()
    try:
        with _interrupts_held():
            forkserver.ensure_running()
    except OSError:
        # Its socket lies in the temporary folder, the path of which may be too long for one.
        return multiprocessing.get_context("spawn")
    return context


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let an interrupt wait."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
