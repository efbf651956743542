"""Jobs that crash, hang or go well, for worker processes; what they share is a folder."""

import os
import signal
import threading
import time
from pathlib import Path

LONG = 300


def echo(setup: bytes, job: bytes) -> bytes:
    """The set-up and the job."""
    return setup + job


def pid(_setup: bytes, _job: bytes) -> bytes:
    """The number of the process that does it."""
    return str(os.getpid()).encode()


def grow(_setup: bytes, _job: bytes) -> bytes:
    """Hold a lot for a moment; the number of the process that did."""
    assert len(b"x" * 200_000_000) > 0
    return pid(b"", b"")


def thread(_setup: bytes, _job: bytes) -> bytes:
    """The name of the thread that does it."""
    return threading.current_thread().name.encode()


def fail(_setup: bytes, job: bytes) -> bytes:
    """Raise an exception."""
    raise ValueError(job.decode())


def crash(setup: bytes, job: bytes) -> bytes:
    """Take the process down over "bad", and over "once" the first time."""
    if job == b"bad" or (job == b"once" and _is_first(setup)):
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def hang(setup: bytes, job: bytes) -> bytes:
    """Do nothing for long over "bad", and over "once" the first time."""
    if job == b"bad" or (job == b"once" and _is_first(setup)):
        (Path(setup.decode()) / f"hanging-{os.getpid()}").touch()
        time.sleep(LONG)
    return job


def _is_first(folder: bytes) -> bool:
    mark = Path(folder.decode()) / "tried"
    if mark.exists():
        return False
    mark.touch()
    return True
