"""A cover drawn from title, subtitle and author in the theme's type and colours."""

import io

from PIL import Image, ImageDraw

from builder.assets import ImageFacts
from builder.directions import Direction, direction_of_text
from builder.render.epub.images import Artwork
from builder.render.epub.kerning import missing_letters
from builder.render.epub.typeset import Lines, face_of, fit, normal
from builder.render.theme.cover import CoverStyle

_WIDTH, _HEIGHT = 1600, 2560
_MARGIN = 180
_MEASURE = _WIDTH - 2 * _MARGIN
# The title stands at the foot of a field of colour; below it, on the paper, all else.
_FIELD, _FIELD_TOP, _FIELD_FOOT = 1600, 300, 190
_FRAME_INSET, _FRAME = 72, 3
_RULE_TOP, _RULE_WIDTH, _RULE = 1760, 200, 10
_SUBTITLE_TOP, _SUBTITLE_HEIGHT = 1830, 330
_AUTHOR_FOOT, _AUTHOR_HEIGHT = 180, 160
_TITLE_SIZES, _TITLE_LEADING = range(300, 58, -2), 1.06
_TEXT_SIZES, _TEXT_LEADING = range(84, 38, -2), 1.3
_AUTHOR_SIZES, _TRACKING = range(64, 34, -2), 0.04
_QUALITY = 90


def draw_cover(title: str, subtitle: str, author: str, style: CoverStyle) -> Artwork:
    """The cover as JPEG, 1600 by 2560 pixels, the same bytes each time.

    A title that runs from right to left has all lines begin on the right.
    """
    direction = direction_of_text(title)
    image = Image.new("RGB", (_WIDTH, _HEIGHT), style.background)
    draw = ImageDraw.Draw(image)
    _draw_field(draw, style, direction)
    _draw_title(draw, title, style, direction)
    if subtitle:
        face = face_of(style.text_font, subtitle)
        lines = fit(subtitle, face, _TEXT_SIZES, _MEASURE, _SUBTITLE_HEIGHT, _TEXT_LEADING)
        _draw_lines(draw, lines, _SUBTITLE_TOP, _TEXT_LEADING, style.ink, direction)
    if author:
        face = face_of(style.text_font, author, _TRACKING)
        lines = fit(author, face, _AUTHOR_SIZES, _MEASURE, _AUTHOR_HEIGHT, _TEXT_LEADING)
        top = _HEIGHT - _AUTHOR_FOOT - _height(lines, _TEXT_LEADING)
        _draw_lines(draw, lines, top, _TEXT_LEADING, style.accent, direction)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return Artwork(written.getvalue(), ImageFacts("image/jpeg", _WIDTH, _HEIGHT))


def letters_not_shown(title: str, subtitle: str, author: str, style: CoverStyle) -> str:
    """The letters that the cover's fonts do not have, which would be drawn as empty boxes."""
    return "".join(
        (
            *missing_letters(style.title_font, normal(title)),
            *missing_letters(style.text_font, normal(f"{subtitle} {author}")),
        )
    )


def _draw_field(draw: ImageDraw.ImageDraw, style: CoverStyle, direction: Direction) -> None:
    """The field of colour with a hairline round it, and the rule below."""
    draw.rectangle((0, 0, _WIDTH - 1, _FIELD - 1), style.accent)
    inset = _FRAME_INSET
    frame = (inset, inset, _WIDTH - 1 - inset, _FIELD - 1 - inset)
    draw.rectangle(frame, outline=style.background, width=_FRAME)
    left = _left(_RULE_WIDTH, direction)
    rule = (left, _RULE_TOP, left + _RULE_WIDTH - 1, _RULE_TOP + _RULE - 1)
    draw.rectangle(rule, style.accent)


def _draw_title(
    draw: ImageDraw.ImageDraw, title: str, style: CoverStyle, direction: Direction
) -> None:
    face = face_of(style.title_font, title)
    height = _FIELD - _FIELD_TOP - _FIELD_FOOT
    lines = fit(title, face, _TITLE_SIZES, _MEASURE, height, _TITLE_LEADING)
    top = _FIELD - _FIELD_FOOT - _height(lines, _TITLE_LEADING)
    _draw_lines(draw, lines, top, _TITLE_LEADING, style.background, direction)


def _height(lines: Lines, leading: float) -> float:
    """From the top of the first line to the baseline of the last."""
    return (len(lines.lines) - 1) * leading * lines.size + _ascent(lines)


def _ascent(lines: Lines) -> float:
    return 0.7 * lines.size


def _left(width: float, direction: Direction) -> float:
    """Where something begins that stands on the side where lines begin."""
    return _MARGIN if direction == "ltr" else _WIDTH - _MARGIN - width


def _draw_lines(
    draw: ImageDraw.ImageDraw,
    lines: Lines,
    top: float,
    leading: float,
    colour: str,
    direction: Direction,
) -> None:
    """Set lines flush with their start below ``top``, letter by letter as the face places them."""
    font = lines.face.load(lines.size)
    for number, line in enumerate(lines.lines):
        baseline = top + _ascent(lines) + number * leading * lines.size
        left = _left(lines.face.width(line) * lines.size, direction)
        for letter, at, rise in lines.face.positions(line):
            place = (left + at * lines.size, baseline - rise * lines.size)
            draw.text(place, letter, fill=colour, font=font, anchor="ls")
