"""Rows as CSV (RFC 4180) that a spreadsheet shows and does not compute."""

import csv
import io
from collections.abc import Iterable

# What a spreadsheet takes for the beginning of a formula; the wide forms in East Asian ones.
_FORMULA = tuple("=+-@＝＋－＠")


def csv_text(rows: Iterable[Iterable[str | int]]) -> str:
    """The rows with CRLF between them; text that reads like a formula gets an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([_guarded(field) for field in row] for row in rows)
    return stream.getvalue()


def _guarded(field: str | int) -> str | int:
    if isinstance(field, str) and field.lstrip().startswith(_FORMULA):
        return f"'{field}"
    return field
