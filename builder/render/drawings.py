"""Drawings that know their theme: an attribute on the root, for the style sheet within them.

What a theme says of letters and colours does not reach into the file of a picture. A drawing
with a ``style`` of its own may say there what is otherwise in a theme:
``[data-theme~="large-print"] text { font-size: 24px }``.
"""

from collections.abc import Sequence
from contextlib import suppress
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

_SUFFIX, _STYLE = ".svg", b"<style"
ATTRIBUTE = "data-theme"


class _EnoughError(Exception):
    """Where the first element begins; nothing behind it is read."""


def tell_theme(path: str, data: bytes, themes: Sequence[str]) -> bytes:
    """The bytes of a file; those of a drawing with a style of its own name the themes.

    ``themes`` are the theme and those that it extends.
    """
    if not path.lower().endswith(_SUFFIX) or _STYLE not in data:
        return data
    end = _end_of_root_name(data)
    named = f" {ATTRIBUTE}={quoteattr(' '.join(themes))}".encode("ascii", "xmlcharrefreplace")
    return data[:end] + named + data[end:] if end else data


def _end_of_root_name(data: bytes) -> int:
    """Where the name of the first element ends; 0 where there is none, or in UTF-16."""
    found = [(0, "")]
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        if ATTRIBUTE not in attributes:
            found[0] = (parser.CurrentByteIndex + 1, name)
        raise _EnoughError

    parser.StartElementHandler = begin
    with suppress(_EnoughError, expat.ExpatError):
        parser.Parse(data, True)
    start, name = found[0]
    end = start + len(name.encode())
    return end if data[start:end] == name.encode() else 0
