"""Binding: relocatable parts, their furniture and their fonts -> one tagged PDF file.

The objects that all share (catalogue, page tree, structure root, names, outline, labels,
fonts) come first (ISO 32000-1, 7.7.2); then each part, moved to a slot of object numbers of
its own. Compressed objects stand in object streams, and one cross-reference stream with a
section for each slot ends the file (7.5.7, 7.5.8).
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.render.pdf.fonts import BoundFont
from builder.render.pdf.leaf import Leaf
from builder.render.pdf.part import CATALOG, FIRST
from builder.render.pdf.records import read_records, relocate
from builder.render.pdf.shared import Placed, Shared, gather_shared
from builder.render.pdf.syntax import LEVEL, array, reference, stream
from builder.render.pdf.writing import WritingFont, draw_writing
from builder.render.pdf.xmp import Description

_IN_STREAM = 400
_ENTRY = struct.Struct(">BQH")
_WIDTHS = b"/W[1 8 2]"
# For what each binding packs anew. A table of offsets packs no better at a higher level, which
# takes five times as long.
_QUICK = 1


@dataclass(frozen=True, slots=True)
class Moved:
    """A part at its base: bytes to write, offsets of objects in them, places in streams."""

    data: bytes
    offsets: bytes
    entries: bytes


# Given a name and a way to make it, the part at its base: a cache may stand between.
KeepMoved = Callable[[str, Callable[[], bytes]], bytes]


class _Table:
    """The cross-reference table, packed as it grows: a long book has a million entries."""

    def __init__(self) -> None:
        self._sections: list[bytes] = []
        self._packed: list[bytes] = []
        self._packer = zlib.compressobj(_QUICK)
        self._digest = hashlib.md5(usedforsecurity=False)

    def add(self, first: int, entries: bytes | bytearray) -> None:
        """Take in a section: the entries of all numbers from a first one on."""
        self._sections.append(b"%d %d" % (first, len(entries) // _ENTRY.size))
        self._digest.update(entries)
        self._packed.append(self._packer.compress(entries))

    def written(self, size: int, root: int, information: int) -> bytes:
        """The table as a stream, for a file of objects up to ``size``; its MD5 names the file."""
        name = self._digest.hexdigest().encode()
        keys = b"/Type/XRef%s/Index%s/Size %d/Root %s/Info %s/ID[<%s><%s>]/Filter/FlateDecode" % (
            _WIDTHS,
            array(self._sections),
            size,
            reference(root),
            reference(information),
            name,
            name,
        )
        table = b"".join((*self._packed, self._packer.flush()))
        return stream(table, keys, compress=False)


@dataclass(slots=True)
class _File:
    """The file as it grows: what is not handed out yet, and the cross-reference table."""

    pieces: list[bytes] = field(default_factory=list)
    size: int = 0
    table: _Table = field(default_factory=_Table)

    def write(self, data: bytes) -> int:
        """Append bytes; returns the offset at which they begin."""
        start = self.size
        self.pieces.append(data)
        self.size += len(data)
        return start

    def take(self) -> list[bytes]:
        """What was written since it was last taken: a long book is not held as a whole."""
        taken, self.pieces = self.pieces, []
        return taken


def link(
    leaves: Sequence[Leaf],
    fonts: Sequence[BoundFont],
    description: Description,
    keep: KeepMoved,
    writing: WritingFont | None = None,
) -> Iterator[bytes]:
    """The bound file in pieces, made one behind the other as they are written.

    ``writing`` is the font for what is written in form fields, where there are any.
    """
    placed, end = _placed(leaves)
    shared = gather_shared(placed, fonts, description, writing, end)
    file = _File()
    file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    entries = _write_shared(file, shared)
    for first, section in _runs({each: entries[each] for each in entries if each < FIRST}):
        file.table.add(first, section)
    for leaf, base in placed:
        _write_leaf(file, leaf, base, keep, writing)
        yield from file.take()
    last = shared.free
    entries[last] = (1, file.size, 0)
    for first, section in _runs({each: entries[each] for each in entries if each >= FIRST}):
        file.table.add(first, section)
    table = file.table.written(last + 1, CATALOG, shared.information)
    start = file.write(b"%d 0 obj\n%s\nendobj\n" % (last, table))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)
    yield from file.take()


def _placed(leaves: Sequence[Leaf]) -> tuple[Placed, int]:
    """The leaves, each with the first number of its slot, and the number behind the last slot."""
    base, placed = FIRST, []
    for leaf in leaves:
        placed.append((leaf, base))
        base += slot(leaf.part.count)
    return placed, base


def slot(count: int) -> int:
    """How many numbers a part of ``count`` objects gets: room to grow without moving others."""
    wanted = count + count // _IN_STREAM + 16
    grain = 64
    while grain * 16 < wanted:
        grain *= 2
    return (wanted + grain - 1) // grain * grain


def _write_leaf(
    file: _File, leaf: Leaf, base: int, keep: KeepMoved, font: WritingFont | None
) -> None:
    part = leaf.part
    moved = unpack_moved(keep(f"{leaf.name}-{base}", lambda: pack_moved(_move(leaf, base))))
    entries = bytearray(moved.entries)
    start = file.write(moved.data)
    for local, offset in struct.iter_unpack("<IQ", moved.offsets):
        _ENTRY.pack_into(entries, local * _ENTRY.size, 1, start + offset, 0)
    for page, content in enumerate(leaf.furniture):
        written = b"%d 0 obj\n%s\nendobj\n" % (base + page, content)
        _ENTRY.pack_into(entries, page * _ENTRY.size, 1, file.write(written), 0)
    for each in part.slots:
        drawn = each.draw(leaf.folios.get(each.anchor, ""))
        written = b"%d 0 obj\n%s\nendobj\n" % (base + each.number, stream(drawn, compress=False))
        _ENTRY.pack_into(entries, each.number * _ENTRY.size, 1, file.write(written), 0)
    for writing in part.writings:
        assert font is not None, "there is a font to write with where there are fields"
        written = b"%d 0 obj\n%s\nendobj\n" % (base + writing.number, draw_writing(writing, font))
        _ENTRY.pack_into(entries, writing.number * _ENTRY.size, 1, file.write(written), 0)
    file.table.add(base, entries)


def _move(leaf: Leaf, base: int) -> Moved:
    """Give the objects of a part their numbers and pack those that are no streams."""
    data = bytearray()
    offsets = bytearray()
    waiting: list[tuple[int, bytes]] = []
    packed: list[list[tuple[int, bytes]]] = []
    part = leaf.part
    for local, entries, content in read_records(leaf.records()):
        entries = relocate(entries, base)
        if content is None:
            waiting.append((local, entries))
            if len(waiting) == _IN_STREAM:
                packed.append(waiting)
                waiting = []
            continue
        offsets += struct.pack("<IQ", local, len(data))
        data += b"%d 0 obj\n%sstream\n%s\nendstream\nendobj\n" % (base + local, entries, content)
    if waiting:
        packed.append(waiting)
    table = bytearray(_ENTRY.size * (part.count + len(packed)))
    for index, objects in enumerate(packed):
        own = part.count + index
        offsets += struct.pack("<IQ", own, len(data))
        numbered = [(base + local, entries) for local, entries in objects]
        data += b"%d 0 obj\n%s\nendobj\n" % (base + own, _object_stream(numbered))
        for place, (local, _) in enumerate(objects):
            _ENTRY.pack_into(table, local * _ENTRY.size, 2, base + own, place)
    return Moved(bytes(data), bytes(offsets), bytes(table))


def pack_moved(moved: Moved) -> bytes:
    """A moved part as plain bytes: two lengths, then its three fields."""
    head = struct.pack("<QQ", len(moved.offsets), len(moved.entries))
    return head + moved.offsets + moved.entries + moved.data


def unpack_moved(data: bytes) -> Moved:
    """The inverse of ``pack_moved``."""
    offsets, entries = struct.unpack_from("<QQ", data)
    middle = 16 + offsets
    return Moved(data[middle + entries :], data[16:middle], data[middle : middle + entries])


def _object_stream(objects: Iterable[tuple[int, bytes]], level: int = LEVEL) -> bytes:
    """Objects packed into one stream (7.5.7)."""
    head, bodies, at = [], [], 0
    for object_number, entries in objects:
        head.append(b"%d %d" % (object_number, at))
        bodies.append(entries)
        at += len(entries) + 1
    index = b" ".join(head) + b"\n"
    keys = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(index))
    return stream(index + b"\n".join(bodies), keys, level=level)


def _write_shared(file: _File, shared: Shared) -> dict[int, tuple[int, int, int]]:
    """Write what is shared; returns its entries in the table, with that of no object, 0."""
    entries = {0: (0, 0, 65535)}
    for object_number, written in sorted(shared.streams.items()):
        start = file.write(b"%d 0 obj\n%s\nendobj\n" % (object_number, written))
        entries[object_number] = (1, start, 0)
    numbered = sorted(shared.objects.items())
    for start in range(0, len(numbered), _IN_STREAM):
        group = numbered[start : start + _IN_STREAM]
        for place, (object_number, _) in enumerate(group):
            entries[object_number] = (2, shared.free, place)
        at = file.write(b"%d 0 obj\n%s\nendobj\n" % (shared.free, _object_stream(group, _QUICK)))
        entries[shared.free] = (1, at, 0)
        shared.free += 1
    return entries


def _runs(entries: Mapping[int, tuple[int, int, int]]) -> list[tuple[int, bytearray]]:
    """The entries as runs of neighbouring numbers."""
    runs: list[tuple[int, bytearray]] = []
    last = -2
    for object_number in sorted(entries):
        if object_number != last + 1:
            runs.append((object_number, bytearray()))
        runs[-1][1].extend(_ENTRY.pack(*entries[object_number]))
        last = object_number
    return runs
