"""Files on disk: written beside their place, then renamed, so that the last good one stays."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import BuildFailed, Diagnostic

_HINTS = {
    errno.ENOSPC: "free some room on the disk and build again",
    errno.EDQUOT: "free some room in your quota and build again",
    errno.EACCES: "check who may write there, or choose another folder with --out",
    errno.EPERM: "check who may write there, or choose another folder with --out",
    errno.EROFS: "the disk is read-only; choose another folder with --out",
}


@dataclass(frozen=True, slots=True)
class Written:
    """How many bytes were written to a file, and their SHA-256."""

    size: int
    digest: str


def write_all(files: Mapping[Path, Iterable[bytes]]) -> Mapping[Path, Written]:
    """Write all files or none; raises ``BuildFailed`` (exit code 3) and leaves the old ones."""
    written: dict[Path, Written] = {}
    beside: dict[Path, Path] = {}
    path = Path()
    try:
        for path, pieces in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path], written[path] = _write_beside(path, pieces)
        for path, temporary in beside.items():
            temporary.replace(path)
    except OSError as error:
        raise BuildFailed([_failure(path, error)], exit_code=3) from None
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)
    return written


def _write_beside(path: Path, pieces: Iterable[bytes]) -> tuple[Path, Written]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                digest.update(piece)
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary, Written(size, digest.hexdigest())


def _failure(path: Path, error: OSError) -> Diagnostic:
    code = "disk-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot-write"
    reason = (error.strerror or str(error)).lower()
    hint = _HINTS.get(error.errno or 0, "choose another folder with --out")
    return Diagnostic(code, f'"{path}" cannot be written: {reason}', None, hint)
