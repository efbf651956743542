"""Files of the book's folder from which chapters include code."""

import difflib
from pathlib import Path

from builder.book import Included
from builder.decode import decode
from builder.fences import find_fences
from builder.paths import is_inside, path_in_book
from builder.source import Source

FILE = "file"
_LARGEST = 1_000_000


def read_included(source: Source, root: Path) -> tuple[Included, ...]:
    """Each file that a chapter may include code from, by its path in the book."""
    paths = {
        path_in_book(fence.options[FILE], source.path)
        for fence in find_fences(source)
        if fence.options.get(FILE)
    }
    return tuple(_read(path, root) for path in sorted(filter(None, paths)))


def _read(name: str, root: Path) -> Included:
    path = root / name
    if not is_inside(path, root):
        return Included(name, problem="outside")
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        return Included(name, problem="missing", near=_nearest(name, root))
    decoded = decode(data[: _LARGEST + 1], name)
    if decoded.findings or len(data) > _LARGEST:
        return Included(name, problem="no-text")
    return Included(name, decoded.value.text)


def _nearest(name: str, root: Path) -> str:
    files = (path for path in root.rglob("*") if path.suffix and path.is_file())
    names = sorted(path.relative_to(root).as_posix() for path in files)
    return next(iter(difflib.get_close_matches(name, names, n=1)), "")
