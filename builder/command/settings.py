"""What the command line and the environment ask for, checked before anything is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cache import DiskStore, MemoryStore, Store, user_cache_folder
from builder.diagnostics import BuildFailed, Diagnostic

if TYPE_CHECKING:  # the configuration takes long to import, and --help has no use for it
    from builder.config import Edition

BOOK_FILE = "book.toml"
BOOK_FOLDER = Path("book")
OUT_FOLDER = Path("out")
EPOCH = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options that all commands share."""

    book: Path | None = None
    out: Path = OUT_FOLDER
    strict: bool = False
    theme: str = ""
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    jobs: int = 0
    cache: Path | None = None
    no_cache: bool = False
    edition: Edition | None = None


def book_folder(given: Path | None) -> Path:
    """The book's folder: the one named, else ``book`` if it is one, else the current one."""
    if given:
        return given
    return BOOK_FOLDER if (BOOK_FOLDER / BOOK_FILE).is_file() else Path()


def find_book(given: Path | None) -> Path:
    """The book's folder; raises ``BuildFailed`` where there is no ``book.toml`` in it."""
    folder = book_folder(given)
    if not (folder / BOOK_FILE).is_file():
        raise BuildFailed([_no_book(given)], exit_code=2)
    return folder


def check_out(folder: Path) -> Path:
    """The same folder; raises ``BuildFailed`` where a file stands in its way."""
    for path in (folder, *folder.parents):
        if path.exists() and not path.is_dir():
            message = f'the output folder "{folder}" cannot be made: "{path}" is a file'
            hint = "name a folder with --out, or move the file away"
            raise BuildFailed([Diagnostic("out-is-file", message, None, hint)], exit_code=2)
    return folder


def open_store(settings: Settings) -> Store:
    """What earlier builds kept, or a store for this build alone."""
    if settings.no_cache:
        return MemoryStore()
    return DiskStore(settings.cache or user_cache_folder())


def read_epoch(environment: Mapping[str, str]) -> datetime | None:
    """The time that stands in for the book's date; raises ``BuildFailed`` where it is none."""
    text = environment.get(EPOCH, "").strip()
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        message = f'{EPOCH} is not a time in seconds: "{text}"'
        hint = "set it to the seconds since 1970, as `git log -1 --format=%ct` prints, or unset it"
        raise BuildFailed([Diagnostic("bad-epoch", message, None, hint)], exit_code=2) from None


def _no_book(given: Path | None) -> Diagnostic:
    hint = "name the book's folder with --book DIR, or start one with: build-book new DIR"
    if given is None:
        message = f'no {BOOK_FILE} in "{BOOK_FOLDER}" or in the current folder'
    elif given.name == BOOK_FILE and given.is_file():
        message = f'"{given}" is a file'
        hint = f"name its folder: --book {given.parent}"
    elif given.is_file():
        message = f'"{given}" is a file, not the folder of a book'
    elif given.is_dir():
        message = f'no {BOOK_FILE} in "{given}"'
    else:
        message = f'no folder "{given}"'
    return Diagnostic("no-book", message, None, hint)
