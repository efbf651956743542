"""The content and the resources of several pages, made those of one (ISO 32000-1, 7.8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf

from builder.render.pdf.impose.plan import Box, Matrix, Side, Stroke
from builder.render.pdf.syntax import number

# The category of resources that the last name before an operator belongs to (7.8.3).
_CATEGORIES = {
    "Do": "/XObject",
    "gs": "/ExtGState",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
    "BDC": "/Properties",
    "DP": "/Properties",
}
_HAIRLINE = 0.4
_DASH = b"[3 3] 0 d "


@dataclass(slots=True)
class Merge:
    """The content of one side as it grows, with its resources and its count of marks."""

    pdf: pikepdf.Pdf
    pieces: list[bytes] = field(default_factory=list)
    resources: dict[str, dict[str, pikepdf.Object]] = field(default_factory=dict)
    marks: int = 0

    def add(self, page: pikepdf.Page, box: Box, matrix: Matrix, marks: int) -> int:
        """Draw a page with a number of marks on the side; returns what is added to each mark."""
        first, self.marks = self.marks, self.marks + marks
        renamed = self._take_resources(page)
        is_as_it_was = not (first or renamed)
        content = _content(page) if is_as_it_was else _rewritten(page, first, renamed)
        self.pieces.append(b"q\n%s cm\n%s re W n\n%s\nQ" % (_six(matrix), _rect(box), content))
        return first

    def draw(self, side: Side) -> None:
        """Draw the lines to cut and to fold along: marks of production, not content (14.8.2.2)."""
        if side.strokes:
            lines = b"\n".join(_stroke(each) for each in side.strokes)
            head = b"/Artifact<</Type/Page>>BDC\nq 0.35 G %s w" % number(_HAIRLINE)
            self.pieces.append(b"%s\n%s\nQ\nEMC" % (head, lines))

    def content(self) -> pikepdf.Stream:
        """All of it as one stream."""
        return self.pdf.make_stream(b"\n".join(self.pieces))

    def resource_dictionary(self) -> pikepdf.Dictionary:
        """The resources of all pages."""
        made = pikepdf.Dictionary()
        for category, entries in self.resources.items():
            made[category] = pikepdf.Dictionary(entries)
        return made

    def _take_resources(self, page: pikepdf.Page) -> dict[tuple[str, str], str]:
        """Take over what a page uses; returns new names for what is called as something else."""
        renamed = {}
        for category, entries in page.resources.items():
            if not isinstance(entries, pikepdf.Dictionary):
                continue
            own = self.resources.setdefault(category, {})
            for name, value in entries.items():
                taken = name
                while taken in own and not _is_same(own[taken], value):
                    taken = f"{taken}.{len(own)}"
                own[taken] = value
                if taken != name:
                    renamed[category, name] = taken
        return renamed


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents", pikepdf.Array())
    streams: Sequence[pikepdf.Object] = (
        list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    )
    return b"\n".join(each.read_bytes() for each in streams)


def _rewritten(page: pikepdf.Page, first: int, renamed: dict[tuple[str, str], str]) -> bytes:
    return pikepdf.unparse_content_stream(list(_instructions(page, first, renamed)))


def _instructions(
    page: pikepdf.Page, first: int, renamed: dict[tuple[str, str], str]
) -> Iterator[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield instruction
            continue
        operands = list(instruction.operands)
        index = 0 if operator == "Tf" else len(operands) - 1
        category = "/Font" if operator == "Tf" else _CATEGORIES.get(operator, "")
        if category and operands and isinstance(operands[index], pikepdf.Name):
            name = renamed.get((category, str(operands[index])))
            operands[index] = pikepdf.Name(name) if name else operands[index]
        elif operator == "BDC" and "/MCID" in operands[1]:
            operands[1]["/MCID"] = int(operands[1]["/MCID"]) + first
        yield pikepdf.ContentStreamInstruction(operands, instruction.operator)


def _is_same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    if one.is_indirect and other.is_indirect:
        return one.objgen == other.objgen
    return one.unparse(resolved=True) == other.unparse(resolved=True)


def _six(matrix: Matrix) -> bytes:
    """A matrix as written; six decimals keep a line where it is within a thousandth of a point."""
    values = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return b" ".join(number(value) for value in values)


def _rect(box: Box) -> bytes:
    return b" ".join(number(each) for each in (box.left, box.bottom, box.width, box.height))


def _stroke(stroke: Stroke) -> bytes:
    dash = _DASH if stroke.dashed else b"[] 0 d "
    ends = tuple(number(each) for each in (stroke.x1, stroke.y1, stroke.x2, stroke.y2))
    return dash + b"%s %s m %s %s l S" % ends
