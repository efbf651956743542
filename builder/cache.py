"""Content-addressed bytes that outlive a build: verified on reading, written by rename."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

LIMIT = 512 * 1024 * 1024
_DIGEST = 32
_PIECE = 1024 * 1024
# When it grows over its limit, so much of it is kept.
_KEPT = 0.8


class Store(Protocol):
    """Bytes by name; what is not there, or damaged, is None."""

    def get(self, name: str) -> bytes | None:
        """The bytes kept under a name."""

    def put(self, name: str, data: bytes) -> bool:
        """Keep bytes under a name; whether that went well."""

    def put_file(self, name: str, path: Path) -> bool:
        """Keep what is in a file, however long, under a name; whether that went well."""

    def prune(self, limit: int = LIMIT) -> None:
        """Give up what was not used for longest until the rest is well below the limit."""


class NoStore:
    """A store that keeps nothing."""

    def get(self, name: str) -> bytes | None:  # noqa: ARG002 - what every store takes
        """Nothing."""
        return None

    def put(self, name: str, data: bytes) -> bool:  # noqa: ARG002 - what every store takes
        """Do not keep it."""
        return False

    def put_file(self, name: str, path: Path) -> bool:  # noqa: ARG002 - what every store takes
        """Do not keep it."""
        return False

    def prune(self, limit: int = LIMIT) -> None:
        """There is nothing to give up."""


NO_STORE = NoStore()


class MemoryStore:
    """A store for one build, which leaves nothing behind."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """The bytes kept under a name."""
        return self._kept.get(name)

    def put(self, name: str, data: bytes) -> bool:
        """Keep bytes under a name."""
        self._kept[name] = data
        return True

    def put_file(self, name: str, path: Path) -> bool:  # noqa: ARG002 - what every store takes
        """Do not keep it: in one build, nobody asks for a whole file again."""
        return False

    def prune(self, limit: int = LIMIT) -> None:
        """It lasts for one build only, and keeps everything that long."""


class DiskStore:
    """A store in a folder, safe for several builds at once.

    Each file begins with the SHA-256 of its name and content, so a damaged, truncated or
    foreign one is as good as none. A full disk, or a folder that cannot be written, makes
    it keep nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """The bytes kept under a name."""
        path = self._path(name)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[_DIGEST:]
        if data[:_DIGEST] != _digest(name, content):
            return None
        _touch(path)
        return content

    def put(self, name: str, data: bytes) -> bool:
        """Keep bytes under a name; whether that went well."""
        return self._write(name, _digest(name, data), lambda: [data])

    def put_file(self, name: str, path: Path) -> bool:
        """Keep what is in a file, however long, under a name; whether that went well."""
        made = hashlib.sha256(name.encode())
        try:
            for piece in _pieces_of(path):
                made.update(piece)
            return self._write(name, made.digest(), lambda: _pieces_of(path))
        except OSError:
            return False

    def _write(self, name: str, digest: bytes, pieces: Callable[[], Iterable[bytes]]) -> bool:
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        except OSError:
            return False
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(digest)
                file.writelines(pieces())
            Path(temporary).replace(path)
        except OSError:
            _remove(Path(temporary))
            return False
        return True

    def prune(self, limit: int = LIMIT) -> None:
        """Delete what was not used for longest until the rest is well below the limit."""
        entries = sorted(_entries(self._folder))
        total = sum(size for _, size, _ in entries)
        if total <= limit:
            return
        for _, size, path in entries:
            total -= size if _remove(path) else 0
            if total <= limit * _KEPT:
                return

    def _path(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode()).hexdigest()
        return self._folder / digest[:2] / digest[2:]


def user_cache_folder() -> Path:
    """The folder for caches of this program, as the platform wants it."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "build-book"
    if (library := Path.home() / "Library" / "Caches").is_dir():
        return library / "build-book"
    if local := os.environ.get("LOCALAPPDATA"):
        return Path(local) / "build-book" / "Cache"
    return Path.home() / ".cache" / "build-book"


def clear(folder: Path) -> int:
    """Delete all entries of a store; returns how many bytes they held."""
    freed = 0
    for _, size, path in _entries(folder):
        freed += size if _remove(path) else 0
    return freed


def key(*parts: bytes | str) -> str:
    """One name for all that something depends on."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _digest(name: str, content: bytes) -> bytes:
    made = hashlib.sha256(name.encode())
    made.update(content)
    return made.digest()


def _entries(folder: Path) -> Iterable[tuple[float, int, Path]]:
    """Last use, size and path of each file, those that a killed build left half written too."""
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        try:
            facts = path.stat()
        except OSError:
            continue
        if stat.S_ISREG(facts.st_mode):
            yield facts.st_mtime, facts.st_size, path


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _touch(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        return
