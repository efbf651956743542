"""A zip of entries that are deflated already (APPNOTE.TXT 6.3, sections 4.3 and 4.4).

The library's own writer deflates everything anew each time.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_STORED, _DEFLATED = 0, 8
# Version 2.0 of the format, written on Unix; plain files that all may read.
_NEEDED = 20
_MADE = 3 << 8 | _NEEDED
_MODE = 0o100644 << 16
_UTF_8 = 0x800
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive, with its deflated bytes where it is to be stored so."""

    path: str
    data: bytes
    deflated: bytes | None = None


def write_archive(entries: Iterable[Entry], date: datetime) -> bytes:
    """The archive: every entry in the order given, all of one date."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for entry in entries:
        name = entry.path.encode()
        content = entry.data if entry.deflated is None else entry.deflated
        facts = _facts(entry, len(content), len(name), date)
        local = _LOCAL.pack(b"PK\3\4", _NEEDED, *facts, 0) + name
        directory += (_CENTRAL.pack(b"PK\1\2", _MADE, _NEEDED, *facts, 0, 0, 0, 0, _MODE, at), name)
        pieces += (local, content)
        at += len(local) + len(content)
    count, size = len(directory) // 2, sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)
    return b"".join((*pieces, *directory, end))


def _facts(entry: Entry, size: int, name: int, date: datetime) -> tuple[int, ...]:
    """Flags to length of the name, as both headers of an entry have them."""
    return (
        0 if entry.path.isascii() else _UTF_8,
        _STORED if entry.deflated is None else _DEFLATED,
        date.hour << 11 | date.minute << 5 | date.second // 2,
        _day(date),
        zlib.crc32(entry.data),
        size,
        len(entry.data),
        name,
    )


def _day(date: datetime) -> int:
    """The day as MS-DOS counts, within the years that it can name."""
    year = min(max(date.year, _FIRST_YEAR), _LAST_YEAR)
    return (year - _FIRST_YEAR) << 9 | date.month << 5 | date.day
