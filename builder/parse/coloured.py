"""Code with its colours, as Markdown would write it."""

from xml.etree.ElementTree import Element

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from builder.parse.tree import parse_well_formed

# The class of a block of code as Markdown writes it.
HIGHLIGHT = "highlight"


def coloured(code: str, language: str) -> Element:
    """A block of code in the tree, its text in spans by meaning; plain in an unknown language."""
    html = highlight(code, _lexer(language), HtmlFormatter(cssclass=HIGHLIGHT, wrapcode=True))
    body = parse_well_formed(html)
    assert body is not None
    return body[0]


def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language or "text", stripnl=True)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=True)
