"""What all parts of a bound file share: pages, structure, fonts, outline, names, catalogue.

The sections are those of ISO 32000-1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.render.pdf.fonts import BoundFont, font_objects
from builder.render.pdf.leaf import Leaf
from builder.render.pdf.outline import outline_objects
from builder.render.pdf.part import CATALOG, DOCUMENT, FONTS, FORM, PAGES, STRUCTURE
from builder.render.pdf.syntax import array, number, pdf_date, reference, stream, string
from builder.render.pdf.writing import WritingFont, form_dictionary, writing_font_objects
from builder.render.pdf.xmp import Description, xmp_packet

# The leaves in order, each with the number that its objects are counted from.
Placed = Sequence[tuple[Leaf, int]]
# The number of each page object, by the place of its leaf and its own place in it.
_Pages = Mapping[tuple[int, int], int]

_FONT_OBJECTS = 6


@dataclass(slots=True)
class Shared:
    """Shared objects as they are gathered: to be packed, and streams; ``free`` is the next number.

    ``information`` is the number of the information dictionary.
    """

    free: int
    objects: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, bytes] = field(default_factory=dict)
    information: int = 0

    def put(self, numbered: Iterable[tuple[int, bytes]]) -> None:
        """Take in objects that have their numbers."""
        for object_number, written in numbered:
            is_stream = written.endswith(b"endstream")
            (self.streams if is_stream else self.objects)[object_number] = written


def gather_shared(
    placed: Placed,
    fonts: Sequence[BoundFont],
    description: Description,
    writing: WritingFont | None,
    first: int,
) -> Shared:
    """The objects around the leaves, numbered from ``first`` where their numbers are not fixed."""
    shared = Shared(first)
    pages = {
        (index, page): base + local
        for index, (leaf, base) in enumerate(placed)
        for page, local in enumerate(leaf.part.pages)
    }
    _add_pages(shared, placed, len(pages))
    _add_fonts(shared, fonts)
    _add_structure(shared, placed, first)
    entries = (
        _add_outline(shared, placed, pages),
        b"/Names<</Dests %s>>" % _name_tree(shared, _destinations(placed, pages)),
        _add_metadata(shared, description),
        b"/PageLabels<</Nums%s>>" % _labels(placed),
        _add_form(shared, placed, writing) if writing else b"",
    )
    _add_catalog(shared, description.language, b"".join(entries))
    return shared


def _add_catalog(shared: Shared, language: str, entries: bytes) -> None:
    """The catalogue (7.7.2)."""
    shared.objects[CATALOG] = (
        b"<</Type/Catalog/Pages %s/Lang%s/ViewerPreferences<</DisplayDocTitle true>>"
        b"/MarkInfo<</Marked true>>/StructTreeRoot %s%s>>"
        % (reference(PAGES), string(language), reference(STRUCTURE), entries)
    )


def _add_pages(shared: Shared, placed: Placed, count: int) -> None:
    """The root of the page tree (7.7.3)."""
    kids = array([reference(base + len(leaf.part.pages)) for leaf, base in placed])
    shared.objects[PAGES] = b"<</Type/Pages/Count %d/Kids%s>>" % (count, kids)


def _add_fonts(shared: Shared, fonts: Sequence[BoundFont]) -> None:
    """All fonts, and the dictionary that names them (7.8.3)."""
    names = []
    for font in fonts:
        names.append(b"/%s %s" % (font.use.key.encode(), reference(shared.free)))
        shared.put(font_objects(font, shared.free))
        shared.free += _FONT_OBJECTS
    shared.objects[FONTS] = b"<<%s>>" % b"".join(names)


def _add_structure(shared: Shared, placed: Placed, next_key: int) -> None:
    """The root of the structure tree, its one top and its ids (14.7.2)."""
    roots = array([reference(base + root) for leaf, base in placed for root in leaf.part.roots])
    document = b"<</Type/StructElem/S/Document/P %s/K%s>>" % (reference(STRUCTURE), roots)
    shared.objects[DOCUMENT] = document
    ids = {name: reference(base + local) for leaf, base in placed for name, local in leaf.part.ids}
    tree = _name_tree(shared, ids)
    parents = array([reference(base + len(leaf.part.pages) + 1) for leaf, base in placed])
    shared.objects[STRUCTURE] = (
        b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Kids%s>>/ParentTreeNextKey %d/IDTree %s>>"
        % (reference(DOCUMENT), parents, next_key, tree)
    )


def _add_outline(shared: Shared, placed: Placed, pages: _Pages) -> bytes:
    """The outline (12.3.3); returns the catalogue's entry for it, if there is one."""
    marks = [
        (mark, pages[index, mark.page])
        for index, (leaf, _) in enumerate(placed)
        for mark in leaf.marks
    ]
    first = shared.free
    for object_number, written in outline_objects(marks, first):
        shared.objects[object_number] = written
        shared.free = max(shared.free, object_number + 1)
    return b"/Outlines " + reference(first) if marks else b""


def _destinations(placed: Placed, pages: _Pages) -> Mapping[str, bytes]:
    """Where each anchor lies (12.3.2); the first of a name counts."""
    places: dict[str, bytes] = {}
    for index, (leaf, _) in enumerate(placed):
        for name, page, x, y in leaf.anchors:
            place = b"[%s/XYZ %s %s 0]" % (reference(pages[index, page]), number(x), number(y))
            places.setdefault(name, place)
    return places


def _add_metadata(shared: Shared, description: Description) -> bytes:
    """The metadata stream (14.3.2) and the information dictionary; returns the entry."""
    packet, shared.information = shared.free, shared.free + 1
    shared.free += 2
    written = stream(xmp_packet(description), b"/Type/Metadata/Subtype/XML", compress=False)
    shared.streams[packet] = written
    shared.objects[shared.information] = _information(description)
    return b"/Metadata " + reference(packet)


def _add_form(shared: Shared, placed: Placed, writing: WritingFont) -> bytes:
    """The interactive form (12.7.2) with the font to write in it; returns the entry."""
    fields = [base + local for leaf, base in placed for local in leaf.part.fields]
    shared.objects[FORM] = form_dictionary(fields)
    shared.put(writing_font_objects(writing))
    return b"/AcroForm " + reference(FORM)


def _name_tree(shared: Shared, values: Mapping[str, bytes]) -> bytes:
    """A name tree (7.9.6) with leaves of 100 names; returns its root."""
    names = _sorted_names(values)
    leaves = []
    for start in range(0, len(names), 100):
        group = names[start : start + 100]
        pairs = b" ".join(string(name) + b" " + value for name, value in group)
        limits = string(group[0][0]) + b" " + string(group[-1][0])
        leaves.append(reference(shared.free))
        shared.objects[shared.free] = b"<</Limits[%s]/Names[%s]>>" % (limits, pairs)
        shared.free += 1
    return b"<</Kids%s>>" % array(leaves) if leaves else b"<</Names[]>>"


def _sorted_names(values: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Names in the order of their bytes as written, which readers search by."""

    def written(item: tuple[str, bytes]) -> bytes:
        name = item[0]
        return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")

    return sorted(values.items(), key=written)


def _labels(placed: Placed) -> bytes:
    """Page labels (12.4.2): a range begins where the style or the run of numbers changes."""
    ranges, page = [], 0
    expected: tuple[str, int] | None = None
    for leaf, _ in placed:
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
