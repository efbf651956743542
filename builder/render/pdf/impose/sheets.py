"""Imposition: the pages of a bound file placed on the sides of sheets, tags and links kept.

The pages are drawn into the sides, not wrapped, so that readers find one list of marked
content on each (ISO 32000-1, 14.7.4); the structure, and with it the reading order, stays
that of the bound file.
"""

import io
from collections.abc import Sequence

import pikepdf

from builder.render.pdf.impose.content import Merge
from builder.render.pdf.impose.places import move_annotation, move_destinations
from builder.render.pdf.impose.plan import Box, Side
from builder.render.pdf.impose.structure import Moved, number_tree, repoint_structure


def impose(data: bytes, sides: Sequence[Side]) -> bytes:
    """The file with its pages on sides; every page has to be placed once.

    The same file and the same sides give the same bytes.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _Imposition(pdf).place(sides)
        made = io.BytesIO()
        pdf.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return made.getvalue()


class _Imposition:
    """Makes the sides of an open file, and then leads everything to them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = list(pdf.pages)
        self._structure = pdf.Root["/StructTreeRoot"]
        parents = number_tree(self._structure["/ParentTree"])
        self._moves: dict[tuple[int, int], Moved] = {}
        # Keys of the parent tree: annotations keep theirs, the sides take others.
        self._kept = parents
        self._next_key = max(parents, default=-1) + 1

    def place(self, sides: Sequence[Side]) -> None:
        """Put the pages on sides, in place of the pages that there were."""
        placed = sorted(each.page for side in sides for each in side.placements)
        assert placed == list(range(len(self._pages))), "every page once"
        made = [self._side(side) for side in sides]
        repoint_structure(self._structure, self._moves)
        self._write_parents()
        move_destinations(self._pdf, self._moves)
        root = self._pdf.Root["/Pages"]
        root["/Kids"] = pikepdf.Array(made)
        root["/Count"] = len(made)
        numbers = pikepdf.Dictionary(S=pikepdf.Name.D)
        self._pdf.Root["/PageLabels"] = pikepdf.Dictionary(Nums=pikepdf.Array([0, numbers]))

    def _side(self, side: Side) -> pikepdf.Object:
        made = self._pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page))
        merge, owners, annotations = Merge(self._pdf), pikepdf.Array(), pikepdf.Array()
        for each in side.placements:
            page = self._pages[each.page]
            # What bleeds is cut off at the fold and at the edge of the sheet.
            box = Box(*(float(number) for number in page.trimbox))
            marked = self._kept.pop(int(page.obj.get("/StructParents", -1)), pikepdf.Array())
            upright = each.for_page(box)
            matrix = upright.matrix(box)
            first = merge.add(page, box, matrix, len(marked))
            owners.extend(marked)
            moved = self._moves[page.obj.objgen] = Moved(made, matrix, first)
            for annotation in page.obj.get("/Annots", pikepdf.Array()):
                move_annotation(self._pdf, annotation, moved, upright.turn)
                annotations.append(annotation)
        merge.draw(side)
        sheet = pikepdf.Array([0, 0, round(side.sheet.width, 4), round(side.sheet.height, 4)])
        made["/Parent"] = self._pdf.Root["/Pages"]
        made["/MediaBox"] = made["/TrimBox"] = sheet
        made["/Resources"] = merge.resource_dictionary()
        made["/Contents"] = merge.content()
        made["/StructParents"] = self._next_key
        made["/Tabs"] = pikepdf.Name.S
        if len(annotations):
            made["/Annots"] = annotations
        self._kept[self._next_key] = owners
        self._next_key += 1
        return made

    def _write_parents(self) -> None:
        entries = (each for entry in sorted(self._kept.items()) for each in entry)
        self._structure["/ParentTree"] = pikepdf.Dictionary(Nums=pikepdf.Array(entries))
        self._structure["/ParentTreeNextKey"] = self._next_key
