"""A relocatable part: the objects of a laid-out gathering, numbered from a base yet to be.

The engine's objects are renumbered from 0, and every reference among them is written
with a mark, so that binding only adds a base (ISO 32000-1, 7.3.10). Local numbers 0 to
n-1 are kept for the furniture of the n pages, n and n+1 for the part's node of the page
tree and its leaf of the parent tree, and the last ones for its slots, page numbers that
binding writes into the text, and the pieces of content behind them.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pydyf

from builder.render.pdf.elements import number_of, object_number
from builder.render.pdf.forms import Writing
from builder.render.pdf.print_tree import SLOT_SCHEME
from builder.render.pdf.reach import REFERENCE, fields_of, fonts_of, reachable
from builder.render.pdf.records import write_record
from builder.render.pdf.slots import Slot, as_bytes, cut_text, split
from builder.render.pdf.syntax import LEVEL, array
from builder.render.pdf.tags import repair_tags

# Numbers of the objects that all parts share.
CATALOG, PAGES, STRUCTURE, DOCUMENT, FONTS, FORM, WRITING, FIRST = 1, 2, 3, 4, 5, 6, 7, 16
# A link to an anchor of another gathering travels as this address.
ELSEWHERE = "urn:x-book-anchor:"


@dataclass(frozen=True, slots=True)
class Part:
    """How the objects of a gathering are numbered.

    Local numbers of its pages and of the tops of its structure, the ids of structure
    elements, its slots, how many numbers it takes, its form fields, and what is written in
    them.
    """

    pages: tuple[int, ...]
    roots: tuple[int, ...]
    ids: tuple[tuple[str, int], ...]
    slots: tuple[Slot, ...]
    count: int
    fields: tuple[int, ...] = ()
    writings: tuple[Writing, ...] = ()


def compile_part(
    pdf: pydyf.PDF, prefix: str, renamed: Mapping[str, str], writings: Sequence[Writing]
) -> tuple[Part, bytes]:
    """The engine's objects as a part and its records.

    ``prefix`` makes the ids of its structure unique in the book; ``renamed`` holds
    new keys of fonts that must not be merged with those of other parts; ``writings`` name
    the objects that binding will draw.
    """
    repair_tags(pdf)
    return _Compiler(pdf, prefix, renamed, writings).compile()


class _Compiler:
    """Numbers the objects that belong to a part, rewrites what binds them, and writes them."""

    def __init__(
        self,
        pdf: pydyf.PDF,
        prefix: str,
        renamed: Mapping[str, str],
        writings: Sequence[Writing],
    ) -> None:
        self._objects = pdf.objects
        self._writings = writings
        self._prefix, self._renamed = prefix, renamed
        self._page_numbers = [int(number) for number in pdf.pages["Kids"][::3]]
        catalog = pdf.catalog
        root = number_of(catalog["StructTreeRoot"])
        tree = number_of(self._objects[root]["ParentTree"])
        document = number_of(self._objects[root]["K"][0])
        self._nums = self._objects[tree]["Nums"]
        self._roots = [number_of(kid) for kid in self._objects[document]["K"]]
        fonts = fonts_of(self._objects)
        self._shared = {root: STRUCTURE, document: DOCUMENT, **dict.fromkeys(fonts[:1], FONTS)}
        outlines = reachable(
            self._objects, object_number(catalog.get("Outlines")), ("First", "Next")
        )
        dropped = {0, pdf.pages.number, catalog.number, tree, *self._shared, *fonts, *outlines}
        count = len(self._page_numbers)
        self._local = {pdf.pages.number: count}
        for item in self._objects:
            if item.number not in dropped:
                self._local[item.number] = count + 1 + len(self._local)
        self._free = count + 1 + len(self._local)

    def compile(self) -> tuple[Part, bytes]:
        """The part and its records."""
        slots = tuple(self._find_slots())
        leaf = self._bind_structure()
        pieces = [
            piece
            for index, number in enumerate(self._page_numbers)
            for piece in self._wrap_page(index, self._objects[number])
        ]
        ids = tuple(self._prefix_ids())
        count = len(self._page_numbers)
        pages = tuple(self._local[number] for number in self._page_numbers)
        kids = array([b"\0R%d\0" % number for number in pages])
        node = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids%s>>" % (PAGES, count, kids)
        records = [write_record(count, node), write_record(count + 1, leaf)]
        drawn_later = {each.number for each in self._writings}
        for item in self._objects:
            local = self._local.get(item.number, count)
            if local != count and item.number not in drawn_later:
                records.append(self._write(local, item))
        records += [self._write(number, piece) for number, piece in pieces]
        roots = tuple(self._local[number] for number in self._roots)
        fields = tuple(dict.fromkeys(self._local[number] for number in fields_of(self._objects)))
        writings = tuple(replace(each, number=self._local[each.number]) for each in self._writings)
        part = Part(pages, roots, ids, slots, self._free, fields, writings)
        return part, b"".join(records)

    def _take_number(self) -> int:
        self._free += 1
        return self._free - 1

    def _find_slots(self) -> Iterator[Slot]:
        """Cut out the text of each slot, in whose place binding shows the right number.

        A slot is a link with an address of its own kind: its structure element names the
        page and the marked content that hold the ten digits.
        """
        elements = dict(zip(self._nums[::2], self._nums[1::2], strict=True))
        for item in tuple(self._objects):
            if not isinstance(item, dict) or item.get("Subtype") != "/Link" or "A" not in item:
                continue
            address = item["A"]["URI"].string
            if not address.startswith(SLOT_SCHEME):
                continue
            anchor = address.removeprefix(SLOT_SCHEME)
            item["A"]["URI"] = pydyf.String(ELSEWHERE + anchor)
            element = self._objects[number_of(elements[item["StructParent"]])]
            page = self._objects[number_of(element["Pg"])]
            mark = next(kid for kid in element["K"] if isinstance(kid, int))
            number = self._take_number()
            content = self._objects[number_of(page["Contents"])]
            place, font, digits = cut_text(content, mark, number)
            yield Slot(number, anchor, place, as_bytes(self._rename(font)), digits)

    def _bind_structure(self) -> bytes:
        """Key the parent tree by object numbers, which no two parts share (14.7.4.4).

        Page i has the key base + i; an annotation has its own number.
        """
        count = len(self._page_numbers)
        annotations = {
            item["StructParent"]: item.number
            for item in self._objects
            if isinstance(item, pydyf.Dictionary) and "StructParent" in item
        }
        entries = []
        for key, value in zip(self._nums[::2], self._nums[1::2], strict=True):
            if key < count:
                entries.append((key, self._fix(value.data)))
            else:
                annotation = self._objects[annotations[key]]
                local = self._local[annotations[key]]
                annotation["StructParent"] = b"\0N%d\0" % local
                entries.append((local, self._fix(value)))
        entries.sort()
        numbers = array([b"\0N%d\0 %s" % entry for entry in entries])
        first, last = entries[0][0], entries[-1][0]
        return b"<</Limits[\0N%d\0 \0N%d\0]/Nums%s>>" % (first, last, numbers)

    def _wrap_page(self, index: int, page: pydyf.Dictionary) -> Iterator[tuple[int, pydyf.Stream]]:
        """Room for slots in the page's content, and behind it for furniture.

        Its graphics state is closed. The pieces behind slots are returned with their numbers.
        """
        body = number_of(page["Contents"])
        content = self._objects[body]
        first, *others = split([b"q", *content.stream, b"Q"])
        content.stream = first
        numbers = [self._local[body]]
        for each in others:
            if isinstance(each, int):
                numbers.append(each)
            else:
                numbers.append(self._take_number())
                yield numbers[-1], pydyf.Stream(each)
        page["Contents"] = array([b"\0R%d\0" % number for number in (*numbers, index)])
        page["StructParents"] = b"\0N%d\0" % index

    def _prefix_ids(self) -> Iterator[tuple[str, int]]:
        for item in self._objects:
            if not isinstance(item, pydyf.Dictionary):
                continue
            if item.get("Type") == "/StructElem":
                if "ID" in item:
                    item["ID"] = pydyf.String(f"{self._prefix}/{item['ID'].string}")
                    yield item["ID"].string, self._local[item.number]
                attributes = item.get("A")
                if isinstance(attributes, dict) and "Headers" in attributes:
                    attributes["Headers"] = pydyf.Array(
                        pydyf.String(f"{self._prefix}/{name.string}")
                        for name in attributes["Headers"]
                    )
            elif item.get("Subtype") == "/Link" and "A" in item:
                _point_elsewhere(item)

    def _write(self, number: int, item: pydyf.Object) -> bytes:
        if not isinstance(item, pydyf.Stream):
            return write_record(number, self._fix(item.data))
        data = b"\n".join(as_bytes(self._rename(line)) for line in item.stream)
        extra = pydyf.Dictionary(dict(item.extra))
        if "Filter" not in extra:
            data = zlib.compress(data, LEVEL)
            extra["Filter"] = "/FlateDecode"
        extra["Length"] = len(data)
        return write_record(number, self._fix(extra.data), data)

    def _rename(self, line: object) -> object:
        """A font set in a content stream, under the key that it has in the bound file."""
        if self._renamed and isinstance(line, bytes) and line.endswith(b" Tf"):
            key = line[1:].split(b" ", 1)[0].decode()
            if key in self._renamed:
                return b"/" + self._renamed[key].encode() + line[1 + len(key) :]
        return line

    def _fix(self, data: bytes) -> bytes:
        def mark(found: re.Match[bytes]) -> bytes:
            if not found[1]:
                return found[0]
            number = int(found[1])
            if number in self._shared:
                return b"%d 0 R" % self._shared[number]
            return b"\0R%d\0" % self._local[number]

        return REFERENCE.sub(mark, data)


def _point_elsewhere(link: pydyf.Dictionary) -> None:
    """Turn the address of an anchor in another gathering into a named destination (12.3.2.3)."""
    address = link["A"].get("URI")
    if isinstance(address, pydyf.String) and address.string.startswith(ELSEWHERE):
        anchor = pydyf.String(address.string.removeprefix(ELSEWHERE))
        del link["A"]
        link["Dest"] = anchor
        link["Contents"] = anchor
