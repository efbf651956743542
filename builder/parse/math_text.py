"""A formula as plain text, for contents, bookmarks and running heads: ``E = mc²``."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

_RAISED = str.maketrans("0123456789+−-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ")
_LOWERED = str.maketrans("0123456789+−-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ")
_ACCENTS = {"^": "\u0302", "~": "\u0303", " → ": "\u20d7", "¯": "\u0304", "˙": "\u0307"}
_RELATIONS = frozenset("=<>≤≥≠≈≡∈∉⊂⊆→⇒⇔↦∼≪≫")


def math_text(element: Element) -> str:
    """What a formula in MathML says, on one line."""
    name = element.tag.rpartition("}")[2]
    if name in _WRITERS:
        return _WRITERS[name]([math_text(child) for child in element])
    if name == "mo" and (element.text or "") in _RELATIONS:
        return f" {element.text} "
    if name == "mi" and len(element.text or "") > 1:
        return f"{element.text} "
    return (element.text or "").strip() + "".join(math_text(child) for child in element)


def _fraction(parts: list[str]) -> str:
    return "/".join(_grouped(part) for part in parts)


def _root(parts: list[str]) -> str:
    return f"√{_grouped(''.join(parts))}"


def _other_root(parts: list[str]) -> str:
    return f"{_moved(parts[1], _RAISED, '')}√{_grouped(parts[0])}"


def _raised(parts: list[str]) -> str:
    return parts[0] + _moved(parts[1], _RAISED, "^")


def _over(parts: list[str]) -> str:
    if parts[1] in _ACCENTS and len(parts[0]) == 1:
        return parts[0] + _ACCENTS[parts[1]]
    return _raised(parts)


def _lowered(parts: list[str]) -> str:
    return parts[0] + _moved(parts[1], _LOWERED, "_")


def _both(parts: list[str]) -> str:
    return _lowered(parts[:2]) + _moved(parts[2], _RAISED, "^")


def _row(parts: list[str]) -> str:
    return f"{' '.join(filter(None, parts))}; "


def _table(parts: list[str]) -> str:
    return "".join(parts).removesuffix("; ")


def _space(_parts: list[str]) -> str:
    return " "


def _moved(text: str, letters: Mapping[int, int], mark: str) -> str:
    """A text raised or lowered, where there are letters for it."""
    text = text.strip()
    if text in ("′", "″"):
        return text
    return text.translate(letters) if all(map(letters.get, map(ord, text))) else _marked(text, mark)


def _marked(text: str, mark: str) -> str:
    return f"{mark}{_grouped(text)}"


def _grouped(text: str) -> str:
    text = text.strip()
    return text if len(text) < 2 or text.isdecimal() else f"({text})"


_WRITERS: Mapping[str, Callable[[list[str]], str]] = {
    "mfrac": _fraction,
    "mover": _over,
    "mphantom": _space,
    "mroot": _other_root,
    "mspace": _space,
    "msqrt": _root,
    "msub": _lowered,
    "msubsup": _both,
    "msup": _raised,
    "mtable": _table,
    "mtr": _row,
    "munder": _lowered,
    "munderover": _both,
}
