"""PDF syntax (ISO 32000-1, 7.3): numbers, strings, streams and references as bytes."""

import zlib
from datetime import date

LEVEL = 6
# The backslash first, for it stands before the others then.
_SPECIAL = "\\()"


def number(value: float) -> bytes:
    """A number with at most four decimals, without trailing zeros (7.3.3)."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode() or b"0"


def string(text: str) -> bytes:
    """A text string: a literal where it is ASCII, else UTF-16BE with a mark (7.9.2.2)."""
    if text.isascii():
        for special in _SPECIAL:
            text = text.replace(special, f"\\{special}")
        return b"(" + text.encode() + b")"
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def reference(object_number: int) -> bytes:
    """An indirect reference (7.3.10)."""
    return b"%d 0 R" % object_number


def array(items: "list[bytes]") -> bytes:
    """An array of written objects (7.3.6)."""
    return b"[" + b" ".join(items) + b"]"


def stream(
    data: bytes, entries: bytes = b"", *, compress: bool = True, level: int = LEVEL
) -> bytes:
    """A stream object with its dictionary (7.3.8); ``entries`` stand in it besides the length."""
    if compress:
        data, entries = zlib.compress(data, level), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf_date(day: date) -> bytes:
    """A date (7.9.4)."""
    return string(f"D:{day:%Y%m%d}")
