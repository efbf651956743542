"""A font of the three boxes that tasks need, for e-readers whose own fonts lack them."""

import io

EMPTY, TICKED, CROSSED = "\u2610", "\u2611", "\u2612"
FAMILY = "Book Boxes"
_EM, _ASCENT, _DESCENT = 1000, 800, -200
# The box stands a little below the line, as wide as a capital is high, with room at its sides.
_ADVANCE, _LEFT, _BOTTOM, _SIDE, _STROKE = 860, 60, -60, 740, 60
_GAP = 150
_Points = tuple[tuple[int, int], ...]


def make_box_font() -> bytes:
    """The font as TrueType, the same bytes each time: it bears no date."""
    # It is made once, and what makes it takes long to import.
    from fontTools.fontBuilder import FontBuilder

    right, top = _LEFT + _SIDE, _BOTTOM + _SIDE
    frame = (
        _rectangle(_LEFT, _BOTTOM, right, top),
        _rectangle(_LEFT + _STROKE, _BOTTOM + _STROKE, right - _STROKE, top - _STROKE)[::-1],
    )
    outlines = {
        ".notdef": (),
        "box": frame,
        "boxticked": (*frame, _tick()),
        "boxcrossed": (*frame, *_cross(right, top)),
    }
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(list(outlines))
    builder.setupCharacterMap(
        {ord(EMPTY): "box", ord(TICKED): "boxticked", ord(CROSSED): "boxcrossed"}
    )
    builder.setupGlyf({name: _glyph(contours) for name, contours in outlines.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(outlines, (_ADVANCE, _LEFT)))
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWinAscent=_ASCENT)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _rectangle(left: int, bottom: int, right: int, top: int) -> _Points:
    return (left, bottom), (left, top), (right, top), (right, bottom)


def _tick() -> _Points:
    return (225, 330), (275, 380), (395, 245), (610, 520), (662, 478), (400, 140)


def _cross(right: int, top: int) -> tuple[_Points, _Points]:
    """Two bars from corner to corner, each as thick as the frame."""
    left, bottom, right, top = _LEFT + _GAP, _BOTTOM + _GAP, right - _GAP, top - _GAP
    half = round(_STROKE / 2 * 2**0.5)
    rising = (
        (left, bottom),
        (left, bottom + half),
        (right - half, top),
        (right, top),
        (right, top - half),
        (left + half, bottom),
    )
    falling = tuple((x, top + bottom - y) for x, y in reversed(rising))
    return rising, falling


def _glyph(contours: tuple[_Points, ...]) -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for start, *rest in contours:
        pen.moveTo(start)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
