"""Fonts in the folder of a book that are none, found before anything is set in them."""

import io
import struct
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from builder.cache import Store, key
from builder.diagnostics import Diagnostic
from builder.kept import keep
from builder.themes import OWN_FONTS
from builder.versions import engine_versions

# What is read of them sooner or later.
_TABLES = ("OS/2", "cmap", "head", "hmtx", "name")
# How the library that reads them says that it cannot.
_UNREADABLE = (AssertionError, EOFError, IndexError, KeyError, ValueError, struct.error)


def check_own_fonts(root: Path, store: Store) -> Iterator[Diagnostic]:
    """An error for each file that is called a font and cannot be read as one."""
    for path in sorted((root / OWN_FONTS).glob("*.[ot]tf")):
        data = _bytes_of(path)
        name = key("sound font", engine_versions(), sha256(data).digest())
        if not keep(store, name, bool, partial(_is_sound, data)):
            yield Diagnostic(
                "damaged-font",
                f'"{OWN_FONTS}/{path.name}" is no font, or a damaged one',
                None,
                "fetch the file again: as it is, and not the page that shows it",
            )


def _bytes_of(path: Path) -> bytes:
    """What is in a file; nothing where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_sound(data: bytes) -> bool:
    from fontTools.ttLib import TTFont, TTLibError  # takes its time, and is seldom wanted

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            return all(font[name] is not None for name in _TABLES)
    except (TTLibError, *_UNREADABLE):
        return False
