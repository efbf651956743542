"""The file of a state, read from the disk and held against the book that it is used with."""

from collections.abc import Sequence
from pathlib import Path

from builder.book import Book
from builder.decode import decode
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, has_errors
from builder.state import State, parse_state
from builder.state.compare import check_book, check_tasks

_PDF = b"%PDF-"


def read_state(path: Path, book: Book, others: Sequence[Book]) -> Outcome[State]:
    """The state in a file, and what is said about it.

    ``others`` are the book for all outputs and in all editions: a task may be in one alone.

    Raises ``BuildFailed`` (exit code 2) where there is no such file, where it is no state, or
    where it is that of another book.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "name the file that was made of a filled form, or by build-book tasks --format json"
        message = f'"{path}" cannot be read: {reason}'
        raise BuildFailed([Diagnostic("no-state", message, None, hint)], exit_code=2) from None
    if data.startswith(_PDF):
        raise BuildFailed([_is_form(path)], exit_code=2)
    decoded = decode(data, str(path))
    parsed = parse_state(decoded.value)
    found = [*decoded.findings, *parsed.findings]
    if parsed.value is None or has_errors(found):
        raise BuildFailed(found, exit_code=2)
    other = [*check_book(parsed.value, [book, *others])]
    if other:
        raise BuildFailed(other, exit_code=2)
    return Outcome(parsed.value.state, (*found, *check_tasks(parsed.value, book, others)))


def _is_form(path: Path) -> Diagnostic:
    return Diagnostic(
        "state-syntax",
        f'"{path}" is a PDF, and no list of tasks',
        None,
        f"read what was filled in: build-book checklists --read {path} --format json -o done.json",
    )
