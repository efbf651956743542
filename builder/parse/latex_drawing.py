"""Formulas as outlines for paper: the only user of the library that draws them."""

import warnings
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from builder.parse.bad_latex import STUMBLES, BadLatex
from builder.parse.tree import NAMESPACES, WIDTH, local_name, new

if TYPE_CHECKING:
    from ziamath.mathfont import MathFont
    from ziamath.zmath import Math

_SVG = f"{{{NAMESPACES['svg']}}}"
# The size at which formulas are drawn; the least size of letters in them depends on it.
_EM = 24
# Beside the outlines, as beside those of letters.
_BEARING = 0.03 * _EM
# Accents as the drawing library knows them: those that keep their width, and those that stretch.
_ACCENTS = {"^": ("\u02c6", "\u0302"), "~": ("~", "\u0303")}
# What does not stretch in LaTeX: arrows up and down, angle brackets.
_STILL = frozenset("\u2191\u2193\u27e8\u27e9")


def drawing_of(math: Element) -> Element:
    """A formula as outlines that stand on the baseline of the text and grow with its size.

    Raises ``BadLatex``.
    """
    drawn = _drawn(math)
    box, svg = drawn.node.bbox, drawn.svgxml()
    left, width = box.xmin - _BEARING, box.xmax - box.xmin + 2 * _BEARING
    height = max(box.ymax - box.ymin, 1.0)
    for element in list(svg.iter()):
        element.tag = f"{_SVG}{element.tag}"
        if element.get("fill") == "black":
            del element.attrib["fill"]
    svg.attrib = {
        "class": "formula",
        "viewBox": f"{left:.2f} {-box.ymax:.2f} {width:.2f} {height:.2f}",
        "style": f"width: {width / _EM:.3f}em; vertical-align: {box.ymin / _EM:.3f}em",
        "fill": "currentColor",
        WIDTH: f"{width / _EM:.3f}",
    }
    svg.insert(0, new(f"{_SVG}title", math.get("alttext")))
    return svg


def font_has(letter: str) -> bool:
    """Whether the font that formulas are drawn in has a letter."""
    _, font = _library()
    return bool(font.glyphindex(letter))


def _drawn(math: Element) -> "Math":
    try:
        draw, _ = _library()
        return draw(_for_drawing(math), size=_EM, margin=0)
    except STUMBLES as error:
        raise BadLatex("bad LaTeX: it cannot be drawn") from error


def _for_drawing(math: Element) -> Element:
    """The formula as the library reads it: without namespace, with accents as it knows them."""
    made = deepcopy(math)
    made.attrib.pop("alttext", None)
    for element in made.iter():
        element.tag = local_name(element)
        if element.tag == "mo" and element.text in _ACCENTS:
            still, stretched = _ACCENTS[element.text]
            element.text = still if element.get("stretchy") == "false" else stretched
        if element.tag in ("mo", "mi") and element.text in _STILL:
            element.set("stretchy", "false")
    return made


@cache
def _library() -> tuple[type["Math"], "MathFont"]:
    """The drawing library, set up once, and its font: plain paths, for ids would clash."""
    with warnings.catch_warnings():
        # It asks for its font in a way that Python means to give up.
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.config import config
        from ziamath.zmath import Math, loadedfonts
    config.svg2 = False
    config.precision = 2
    return Math, loadedfonts["default"]
