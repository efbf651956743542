"""What is written in form fields: the font for it, and text that stands there from the start.

Readers can only write with a simple font, one byte a letter (ISO 32000-1, 9.6.3), that the
form names as its own (12.7.2). It is the font that the pages of the form use most.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder.render.pdf.fonts import FontUse, Keep
from builder.render.pdf.forms import WRITING_ENCODING, WRITING_FONT, Writing
from builder.render.pdf.part import WRITING
from builder.render.pdf.syntax import array, number, reference, stream, string

_SUBSET_TAG = "FIELDS"
_FIRST = 32
# The letters of the encoding from the first; a code that it leaves out stands for none.
_NONE = "\ufffd"
_LETTERS = bytes(range(_FIRST, 256)).decode(WRITING_ENCODING, "replace")
_NONSYMBOLIC, _SYMBOLIC = 1 << 5, 1 << 2
# From the size that is pleasant to read to the one that is not, and what a line takes of it.
_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
_LEADING = 1.2
_PADDING = 2.0
_DROPPED_TABLES = "BASE DSIG GDEF GPOS GSUB JSTF name".split()


@dataclass(frozen=True, slots=True)
class WritingFont:
    """The font to write with: how the pages use it, the widths of its letters, and its bytes."""

    use: FontUse
    widths: tuple[float, ...]
    data: bytes

    def width(self, text: str, size: float) -> float:
        """How wide a line of text is at a size."""
        codes = text.encode(WRITING_ENCODING)
        return size / 1000 * sum(self.widths[code - _FIRST] for code in codes if code >= _FIRST)


def find_writing_font(
    uses: Iterable[FontUse], font_bytes: Callable[[str], bytes], keep: Keep
) -> WritingFont:
    """The font, of all that are used, that most glyphs are taken from."""
    counts: Counter[str] = Counter()
    by_key: dict[str, FontUse] = {}
    for use in uses:
        counts[use.key] += len(use.unpacked()[1])
        by_key.setdefault(use.key, use)
    use = by_key[max(by_key, key=lambda key: (by_key[key].is_whole, counts[key], key))]
    whole = font_bytes(use.file)
    data = keep(f"writing-{use.file}", lambda: _letters_alone(whole))
    return WritingFont(use, tuple(_widths(whole)), data)


def form_dictionary(fields: Iterable[int]) -> bytes:
    """The form of a file: its fields in order, and what readers write with (12.7.2)."""
    return b"<</Fields%s/DR<</Font<</%s %s>>>>/DA(/%s 0 Tf 0 g)/NeedAppearances false>>" % (
        array([reference(field) for field in fields]),
        WRITING_FONT.encode(),
        reference(WRITING),
        WRITING_FONT.encode(),
    )


def writing_font_objects(font: WritingFont) -> Iterator[tuple[int, bytes]]:
    """The objects of the font: the font itself, its descriptor, its file (9.6.3, 9.8)."""
    use = font.use
    name = f"/{_SUBSET_TAG}+{use.name.rpartition('+')[2]}".encode()
    widths = array([number(width) for width in font.widths])
    yield (
        WRITING,
        b"<</Type/Font/Subtype/%s/BaseFont%s/Encoding/WinAnsiEncoding/FirstChar %d/LastChar 255"
        b"/Widths%s/FontDescriptor %s>>"
        % (
            b"Type1" if use.is_otf else b"TrueType",
            name,
            _FIRST,
            widths,
            reference(WRITING + 1),
        ),
    )
    yield (
        WRITING + 1,
        b"<</Type/FontDescriptor/FontName%s/FontFamily%s/Flags %d/FontBBox[0 %d %s %d]"
        b"/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile%d %s>>"
        % (
            name,
            string(use.family),
            use.flags & ~_SYMBOLIC | _NONSYMBOLIC,
            use.descent,
            number(max(font.widths)),
            use.ascent,
            use.ascent,
            use.descent,
            use.ascent,
            3 if use.is_otf else 2,
            reference(WRITING + 2),
        ),
    )
    keys = b"/Subtype/OpenType" if use.is_otf else b"/Length1 %d" % len(font.data)
    yield WRITING + 2, stream(font.data, keys)


def draw_writing(writing: Writing, font: WritingFont) -> bytes:
    """The look of a field with its text, as a form to be shown in it (12.7.3.3)."""
    width, height = number(writing.width), number(writing.height)
    keys = b"/Type/XObject/Subtype/Form/BBox[0 0 %s %s]/Resources<</Font<</%s %s>>>>" % (
        width,
        height,
        WRITING_FONT.encode(),
        reference(WRITING),
    )
    text = _text(writing, font) if writing.text else b""
    drawn = b"/Tx BMC\n%sEMC" % text
    return stream(drawn, keys, compress=len(drawn) > 160)


def _text(writing: Writing, font: WritingFont) -> bytes:
    size, lines = _fit(writing, font)
    use, leading = font.use, size * _LEADING
    if writing.font_size:
        middle = (writing.height - (use.ascent - use.descent) * size / 1000) / 2
        paper, top = b"", middle - use.descent * size / 1000
    else:
        paper = b"1 g\n0 0 %s %s re\nf\n" % (number(writing.width), number(writing.height))
        top = writing.height - _PADDING - use.ascent * size / 1000
    head = b"q\n%s0 g\nBT\n/%s %s Tf\n%s TL\n%s %s Td\n" % (
        paper,
        WRITING_FONT.encode(),
        number(size),
        number(leading),
        number(_PADDING),
        number(top),
    )
    shown = b"T*\n".join(b"%s Tj\n" % _shown(line) for line in lines)
    return head + shown + b"ET\nQ\n"


def _shown(line: str) -> bytes:
    return b"<%s>" % line.encode(WRITING_ENCODING).hex().encode()


def _fit(writing: Writing, font: WritingFont) -> tuple[float, list[str]]:
    """The size at which a text fits its field, and its lines."""
    if writing.font_size:
        return writing.font_size, [" ".join(writing.text.split())]
    room = writing.width - 2 * _PADDING
    for size in _SIZES:
        lines = [
            line
            for paragraph in writing.text.splitlines()
            for line in _break(paragraph, room, size, font)
        ]
        if len(lines) * size * _LEADING <= writing.height - 2 * _PADDING:
            break
    return size, lines


def _break(paragraph: str, room: float, size: float, font: WritingFont) -> Iterator[str]:
    """Lines no wider than there is room; a word that is goes over several."""
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if font.width(longer, size) <= room:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for letter in word:
            if line and font.width(line + letter, size) > room:
                yield line
                line = ""
            line += letter
    yield line


def _widths(data: bytes) -> Iterator[float]:
    """The widths of the letters in thousandths of an em."""
    import uharfbuzz

    face = uharfbuzz.Face(data)
    font = uharfbuzz.Font(face)
    for letter in _LETTERS:
        glyph = None if letter == _NONE else font.get_nominal_glyph(ord(letter))
        yield font.get_glyph_h_advance(glyph) * 1000 / face.upem if glyph else 0.0


def _letters_alone(data: bytes) -> bytes:
    """The font with the letters of the encoding."""
    import uharfbuzz

    wish = uharfbuzz.SubsetInput()
    wish.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.GLYPH_NAMES
    wish.unicode_set.update(ord(letter) for letter in _LETTERS if letter != _NONE)
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES)
    return bytes(wish.subset(uharfbuzz.Face(data)).blob.data)
