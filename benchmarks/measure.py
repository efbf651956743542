"""Whole processes measured: seconds, processor time, and memory as /proc shows it meanwhile."""

import os
import subprocess
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]

_PROC = Path("/proc")
# To look takes time too: often where a run is short, seldom where it is long.
_SOONEST, _LATEST, _SHARE = 0.05, 0.5, 0.1
# No command takes longer; one that hangs is ended.
_LIMIT = 3600.0
_SESSION, _USER, _SYSTEM = 3, 11, 12
# Programs that are installed have their bytecode; a checkout has to be let keep its own.
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


class Failed(Exception):  # noqa: N818
    """A command that did not end well, with the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took, with all the processes it started.

    ``processor`` is the time of all its processes; ``others`` the share of the machine
    that went to anything else meanwhile. Memory is in bytes: ``tree`` counts pages that
    processes share once, ``parent`` and ``worker`` are the largest that the first process
    and any other one were. ``output`` is what the command said.
    """

    seconds: float
    processor: float = 0.0
    others: float = 0.0
    tree: float = 0.0
    parent: float = 0.0
    worker: float = 0.0
    output: str = ""


def measure(command: Sequence[str | Path]) -> Run:
    """Run a command to its end, in the folder of the project."""
    before, began = _busy(), perf_counter()
    process = subprocess.Popen(
        [str(each) for each in command],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != _NO_BYTECODE},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    with _Watch(process.pid) as watch:
        try:
            said, _ = process.communicate(timeout=_LIMIT)
        finally:
            seconds = perf_counter() - began
            process.kill()
    if process.returncode != 0:
        raise Failed(f"{command[0]}: {said[-2000:].decode(errors='replace')}")
    return replace(watch.result(seconds, _busy() - before), output=said.decode())


def typical(runs: Iterable[Run]) -> Run:
    """The median of each figure."""
    runs = list(runs)
    figures = [each.name for each in fields(Run) if each.name != "output"]
    return Run(*(median(getattr(run, name) for run in runs) for name in figures))


class _Watch:
    """Looks at all processes of a session, again and again."""

    def __init__(self, session: int) -> None:
        self._session, self._ended = session, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._processor: dict[int, float] = {}
        self._tree = self._parent = self._worker = 0

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def result(self, seconds: float, busy: float) -> Run:
        """What was seen, with what the clock and the machine said."""
        processor = sum(self._processor.values())
        others = max(busy - processor, 0.0) / (seconds * (os.cpu_count() or 1))
        return Run(seconds, processor, others, self._tree, self._parent, self._worker)

    def _watch(self) -> None:
        began, pause = perf_counter(), _SOONEST
        while not self._ended.wait(pause):
            self._look()
            pause = min(max((perf_counter() - began) * _SHARE, _SOONEST), _LATEST)

    def _look(self) -> None:
        tree = 0
        for process, processor in _processes(self._session):
            self._processor[process] = processor
            tree += _memory(process, "smaps_rollup", "Pss:")
            largest = _memory(process, "status", "VmHWM:")
            if process == self._session:
                self._parent = max(self._parent, largest)
            else:
                self._worker = max(self._worker, largest)
        self._tree = max(self._tree, tree)


def _processes(session: int) -> Iterable[tuple[int, float]]:
    """The processes of a session with their processor time in seconds."""
    for folder in _PROC.glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[_SESSION]) == session:
            ticks = int(words[_USER]) + int(words[_SYSTEM])
            yield int(folder.name), ticks / os.sysconf("SC_CLK_TCK")


def _memory(process: int, file: str, name: str) -> int:
    """What a process holds, in bytes, by the kernel's file and the name of the line in it."""
    try:
        lines = (_PROC / str(process) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


def _busy() -> float:
    """Seconds that all processors of the machine were busy since it started."""
    try:
        words = (_PROC / "stat").read_text().partition("\n")[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, *interrupts = (int(word) for word in words[:8])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")
