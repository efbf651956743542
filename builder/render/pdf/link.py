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

from builder.render.pdf.fonts import BoundFont, font_objects
from builder.render.pdf.outline import Mark, outline_objects
from builder.render.pdf.part import (
    CATALOG,
    DOCUMENT,
    FIRST,
    FONTS,
    FORM,
    PAGES,
    STRUCTURE,
    Part,
)
from builder.render.pdf.records import read_records, relocate
from builder.render.pdf.syntax import array, number, pdf_date, reference, stream, string
from builder.render.pdf.writing import (
    WritingFont,
    draw_writing,
    form_dictionary,
    writing_font_objects,
)
from builder.render.pdf.xmp import Description, xmp_packet

_IN_STREAM = 400
_ENTRY = struct.Struct(">BQH")
_WIDTHS = b"/W[1 8 2]"
_FONT_OBJECTS = 6
# Bytes of a page's furniture that are fewer when packed.
_WORTH_PACKING = 160
# A table of offsets packs no better at a higher level, which takes five times as long.
_TABLE_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part to bind, with what is printed around its pages and where its anchors lie.

    ``records`` gives the part's objects; ``folios`` has the numbers of its slots;
    ``furniture`` holds a stream for each page, as ``furniture_stream`` makes it; ``anchors``
    and ``marks`` name a page from 0 within the part and a point in PDF units; ``label`` the
    style of its page labels (``r`` or ``D``) and the first number.
    """

    name: str
    part: Part
    records: Callable[[], bytes]
    folios: Mapping[str, str]
    furniture: tuple[bytes, ...]
    anchors: tuple[tuple[str, int, float, float], ...]
    marks: tuple[Mark, ...]
    label: tuple[str, int]


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
    objects, streams, last = _shared_objects(leaves, bases, fonts, description, base)
    if writing:
        fields = [
            at + local for leaf, at in zip(leaves, bases, strict=True) for local in leaf.part.fields
        ]
        objects[FORM] = form_dictionary(fields)
        for object_number, entries in writing_font_objects(writing):
            target = streams if entries.endswith(b"endstream") else objects
            target[object_number] = entries
    _write_shared(file, objects, streams, last)
    yield from file.take()


def slot(count: int) -> int:
    """How many numbers a part of ``count`` objects gets: room to grow without moving others."""
    wanted = count + count // _IN_STREAM + 16
    grain = 64
    while grain * 16 < wanted:
        grain *= 2
    return (wanted + grain - 1) // grain * grain


def furniture_stream(content: bytes = b"") -> bytes:
    """What is printed around the text of a page as an artifact (14.8.2.2), ready to be written."""
    body = b"/Artifact<</Type/Pagination>>BDC\nq\n%s\nQ\nEMC" % content if content else b""
    return stream(body, compress=len(body) > _WORTH_PACKING)


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


def _shared_objects(
    leaves: Sequence[Leaf],
    bases: Sequence[int],
    fonts: Sequence[BoundFont],
    description: Description,
    first: int,
) -> tuple[dict[int, bytes], dict[int, bytes], int]:
    """What all parts share: objects to pack, streams, and the first number that is free."""
    objects: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    free = first
    placed = list(zip(leaves, bases, strict=True))
    pages = {
        (index, page): base + local
        for index, (leaf, base) in enumerate(placed)
        for page, local in enumerate(leaf.part.pages)
    }
    objects[PAGES] = b"<</Type/Pages/Count %d/Kids%s>>" % (
        len(pages),
        array([reference(base + len(leaf.part.pages)) for leaf, base in placed]),
    )
    objects[DOCUMENT] = b"<</Type/StructElem/S/Document/P %s/K%s>>" % (
        reference(STRUCTURE),
        array([reference(base + root) for leaf, base in placed for root in leaf.part.roots]),
    )
    names = {}
    for font in fonts:
        names[font.use.key] = free
        for object_number, entries in font_objects(font, free):
            target = streams if entries.endswith(b"endstream") else objects
            target[object_number] = entries
        free += _FONT_OBJECTS
    objects[FONTS] = b"<<%s>>" % b"".join(
        b"/%s %s" % (key.encode(), reference(at)) for key, at in names.items()
    )
    ids = {name: reference(base + local) for leaf, base in placed for name, local in leaf.part.ids}
    tree, free = _name_tree(objects, _sorted_names(ids), free)
    leaf_refs = [reference(base + len(leaf.part.pages) + 1) for leaf, base in placed]
    objects[STRUCTURE] = (
        b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Kids%s>>/ParentTreeNextKey %d/IDTree %s>>"
        % (reference(DOCUMENT), array(leaf_refs), first, tree)
    )
    marks = [
        (mark, pages[index, mark.page])
        for index, (leaf, _) in enumerate(placed)
        for mark in leaf.marks
    ]
    outline = free
    for object_number, entries in outline_objects(marks, outline):
        objects[object_number] = entries
        free = max(free, object_number + 1)
    dests: dict[str, bytes] = {}
    for index, (leaf, _) in enumerate(placed):
        for name, page, x, y in leaf.anchors:
            place = b"[%s/XYZ %s %s 0]" % (reference(pages[index, page]), number(x), number(y))
            dests.setdefault(name, place)
    named, free = _name_tree(objects, _sorted_names(dests), free)
    packet, information = free, free + 1
    streams[packet] = stream(xmp_packet(description), b"/Type/Metadata/Subtype/XML", compress=False)
    objects[information] = _information(description)
    objects[CATALOG] = (
        b"<</Type/Catalog/Pages %s%s/Names<</Dests %s>>/Lang%s/ViewerPreferences"
        b"<</DisplayDocTitle true>>/MarkInfo<</Marked true>>/StructTreeRoot %s/Metadata %s"
        b"/PageLabels<</Nums%s>>%s>>"
        % (
            reference(PAGES),
            b"/Outlines " + reference(outline) if marks else b"",
            named,
            string(description.language),
            reference(STRUCTURE),
            reference(packet),
            _labels(leaves),
            b"/AcroForm " + reference(FORM) if any(leaf.part.fields for leaf in leaves) else b"",
        )
    )
    return objects, streams, free + 2


def _write_shared(
    file: _File, objects: Mapping[int, bytes], streams: Mapping[int, bytes], first: int
) -> None:
    entries: dict[int, tuple[int, int, int]] = {}
    for object_number, written in sorted(streams.items()):
        start = file.write(b"%d 0 obj\n%s\nendobj\n" % (object_number, written))
        entries[object_number] = (1, start, 0)
    information = max(objects)
    numbered = sorted(objects.items())
    free = first
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
        reference(information),
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


def _name_tree(
    objects: dict[int, bytes], names: Sequence[tuple[str, bytes]], free: int
) -> tuple[bytes, int]:
    """A name tree (7.9.6) with leaves of 100 names; returns its root and the next free number."""
    leaves = []
    for start in range(0, len(names), 100):
        group = names[start : start + 100]
        pairs = b" ".join(string(name) + b" " + value for name, value in group)
        limits = string(group[0][0]) + b" " + string(group[-1][0])
        objects[free] = b"<</Limits[%s]/Names[%s]>>" % (limits, pairs)
        leaves.append(reference(free))
        free += 1
    return (b"<</Kids%s>>" % array(leaves) if leaves else b"<</Names[]>>"), free


def _sorted_names(values: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Names in the order of their bytes as written, which readers search by."""

    def written(item: tuple[str, bytes]) -> bytes:
        name = item[0]
        return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")

    return sorted(values.items(), key=written)


def _labels(leaves: Sequence[Leaf]) -> bytes:
    """Page labels (12.4.2): a range begins where the style or the run of numbers changes."""
    ranges, page = [], 0
    expected: tuple[str, int] | None = None
    for leaf in leaves:
        if leaf.label != expected:
            style, first = leaf.label
            ranges.append(b"%d<</S/%s/St %d>>" % (page, style.encode(), first))
        count = len(leaf.part.pages)
        page += count
        expected = (leaf.label[0], leaf.label[1] + count)
    return array(ranges)


def _information(description: Description) -> bytes:
    """The information dictionary (14.3.3)."""
    entries = [b"/Title" + string(description.title)]
    if description.authors:
        entries.append(b"/Author" + string(", ".join(description.authors)))
    if description.subject:
        entries.append(b"/Subject" + string(description.subject))
    if description.keywords:
        entries.append(b"/Keywords" + string(", ".join(description.keywords)))
    entries.append(b"/Creator" + string(description.creator))
    entries.append(b"/Producer" + string(description.producer))
    if description.date:
        written = pdf_date(description.date)
        entries.append(b"/CreationDate" + written + b"/ModDate" + written)
    return b"<<%s>>" % b"".join(entries)
