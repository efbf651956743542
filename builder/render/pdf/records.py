"""Objects of a part as bytes: each with a local number, its references and numbers marked."""

import re
import struct
from collections.abc import Iterator

_MARK = re.compile(rb"\x00([RN])(\d+)\x00")
_RECORD = struct.Struct("<IIi")


def write_record(number: int, entries: bytes, data: bytes | None = None) -> bytes:
    """One object: its dictionary, and the data of a stream."""
    head = _RECORD.pack(number, len(entries), -1 if data is None else len(data))
    return head + entries + (data or b"")


def read_records(records: bytes) -> Iterator[tuple[int, bytes, bytes | None]]:
    """Local number, dictionary and data of each object; no data where it is no stream."""
    at = 0
    while at < len(records):
        number, length, size = _RECORD.unpack_from(records, at)
        at += _RECORD.size
        entries = records[at : at + length]
        at += length
        yield number, entries, None if size < 0 else records[at : at + size]
        at += max(size, 0)


def relocate(entries: bytes, base: int) -> bytes:
    """A record's dictionary with its marks turned into numbers from ``base``."""

    def number(mark: re.Match[bytes]) -> bytes:
        found = base + int(mark[2])
        return b"%d 0 R" % found if mark[1] == b"R" else b"%d" % found

    return _MARK.sub(number, entries)
