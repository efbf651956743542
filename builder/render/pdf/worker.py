"""What a worker process does: lay out one job at a time with an engine of its own."""

import multiprocessing
import tempfile
from functools import cache

import msgspec

from builder.render.pdf.gathering import Copy, Furniture
from builder.render.pdf.lay import Engine
from builder.render.pdf.setup import Setup


def pack_setup(setup: Setup) -> bytes:
    """The set-up as bytes, for another process."""
    return msgspec.msgpack.encode(setup, enc_hook=str)


def run_lay(setup: bytes, job: bytes) -> bytes:
    """Lay out one gathering."""
    copy = msgspec.msgpack.decode(job, type=Copy)
    return msgspec.msgpack.encode(_engine(setup).lay(copy))


def run_dress(setup: bytes, job: bytes) -> bytes:
    """Lay out the furniture of one gathering."""
    furniture = msgspec.msgpack.decode(job, type=Furniture)
    return msgspec.msgpack.encode(_engine(setup).dress(furniture))


@cache
def _engine(setup: bytes) -> Engine:
    """One engine a process for each book: to start one takes longer than most jobs."""
    given = msgspec.msgpack.decode(setup, type=Setup, dec_hook=lambda kind, text: kind(text))
    if multiprocessing.parent_process() is not None:
        # What a killed worker leaves behind goes with the folder that its parent deletes.
        tempfile.tempdir = str(given.scratch)
    return Engine(given)
