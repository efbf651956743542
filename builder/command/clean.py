"""Taking away what was built for a book, and nothing else."""

from dataclasses import replace
from pathlib import Path

from builder.cache import clear, user_cache_folder
from builder.command.settings import Settings, find_book
from builder.config import CONFIG_NAME, parse_config
from builder.decode import decode
from builder.diagnostics import BuildFailed, Diagnostic
from builder.editions import EDITIONS
from builder.names import file_names


def clean_book(root: Path, out: Path) -> str:
    """Remove the book's files from ``out``, and say which were there.

    Raises ``BuildFailed`` where ``book.toml`` is wrong, for then nobody knows their names.
    """
    source = decode((root / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
    config = parse_config(source)
    if config.value is None:
        raise BuildFailed(config.findings, exit_code=2)
    editions = [replace(config.value, edition=edition) for edition in EDITIONS]
    paths = [out / name for each in editions for name in file_names(each)]
    found = [path for path in paths if path.is_file()]
    for path in found:
        _remove(path)
    return "\n".join(f"removed {path}" for path in found) or f"nothing to remove from {out}"


def clean(settings: Settings, cache: str | None) -> str:
    """Remove what was built, or, where a cache is named or meant, what was kept for builds."""
    if cache is not None or settings.cache:
        return clean_cache(Path(cache) if cache else settings.cache)
    return clean_book(find_book(settings.book), settings.out)


def clean_cache(folder: Path | None) -> str:
    """Remove what builds have kept in a folder, or in the user's cache, and say how much it was."""
    place = folder or user_cache_folder()
    freed = clear(place)
    return f"removed {freed / 1e6:.1f} MB from {place}" if freed else f"nothing kept in {place}"


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        message = f'"{path}" cannot be removed: {error.strerror}'
        hint = "check the permissions of its folder"
        raise BuildFailed([Diagnostic("cannot-write", message, None, hint)], exit_code=3) from None
