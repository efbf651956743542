"""LaTeX -> MathML: the only user of the library that does it."""

import difflib
import re
from collections.abc import Mapping
from html import unescape
from xml.etree.ElementTree import Element

from builder.parse.bad_latex import STUMBLES, BadLatex
from builder.parse.latex_drawing import font_has
from builder.parse.tree import NAMESPACES

_MATH = f"{{{NAMESPACES['math']}}}"
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
# Environments that the converter does not know or would number, and what it knows instead.
_ENVIRONMENTS = {"aligned": "align*", "align": "align*", "gathered": "matrix", "gather": "matrix"}
# The sign "&" as written, which the converter would take for the end of a cell.
_SIGN, _AMPERSAND = re.compile(r"(\\\\)|\\&"), "\uf8fe"
_BINOMIAL = "2.047em"
# Words that have something below them, beside those of which the converter knows it.
_LIMITED = frozenset(("inf", "lim", "max", "min", "sup"))
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.|$)")


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
    refusals: tuple[type[Exception], ...] = (*own, *STUMBLES)
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
        if not letter.isspace() and not font_has(letter):
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
