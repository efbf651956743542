"""What a reader, a screen reader or an eye gets from a PDF, as plain data to compare."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2

# What PDF calls one thing and text another, or two fonts alike.
_FOLDED = {"\u2010": "-", "\u00ad": "-", "\ufffe": "-", "\u0002": "-", "\u00a0": " "}
_SHOWS_TEXT = "Tf Tj TJ BDC BMC EMC Do"


@dataclass(frozen=True)
class Link:
    """A link annotation: its page, its rectangle, and the address or the place it leads to."""

    page: int
    rectangle: tuple[float, ...]
    target: str | tuple[float, ...]


@dataclass(frozen=True)
class Mark:
    """A bookmark: its depth from 0, its words, whether it is open, and where it leads to."""

    depth: int
    title: str
    is_open: bool
    target: tuple[float, ...]


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its kind, its attributes, and its text and elements in order."""

    kind: str
    attributes: tuple[tuple[str, str], ...]
    kids: tuple["Tag | str", ...]

    def walk(self) -> Iterator["Tag"]:
        """The element and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    @property
    def text(self) -> str:
        """All text in it."""
        return fold(" ".join(kid if isinstance(kid, str) else kid.text for kid in self.kids))

    def written(self, depth: int = 0) -> Iterator[str]:
        """The tree as indented lines."""
        attributes = "".join(f" {name}={value}" for name, value in self.attributes)
        yield f"{'  ' * depth}{self.kind}{attributes}"
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.written(depth + 1)
            else:
                yield f"{'  ' * (depth + 1)}{kid!r}"


def fold(text: str) -> str:
    """Text with all white space as single spaces, and all hyphens alike."""
    return " ".join("".join(_FOLDED.get(letter, letter) for letter in text).split())


def squeeze(text: str) -> str:
    """Text without white space, with all hyphens alike."""
    return fold(text).replace(" ", "")


class Facts:
    """A PDF file, looked into; what is asked for is read once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf: Any = pikepdf.open(io.BytesIO(data))
        self._fonts: dict[tuple[int, int], Mapping[str, str]] = {}

    @cached_property
    def page_numbers(self) -> Mapping[tuple[int, int], int]:
        """The pages by the number of their object."""
        return {page.objgen: number for number, page in enumerate(self.pdf.pages)}

    @cached_property
    def sizes(self) -> tuple[tuple[float, ...], ...]:
        """The media box of each page."""
        return tuple(_floats(page.mediabox) for page in self.pdf.pages)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The folded text of each page, as PDFium reads it."""
        with pypdfium2.PdfDocument(self.data) as document:
            return tuple(fold(page.get_textpage().get_text_range()) for page in document)

    def pixels(self, dpi: int = 40, pages: Sequence[int] | None = None) -> Iterator[bytes]:
        """Each page as it looks."""
        with pypdfium2.PdfDocument(self.data) as document:
            for number in range(len(document)) if pages is None else pages:
                bitmap = document[number].render(scale=dpi / 72)
                yield bytes(bitmap.buffer)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The label of each page."""
        return tuple(page.label for page in self.pdf.pages)

    @cached_property
    def outline(self) -> tuple[Mark, ...]:
        """The bookmarks in order."""
        root = self.pdf.Root.get("/Outlines")
        return tuple(self._marks(root, 0)) if root is not None else ()

    @cached_property
    def destinations(self) -> Mapping[str, tuple[float, ...]]:
        """The named places: page, left, top."""
        if "/Names" not in self.pdf.Root:
            return {}
        names = self.pdf.Root.Names.Dests
        return {name: self._place(place) for name, place in pairs_of(names, "/Names")}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of all pages, by page and place on it."""
        found = [
            Link(number, _floats(link.Rect), self._target(link))
            for number, page in enumerate(self.pdf.pages)
            for link in page.get("/Annots", ())
            if link.Subtype == "/Link"
        ]
        return tuple(sorted(found, key=lambda link: (link.page, link.rectangle, str(link.target))))

    @cached_property
    def structure(self) -> Tag:
        """The tree of tags, from the element Document."""
        (root,) = self.pdf.Root.StructTreeRoot.K
        return self._tag(root)

    @cached_property
    def _contents(self) -> tuple[Mapping[int, str], ...]:
        """The text of each page by marked-content number."""
        return tuple(self._marked(page) for page in self.pdf.pages)

    def _marks(self, above: Any, depth: int) -> Iterator[Mark]:
        item = above.get("/First")
        while item is not None:
            is_open = int(item.get("/Count", 0)) >= 0
            yield Mark(depth, str(item.Title), is_open, self._place(item.Dest))
            yield from self._marks(item, depth + 1)
            item = item.get("/Next")

    def _target(self, link: Any) -> str | tuple[float, ...]:
        if link.Subtype == "/Widget":
            return str(link.T)
        if "/A" in link:
            return str(link.A.URI)
        if isinstance(link.Dest, pikepdf.Array):
            return self._place(link.Dest)
        return self.destinations[str(link.Dest)]

    def _place(self, place: Any) -> tuple[float, ...]:
        page, _, left, top, *_ = place
        return (self.page_numbers[page.objgen], round(float(left), 1), round(float(top), 1))

    def _tag(self, element: Any) -> Tag:
        kids = element.get("/K", ())
        if not isinstance(kids, pikepdf.Array):
            kids = [kids]
        found: list[Tag | str] = []
        for kid in kids:
            if isinstance(kid, int):
                found.append(self._contents[self.page_numbers[element.Pg.objgen]].get(kid, ""))
            elif kid.get("/Type") == "/OBJR":
                found.append(f"-> {self._target(kid.Obj)}" if "/Rect" in kid.Obj else "->")
            else:
                found.append(self._tag(kid))
        return Tag(str(element.S), tuple(_attributes(element)), tuple(found))

    def _marked(self, page: Any) -> Mapping[int, str]:
        texts: dict[int, str] = {}
        self._read(page, page.Resources, [], texts)
        return {number: fold(text) for number, text in texts.items()}

    def _read(
        self, stream: Any, resources: Any, marks: list[int | None], texts: dict[int, str]
    ) -> None:
        font: Mapping[str, str] = {}
        for instruction in pikepdf.parse_content_stream(stream, _SHOWS_TEXT):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                number = properties.get("/MCID") if hasattr(properties, "get") else None
                marks.append(None if number is None else int(number))
                if number is not None:
                    texts.setdefault(int(number), "")
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                font = self._font(resources.Font[str(operands[0])])
            elif name == "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    self._read(form, form.get("/Resources", resources), marks, texts)
            else:
                inner = next((mark for mark in reversed(marks) if mark is not None), None)
                if inner is not None:
                    texts[inner] += _shown(operands[0], font)

    def _font(self, font: Any) -> Mapping[str, str]:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = dict(_to_unicode(font.ToUnicode.read_bytes()))
        return self._fonts[font.objgen]


def pairs_of(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree or number tree (ISO 32000-1, 7.9.6 and 7.9.7)."""
    for kid in node.get("/Kids", ()):
        yield from pairs_of(kid, key)
    entries = list(node.get(key, ()))
    for name, value in zip(entries[::2], entries[1::2], strict=True):
        yield (int(name) if isinstance(name, int) else str(name)), value


def _floats(numbers: Any) -> tuple[float, ...]:
    return tuple(round(float(number), 1) for number in numbers)


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    for name in ("/Alt", "/ActualText", "/Lang", "/T"):
        if name in element:
            yield name, str(element[name])
    attributes = element.get("/A", {})
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        for name in sorted(each):
            if name not in ("/BBox", "/Headers", "/O"):
                yield name, str(each[name])


def _shown(operand: Any, font: Mapping[str, str]) -> str:
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for string in strings:
        if not isinstance(string, pikepdf.String):
            continue
        codes = bytes(string).hex()
        text += "".join(font.get(codes[at : at + 4], "?") for at in range(0, len(codes), 4))
    return text


def _to_unicode(cmap: bytes) -> Iterator[tuple[str, str]]:
    """Codes, in hexadecimal, and the text that they stand for."""
    lines = iter(cmap.decode().splitlines())
    for line in lines:
        if line.endswith("beginbfchar"):
            for _ in range(int(line.split()[0])):
                code, text = next(lines).replace("<", " ").replace(">", " ").split()[:2]
                yield code.lower(), bytes.fromhex(text).decode("utf-16-be")
