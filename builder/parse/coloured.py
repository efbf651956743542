"""Code in colours: Markdown keeps it as it is, and once in the tree it gets spans by meaning."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from xml.etree.ElementTree import Element, SubElement

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from builder.parse.tree import append_text

# The class of a block of code as Markdown writes it, and the attribute that names its language.
HIGHLIGHT = "highlight"
LANGUAGE = "data-language"
_PLAIN = "text"


def fence_html(
    code: str,
    language: str,
    class_name: str,
    options: Mapping[str, str],  # noqa: ARG001
    md: object,  # noqa: ARG001
    *,
    classes: Sequence[str] = (),
    id_value: str = "",
    attrs: Mapping[str, str],
) -> str:
    """A block of code without its colours, as the extension for fences asks for it."""
    own = {name: value for name, value in attrs.items() if name.startswith("data-")}
    names = {
        "class": " ".join((class_name, *classes)),
        "id": id_value,
        LANGUAGE: language or _PLAIN,
    }
    written = "".join(
        f' {name}="{escape(value)}"' for name, value in {**own, **names}.items() if value
    )
    # In HTML, a line feed right behind the tag would be lost.
    return f"<div{written}><pre><span></span><code>{escape(code)}</code></pre></div>"


def colour(code: Element, text: str, language: str) -> None:
    """Put text into a ``code`` element, in spans by meaning; plain in an unknown language."""
    del code[:]
    code.text = ""
    for kind, piece in _lexer(language).get_tokens(text):
        name = _class_of(kind)
        for number, line in enumerate(piece.split("\n")):
            if number:
                append_text(code, "\n")
            if line:
                _append(code, line, name)


def _append(code: Element, text: str, name: str) -> None:
    last = code[-1] if len(code) else None
    if last is not None and not last.tail and last.get("class") == name:
        last.text = (last.text or "") + text
    elif not name or text.isspace():
        append_text(code, text)
    else:
        SubElement(code, "span", {"class": name}).text = text


def _lexer(language: str) -> Lexer:
    """A new one for each block: some remember what they have read."""
    made: Lexer = _lexer_class(language or _PLAIN)(stripnl=True)
    return made


@cache
def _lexer_class(language: str) -> type[Lexer]:
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return find_lexer_class_by_name(_PLAIN)


@cache
def _class_of(kind: _TokenType) -> str:
    """The classes of a kind of token, short ones that Pygments has for its style sheets."""
    if (short := STANDARD_TYPES.get(kind)) is not None:
        return short
    assert kind.parent is not None
    parent = _class_of(kind.parent)
    return f"{parent} {parent.split(' ')[-1]}-{kind[-1]}".lstrip()
