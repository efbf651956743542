"""Fonts of the bound file: one subset for each font that any part uses (ISO 32000-1, 9.7).

Parts keep the glyph numbers of the whole font, so the glyphs that all parts use make one
subset. A font that cannot be shared (letters missing from it, a variable font) stays apart.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from builder.render.pdf.syntax import array, number, reference, stream, string

# Where a font's bytes, a subset's, are kept: given a name and a way to make them.
Keep = Callable[[str, Callable[[], bytes]], bytes]

# By glyph.
Widths = tuple[tuple[int, float], ...]
Texts = tuple[tuple[int, str], ...]

_FIXED_PITCH = 1
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
    "<< /Registry (Adobe)\n/Ordering ({ordering})\n/Supplement 0\n>> def\n/CMapName /{name} def\n"
    "/CMapType {kind} def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
)
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
_DROPPED_TABLES = (*"BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT".split(), "SVG ")


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font as one part uses it.

    ``file`` is the SHA-256 of the font's bytes: the whole font where it ``is_whole``, else
    a subset that is used as it stands. ``glyphs`` are what the part uses of it, packed, for a
    long book has many parts; ``missing`` are invented glyphs for letters that the font does
    not have.
    """

    key: str
    name: str
    family: str
    flags: int
    ascent: int
    descent: int
    is_otf: bool
    file: str
    is_whole: bool
    glyphs: bytes
    missing: tuple[int, ...] = ()

    def unpacked(self) -> tuple[Widths, Texts]:
        """The glyphs: their widths in thousandths of an em, and what each of them says."""
        return msgspec.msgpack.decode(self.glyphs, type=tuple[Widths, Texts])


def pack_glyphs(widths: Mapping[int, float], texts: Mapping[int, str]) -> bytes:
    """What a part uses of a font, as it is kept."""
    return msgspec.msgpack.encode((sorted(widths.items()), sorted(texts.items())))


@dataclass(frozen=True, slots=True)
class BoundFont:
    """A font of the bound file: what all its uses have in common, and the sum of the rest."""

    use: FontUse
    widths: Mapping[int, float]
    texts: Mapping[int, str]
    data: bytes


def bind_fonts(
    uses: Iterable[FontUse], font_bytes: Callable[[str], bytes], keep: Keep
) -> tuple[BoundFont, ...]:
    """The fonts of all parts, one for each key, in the order of their keys."""
    by_key: dict[str, list[FontUse]] = {}
    for use in uses:
        by_key.setdefault(use.key, []).append(use)
    return tuple(_bind(by_key[key], font_bytes, keep) for key in sorted(by_key))


def font_objects(font: BoundFont, first: int) -> Iterator[tuple[int, bytes]]:
    """The objects of a font, numbered from ``first``, which is the Type 0 font itself (9.7.6)."""
    use, name = font.use, font.use.name.encode()
    kind, file_key, subtype = (0, 3, b"/Subtype/OpenType") if use.is_otf else (2, 2, b"")
    if not use.is_otf:
        subtype = b"/Length1 %d" % len(font.data)
    encoding = reference(first + 5) if use.missing else b"/Identity-H"
    yield (
        first,
        b"<</Type/Font/Subtype/Type0/BaseFont %s/ToUnicode %s/Encoding %s/DescendantFonts[%s]>>"
        % (name, reference(first + 1), encoding, reference(first + 2)),
    )
    yield first + 1, stream(_to_unicode(font.texts))
    yield (
        first + 2,
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont %s/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/W%s/FontDescriptor %s>>"
        % (kind, name, _widths(font.widths), reference(first + 3)),
    )
    yield first + 3, _descriptor(font, name, b"/FontFile%d %s" % (file_key, reference(first + 4)))
    yield first + 4, stream(font.data, subtype)
    if use.missing:
        entries = (
            b"/Type/CMap/CMapName/Missing-0/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        )
        yield first + 5, stream(_encoding(font), entries)


def _bind(uses: list[FontUse], font_bytes: Callable[[str], bytes], keep: Keep) -> BoundFont:
    use = uses[0]
    widths: dict[int, float] = {}
    texts: dict[int, str] = {}
    for each in uses:
        own_widths, own_texts = each.unpacked()
        widths.update(own_widths)
        for glyph, text in own_texts:
            # One glyph may stand for two letters (hyphen and hyphen-minus): settle on one.
            texts[glyph] = min(text, texts.get(glyph, text))
    if not use.is_whole:
        return BoundFont(use, widths, texts, font_bytes(use.file))
    glyphs = sorted(texts)
    digest = hashlib.sha256(repr(glyphs).encode()).hexdigest()[:24]
    data = keep(f"subset-{use.file}-{digest}", lambda: _subset(font_bytes(use.file), glyphs))
    return BoundFont(use, widths, texts, data)


def _subset(font: bytes, glyphs: list[int]) -> bytes:
    """The font with these glyphs under their numbers, and nothing behind the last of them."""
    import uharfbuzz

    flags = (
        uharfbuzz.SubsetFlags.RETAIN_GIDS
        | uharfbuzz.SubsetFlags.DESUBROUTINIZE
        | uharfbuzz.SubsetFlags.NO_HINTING
    )
    face = uharfbuzz.Face(font)
    for wanted, keeps_numbers in ((glyphs, True), (range(max(glyphs, default=0) + 1), False)):
        wish = uharfbuzz.SubsetInput()
        wish.flags = flags if keeps_numbers else flags & ~uharfbuzz.SubsetFlags.RETAIN_GIDS
        wish.glyph_set.update(wanted)
        wish.drop_table_tag_set.update(
            int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES
        )
        face = wish.subset(face)
    return bytes(face.blob.data)


def _descriptor(font: BoundFont, name: bytes, file: bytes) -> bytes:
    use, widths = font.use, font.widths
    is_fixed = len(widths) > 1 and len(set(widths.values())) == 1
    widest = number(max(widths.values(), default=0))
    return (
        b"<</Type/FontDescriptor/FontName %s/FontFamily%s/Flags %d/FontBBox[0 %d %s %d]"
        b"/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/StemH 80%s>>"
        % (
            name,
            string(use.family),
            use.flags | (_FIXED_PITCH if is_fixed else 0),
            use.descent,
            widest,
            use.ascent,
            use.ascent,
            use.descent,
            use.ascent,
            file,
        )
    )


def _widths(widths: Mapping[int, float]) -> bytes:
    """Runs of neighbouring glyphs with their widths (9.7.4.3)."""
    runs: list[tuple[int, list[bytes]]] = []
    last = -2
    for glyph in sorted(widths):
        if glyph != last + 1:
            runs.append((glyph, []))
        runs[-1][1].append(number(float(widths[glyph])))
        last = glyph
    return array([b"%d%s" % (glyph, array(run)) for glyph, run in runs])


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """What each glyph says (9.10.3)."""
    head = _CMAP_HEAD.format(ordering="UCS", name="Adobe-Identity-UCS", kind=2)
    lines = [f"<{glyph:04x}> <{texts[glyph].encode('utf-16-be').hex()}>" for glyph in sorted(texts)]
    return "\n".join((head, *_batches(lines, "bfchar"), _CMAP_TAIL)).encode()


def _encoding(font: BoundFont) -> bytes:
    """Codes to glyphs, those of missing letters to the glyph for none (9.7.5)."""
    missing = frozenset(font.use.missing)
    head = _CMAP_HEAD.format(ordering="Identity", name="Missing-0", kind=1)
    lines = [f"<{code:04x}> {0 if code in missing else code}" for code in sorted(font.texts)]
    return "\n".join((head, *_batches(lines, "cidchar"), _CMAP_TAIL)).encode()


def _batches(lines: list[str], kind: str) -> Iterator[str]:
    """At most 100 lines a block, as a CMap asks."""
    for start in range(0, len(lines), 100):
        block = lines[start : start + 100]
        yield "\n".join((f"{len(block)} begin{kind}", *block, f"end{kind}"))
