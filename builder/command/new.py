"""The small book that ``build-book new`` writes: it builds at once and shows the syntax."""

import shlex
from pathlib import Path

from builder.diagnostics import BuildFailed, Diagnostic

SCHEMA_NAME = "book.schema.json"
_SCHEMA = "schema.json"
_HERE = Path(__file__).parents[1]


def start_book(folder: Path) -> str:
    """Copy the starter book into an empty folder, and say how to go on.

    Raises ``BuildFailed`` where something is in the way.
    """
    starter = _HERE / "starter"
    sources = {path.relative_to(starter): path for path in starter.rglob("*") if path.is_file()}
    sources[Path(SCHEMA_NAME)] = _HERE / _SCHEMA
    try:
        if _is_in_use(folder):
            raise BuildFailed([_in_use(folder)], exit_code=2)
        for name, source in sources.items():
            _copy(source, folder / name)
    except OSError as error:
        raise BuildFailed([_not_writable(folder, error)], exit_code=3) from None
    option = "" if folder.resolve() == Path.cwd() else f" --book {shlex.quote(str(folder))}"
    return f"{len(sources)} files in {folder}; build the book with:\n    build-book{option}"


def _is_in_use(folder: Path) -> bool:
    """Whether a file stands there, or a folder with more in it than .git and its like."""
    if not folder.is_dir():
        return folder.exists()
    return any(not path.name.startswith(".") for path in folder.iterdir())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def _in_use(folder: Path) -> Diagnostic:
    what = "is not empty" if folder.is_dir() else "is a file"
    return Diagnostic(
        "folder-in-use", f'"{folder}" {what}', None, "name a folder that does not exist yet"
    )


def _not_writable(folder: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        "cannot-write",
        f'"{folder}" cannot be written: {error.strerror}',
        None,
        "check the folder's permissions and the room on the disk",
    )
