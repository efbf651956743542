"""Binding: relocatable parts, their furniture and their fonts -> one tagged PDF file.

Each part is moved to a slot of object numbers of its own; the objects that all share
(catalogue, page tree, structure root, names, outline, labels, fonts) are written around
them (ISO 32000-1, 7.7.2). Compressed objects stand in object streams, and one
cross-reference stream with a section for each slot ends the file (7.5.7, 7.5.8).
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
from builder.render.pdf.shared import Shared, gather_shared
from builder.render.pdf.syntax import array, reference, stream
from builder.render.pdf.writing import WritingFont, draw_writing
from builder.render.pdf.xmp import Description

_IN_STREAM = 400
_ENTRY = struct.Struct(">BQH")
_WIDTHS = b"/W[1 8 2]"
# A table of offsets packs no better at a higher level, which takes five times as long.
_TABLE_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Moved:
    """A part at its base: bytes to write, offsets of objects in them, places in streams."""

    data: bytes
    offsets: bytes
    entries: bytes


# Given a name and a way to make it, the part at its base: a cache may stand between.
KeepMoved = Callable[[str, Callable[[], bytes]], bytes]


@dataclass(frozen=True, slots=True)
class _Section:
    """A run of the cross-reference table from a first number on: its entries, packed till the end.

    A long book has a million of them.
    """

    first: int
    count: int
    packed: bytes

    @classmethod
    def of(cls, first: int, entries: bytes | bytearray) -> "_Section":
        return cls(first, len(entries) // _ENTRY.size, zlib.compress(entries, _TABLE_LEVEL))


@dataclass(slots=True)
class _File:
    """The file as it grows: what is not handed out yet, and the cross-reference sections."""

    pieces: list[bytes] = field(default_factory=list)
    size: int = 0
    sections: list[_Section] = field(default_factory=list)

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
    file = _File()
    file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    base = FIRST
    bases = []
    for leaf in leaves:
        bases.append(base)
        _write_leaf(file, leaf, base, keep, writing)
        yield from file.take()
        base += slot(leaf.part.count)
    placed = tuple(zip(leaves, bases, strict=True))
    _write_shared(file, gather_shared(placed, fonts, description, writing, base))
    yield from file.take()


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
    file.sections.append(_Section.of(base, entries))


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


def _object_stream(objects: Iterable[tuple[int, bytes]]) -> bytes:
    """Objects packed into one stream (7.5.7)."""
    head, bodies, at = [], [], 0
    for object_number, entries in objects:
        head.append(b"%d %d" % (object_number, at))
        bodies.append(entries)
        at += len(entries) + 1
    index = b" ".join(head) + b"\n"
    keys = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(index))
    return stream(index + b"\n".join(bodies), keys)


def _write_shared(file: _File, shared: Shared) -> None:
    entries: dict[int, tuple[int, int, int]] = {}
    for object_number, written in sorted(shared.streams.items()):
        start = file.write(b"%d 0 obj\n%s\nendobj\n" % (object_number, written))
        entries[object_number] = (1, start, 0)
    numbered = sorted(shared.objects.items())
    free = shared.free
    for start in range(0, len(numbered), _IN_STREAM):
        group = numbered[start : start + _IN_STREAM]
        for place, (object_number, _) in enumerate(group):
            entries[object_number] = (2, free, place)
        at = file.write(b"%d 0 obj\n%s\nendobj\n" % (free, _object_stream(group)))
        entries[free] = (1, at, 0)
        free += 1
    entries[free] = (1, file.size, 0)
    entries[0] = (0, 0, 65535)
    file.sections += [_Section.of(run_start, run) for run_start, run in _runs(entries)]
    file.sections.sort(key=lambda section: section.first)
    digest, table = _pack_table(file.sections)
    index = array([b"%d %d" % (section.first, section.count) for section in file.sections])
    keys = b"/Type/XRef%s/Index%s/Size %d/Root %s/Info %s/ID[<%s><%s>]/Filter/FlateDecode" % (
        _WIDTHS,
        index,
        free + 1,
        reference(CATALOG),
        reference(shared.information),
        digest,
        digest,
    )
    start = file.write(b"%d 0 obj\n%s\nendobj\n" % (free, stream(table, keys, compress=False)))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)


def _pack_table(sections: Iterable[_Section]) -> tuple[bytes, bytes]:
    """The MD5 of the cross-reference table, which names the file, and the table compressed."""
    digest, packer = hashlib.md5(usedforsecurity=False), zlib.compressobj(_TABLE_LEVEL)
    packed = []
    for section in sections:
        entries = zlib.decompress(section.packed)
        digest.update(entries)
        packed.append(packer.compress(entries))
    return digest.hexdigest().encode(), b"".join((*packed, packer.flush()))


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
