"""What goes to the engine and what comes back: plain data, fit for another process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import msgspec

from builder.diagnostics import Diagnostic
from builder.render.pdf.fonts import FontUse
from builder.render.pdf.outline import Mark
from builder.render.pdf.part import Part


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML of a gathering by its SHA-256, to be read where it is laid out.

    A long book has a lot of it, most of it laid out before. ``read`` gives it in UTF-8.
    """

    digest: str
    read: Callable[[], bytes] = field(repr=False, compare=False)

    @classmethod
    def of(cls, text: str) -> "Html":
        """A text that is at hand."""
        data = text.encode()
        return cls(sha256(data).hexdigest(), lambda: data)


@dataclass(frozen=True, slots=True)
class Copy:
    """A gathering as it goes to the engine; ``html`` is in UTF-8."""

    id: str
    html: bytes
    css: tuple[str, ...]
    opens_on: str
    folio: int


@dataclass(frozen=True, slots=True)
class Gathering:
    """All that the layout of one run of pages depends on, but for files that it shows.

    ``opens_on`` is the side of the first page. ``folio`` is its number where the theme's
    page furniture can only be laid out with the text, else 0.
    """

    id: str
    html: Html
    css: tuple[str, ...]
    opens_on: str = "right"
    folio: int = 0

    @property
    def depends(self) -> bytes:
        """What tells it from every other."""
        told = (self.id, self.html.digest, self.css, self.opens_on, self.folio)
        return msgspec.msgpack.encode(told)

    @property
    def job(self) -> bytes:
        """The job for a worker."""
        copy = Copy(self.id, self.html.read(), self.css, self.opens_on, self.folio)
        return msgspec.msgpack.encode(copy)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an anchor came to lie: the page, from 0, and a box on it in CSS pixels."""

    page: int
    left: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageKind:
    """What decides the furniture of a page: its name, side, and the strings set on it."""

    name: str
    is_blank: bool
    is_right: bool
    strings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something on a page, from 0, that is not well: its kind, its block, and words to tell it by.

    ``place`` is the block's number as ``places`` gives it, or below 0; ``detail`` is the figure
    that goes with the kind: millimetres over the edge, dots an inch, lines, pages.
    """

    code: str
    page: int
    place: int
    words: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies where: the number, first and last page of each block, and what is not well.

    ``starts`` holds for each page the block that its text begins in, and how many letters and
    digits of the block stand on the pages before; below 0 where the page has no text.
    """

    blocks: tuple[tuple[int, int, int], ...] = ()
    starts: tuple[tuple[int, int], ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What came of laying a gathering out.

    ``heights`` are the pages' in CSS pixels. ``elsewhere`` names the anchors of other
    gatherings that it links to; ``font_files`` holds the fonts, by SHA-256, that are not
    the theme's; ``served`` the files of the book that the engine asked for, with their
    SHA-256, or nothing where there was no such file; ``complaints`` is what the engine says of
    the style sheets. The records and the
    survey are packed, for few want them.
    """

    part: Part
    records: bytes
    kinds: tuple[PageKind, ...]
    heights: tuple[float, ...]
    anchors: Mapping[str, Spot]
    marks: tuple[Mark, ...]
    elsewhere: tuple[str, ...]
    fonts: tuple[FontUse, ...]
    font_files: Mapping[str, bytes]
    served: tuple[tuple[str, str], ...]
    findings: tuple[Diagnostic, ...]
    packed_survey: bytes = b""
    complaints: tuple[str, ...] = ()

    @property
    def survey(self) -> Survey:
        """What lies where."""
        packed = self.packed_survey
        return msgspec.msgpack.decode(packed, type=Survey) if packed else Survey()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.kinds)


def thrifty(sheet: Sheet) -> Sheet:
    """The same sheet, what is equal in it held once: a long book has many pages and slots."""
    kinds = {kind: kind for kind in sheet.kinds}
    fonts = {(slot.font, slot.digits): (slot.font, slot.digits) for slot in sheet.part.slots}
    slots = []
    for slot in sheet.part.slots:
        font, digits = fonts[slot.font, slot.digits]
        slots.append(replace(slot, font=font, digits=digits))
    part = replace(sheet.part, slots=tuple(slots))
    return replace(sheet, part=part, kinds=tuple(kinds[kind] for kind in sheet.kinds))


@dataclass(frozen=True, slots=True)
class Furniture:
    """The running heads and folios of a gathering to be laid out on empty pages."""

    id: str
    language: str
    kinds: tuple[PageKind, ...]
    css: tuple[str, ...]
    opens_on: str
    folio: int

    @property
    def depends(self) -> bytes:
        """What tells it from every other."""
        return msgspec.msgpack.encode(self)

    @property
    def job(self) -> bytes:
        """The job for a worker."""
        return msgspec.msgpack.encode(self)


@dataclass(frozen=True, slots=True)
class Dress:
    """Furniture laid out: a stream for each page, as binding writes it, and its fonts."""

    streams: tuple[bytes, ...]
    fonts: tuple[FontUse, ...]
    font_files: Mapping[str, bytes]
    served: tuple[tuple[str, str], ...]
    findings: tuple[Diagnostic, ...]
    complaints: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.streams)
