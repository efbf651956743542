"""LaTeX -> MathML for screens, outlines for paper: the only user of the libraries that do it."""

import difflib
import re
import warnings
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from builder.parse.tree import NAMESPACES, WIDTH, local_name, new

if TYPE_CHECKING:
    from ziamath.mathfont import MathFont
    from ziamath.zmath import Math

_MATH, _SVG = f"{{{NAMESPACES['math']}}}", f"{{{NAMESPACES['svg']}}}"
# The size at which formulas are drawn; the least size of letters in them depends on it.
_EM = 24
# Beside the outlines, as beside those of letters.
_BEARING = 0.03 * _EM
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
# Definitions can be made to grow without end; the others would link, load or style.
_REFUSED = re.compile(
    r"\\(?:(?:re|provide)?newcommand|def|let|href|url|style|class|cssId|includegraphics|input)\b"
)
_TOO_LONG = 5000
_REASONS: Mapping[str, str] = {
    "DenominatorNotFoundError": "a fraction without a denominator",
    "DoubleSubscriptsError": "two subscripts in a row",
    "DoubleSuperscriptsError": "two superscripts in a row",
    "ExtraLeftOrMissingRightError": "\\left and \\right do not match",
    "InvalidAlignmentError": "an alignment that there is not",
    "InvalidStyleForGenfracError": "a style that there is not",
    "InvalidWidthError": "a width that is none",
    "LimitsMustFollowMathOperatorError": "\\limits without an operator before it",
    "MissingEndError": "\\begin without its \\end",
    "MissingSuperScriptOrSubscriptError": "nothing follows ^ or _",
    "NoAvailableTokensError": "something is missing at its end",
    "NumeratorNotFoundError": "a fraction without a numerator",
    "RecursionError": "nested too deep",
}
# How many children what a command makes has to have.
_ARITY: Mapping[str, int] = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
_MO = frozenset(
    "accent fence form largeop lspace maxsize minsize movablelimits rspace separator stretchy "
    "symmetric".split()
)
# Attributes that may stay (MathML 3, 3.2 to 3.5); what is left out would fetch, link or style.
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "math": frozenset(("display",)),
    "menclose": frozenset(("notation",)),
    "mfrac": frozenset(("linethickness", "bevelled")),
    "mo": _MO,
    "mover": frozenset(("accent",)),
    "mpadded": frozenset(("depth", "height", "lspace", "voffset", "width")),
    "mspace": frozenset(("depth", "height", "linebreak", "width")),
    "mstyle": frozenset(("displaystyle", "mathcolor", "scriptlevel")),
    "mtable": frozenset(
        "align columnalign columnlines columnspacing displaystyle frame rowlines rowspacing".split()
    ),
    "mtd": frozenset(("columnalign", "columnspan", "rowspan")),
    "mtr": frozenset(("columnalign", "rowalign")),
    "munder": frozenset(("accentunder",)),
    "munderover": frozenset(("accent", "accentunder")),
}
_COMMON = frozenset(("mathcolor", "mathvariant"))
# Accents as the drawing library knows them: those that keep their width, and those that stretch.
_ACCENTS = {"^": ("\u02c6", "\u0302"), "~": ("~", "\u0303")}
# What does not stretch in LaTeX: arrows up and down, angle brackets.
_STILL = frozenset("\u2191\u2193\u27e8\u27e9")
# What the libraries raise at LaTeX that they were not made for.
_STUMBLES = (
    *(AssertionError, AttributeError, IndexError, KeyError, ParseError, RecursionError),
    *(RuntimeError, TypeError, ValueError, ZeroDivisionError),
)
# Environments that the converter does not know or would number, and what it knows instead.
_ENVIRONMENTS = {"aligned": "align*", "align": "align*", "gathered": "matrix", "gather": "matrix"}
# The sign "&" as written, which the converter would take for the end of a cell.
_SIGN, _AMPERSAND = re.compile(r"(\\\\)|\\&"), "\uf8fe"
_BINOMIAL = "2.047em"
# Words that have something below them, beside those of which the converter knows it.
_LIMITED = frozenset(("inf", "lim", "max", "min", "sup"))
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.|$)")


class BadLatex(Exception):  # noqa: N818
    """What is wrong with a formula, at which of its characters, and what to do."""

    def __init__(self, message: str, at: int = 0, length: int = 0, hint: str = "") -> None:
        self.message, self.at, self.length = message, at, length
        self.hint = hint or "correct the LaTeX; a dollar sign that is text is written \\$"
        super().__init__(message)


def math_of(latex: str, display: str) -> Element:
    """A formula as MathML with the LaTeX as its text alternative; raises ``BadLatex``.

    ``display`` is ``inline`` or ``block``.
    """
    _check_source(latex)
    math = _converted(latex, display)
    for element in list(math.iter()):
        _check(element, latex)
        if display == "block" and element.tag in _LIMITS:
            _place_limits(element)
        if element.get("minsize") == _BINOMIAL:
            # Brackets as high as what they hold, and not always as high as in a display.
            element.attrib = {"stretchy": "true", "fence": "true"}
        allowed = _ATTRIBUTES.get(element.tag, frozenset())
        allowed |= _COMMON if element.tag != "math" else frozenset()
        element.attrib = {key: text for key, text in element.items() if key in allowed}
        if element.tag == "mtd" and (side := element.get("columnalign")):
            # What screens go by (MathML Core has no alignment of its own).
            element.set("class", f"align-{side}")
        if element.get("columnspacing") == "0em 2em":
            element.set("columnspacing", "0em 0.3em")
        element.tag = f"{_MATH}{element.tag}"
    math.set("alttext", latex)
    return math


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


def _check_source(latex: str) -> None:
    """What the converter would take without a word, or without end."""
    if len(latex) > _TOO_LONG:
        raise BadLatex("too long to be one formula", hint="split it into several")
    if found := _REFUSED.search(latex):
        message = f'"{found[0]}" has no place in a formula'
        raise BadLatex(message, found.start(), len(found[0]), "write out what it stands for")
    opened: list[int] = []
    for found in _BRACE.finditer(latex):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}":
            if not opened:
                raise BadLatex("} closes nothing", found.start(), 1)
            opened.pop()
    if opened:
        raise BadLatex("{ is never closed", opened[-1], 1)


def _converted(latex: str, display: str) -> Element:
    """The converter's MathML, its tags without a namespace."""
    from latex2mathml import converter, exceptions

    own = (each for each in vars(exceptions).values() if isinstance(each, type))
    refusals: tuple[type[Exception], ...] = (*own, *_STUMBLES)
    source = _SIGN.sub(lambda found: found[1] or _AMPERSAND, latex)
    for old, new_name in _ENVIRONMENTS.items():
        for end in ("begin", "end"):
            source = source.replace(f"\\{end}{{{old}}}", f"\\{end}{{{new_name}}}")
    try:
        return converter.Converter(xmlns="", display=display).convert_to_element(source)
    except refusals as error:
        reason = _REASONS.get(type(error).__name__, "it does not parse")
        raise BadLatex(f"bad LaTeX: {reason}") from error


def _check(element: Element, latex: str) -> None:
    """What the converter hands through although it means nothing."""
    text = unescape(element.text or "")
    if command := _COMMAND.search(text):
        raise _unknown(command[0], latex)
    if text == "&":
        at = max(latex.find("&"), 0)
        hint = "write \\& for the sign itself"
        raise BadLatex("bad LaTeX: & outside of a table or an alignment", at, 1, hint)
    if len(element) != _ARITY.get(element.tag, len(element)):
        raise BadLatex("bad LaTeX: a command without all that belongs to it")
    element.text = text.replace(_AMPERSAND, "&") or None
    for letter in element.text or "":
        if not letter.isspace() and not _font_has(letter):
            at = max(latex.find(letter), 0)
            hint = "write it in the text, outside of the formula"
            raise BadLatex(f'the font for formulas has no "{letter}"', at, 1, hint)


def _place_limits(element: Element) -> None:
    """Set what belongs to a word like ``lim`` below it, as LaTeX does where there is room."""
    word = element[0]
    if word.text in _LIMITED or word.get("movablelimits") == "true":
        element.tag = _LIMITS[element.tag]
        word.set("movablelimits", "true")


def _unknown(command: str, latex: str) -> BadLatex:
    from latex2mathml import commands, symbols_parser

    at = max(latex.find(command), 0)
    if command == "\\":
        return BadLatex("a backslash without a command", at, 1)
    names = {text for text in vars(commands).values() if isinstance(text, str)}
    names |= symbols_parser.SYMBOLS.keys()
    known = sorted(name for name in names if name.startswith("\\"))
    near = difflib.get_close_matches(command, known, n=1, cutoff=0.7)
    hint = f'did you mean "{near[0]}"?' if near else "see in docs/authoring.md what there is"
    return BadLatex(f'unknown command "{command}"', at, len(command), hint)


def _drawn(math: Element) -> "Math":
    try:
        draw, _ = _library()
        return draw(_for_drawing(math), size=_EM, margin=0)
    except _STUMBLES as error:
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


def _font_has(letter: str) -> bool:
    _, font = _library()
    return bool(font.glyphindex(letter))


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
