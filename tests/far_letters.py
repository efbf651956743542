"""A font of letters that the themes do not have, for books in other scripts: each is a block."""

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

_WIDTH, _SPACE = 600, "space"
# In seconds from 1904; an earlier day would be taken for an error.
_DAY = 3_600_000_000


def font_of(letters: str) -> bytes:
    """The font as TrueType, with a space; it needs no shaping."""
    names = {ord(letter): f"u{ord(letter):04X}" for letter in sorted(set(letters) - {" "})}
    names[ord(" ")] = _SPACE
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: _glyph(name in (".notdef", _SPACE)) for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (_WIDTH, 60)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Far Letters", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800)
    builder.setupPost()
    builder.updateHead(created=_DAY, modified=_DAY)
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _glyph(is_empty: bool) -> object:
    pen = TTGlyphPen(None)
    if not is_empty:
        for move, point in zip(
            (pen.moveTo, pen.lineTo, pen.lineTo, pen.lineTo),
            ((60, 0), (60, 700), (540, 700), (540, 0)),
            strict=True,
        ):
            move(point)
        pen.closePath()
    return pen.glyph()
