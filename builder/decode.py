"""Bytes of a file -> text: UTF-8, any line ends, nothing in it that cannot be shown."""

import re
from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Outcome
from builder.source import Source

_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def decode(data: bytes, path: str) -> Outcome[Source]:
    """The text of a file; what is no text is reported, and stands in it as U+FFFD."""
    try:
        text = _with_plain_line_ends(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        text = _with_plain_line_ends(data.decode("utf-8-sig", errors="replace"))
        source = Source(path, _CONTROL.sub(_REPLACEMENT, text))
        return Outcome(source, (_not_utf_8(data, source),))
    source = Source(path, _CONTROL.sub(_REPLACEMENT, text))
    return Outcome(source, tuple(_control_characters(text, source)))


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf_8(data: bytes, source: Source) -> Diagnostic:
    """The finding for the first byte that is wrong, counted from the start of the file."""
    skipped = len(_BOM) if data.startswith(_BOM) else 0
    try:
        data[skipped:].decode()
        offset = skipped
    except UnicodeDecodeError as error:
        offset = error.start + skipped
    before = _with_plain_line_ends(data[skipped:offset].decode())
    return Diagnostic(
        "not-utf-8",
        f"the text is not UTF-8: byte 0x{data[offset]:02X} at byte offset {offset}",
        source.place(len(before)),
        f"save the file as UTF-8; it looks like {_likely_encoding(data)}",
    )


def _likely_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return "Windows-1252 or ISO 8859"


def _control_characters(text: str, source: Source) -> Iterator[Diagnostic]:
    """One finding for a file, however many there are: a file may be no text at all."""
    found = [match.start() for match in _CONTROL.finditer(text)]
    if found:
        more = f", and {len(found) - 1} more in the file" if len(found) > 1 else ""
        yield Diagnostic(
            "control-character",
            f"control character U+{ord(text[found[0]]):04X} in the text{more}",
            source.place(found[0]),
            "delete it; most editors do not show it",
        )
