"""What the engine says while it works, as findings."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from builder.diagnostics import Diagnostic, Severity

# How WeasyPrint 70 begins what it says of a letter that no font has.
_NO_GLYPH = ".notdef glyph rendered"


@contextmanager
def logged() -> Iterator[list[str]]:
    """Everything the engine warns of meanwhile."""
    messages: list[str] = []
    handler = _Collector(messages.append)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    """Hands the text of each record to a function."""

    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        self._take(record.getMessage())


def findings_of(messages: list[str], name: str) -> Iterator[Diagnostic]:
    """A warning for each message about a gathering."""
    for message in dict.fromkeys(messages):
        yield Diagnostic(
            "engine",
            f'laying out "{name}": {message[:1].lower()}{message[1:].rstrip(".")}',
            None,
            "correct the CSS or the image that it names",
            Severity.WARNING,
        )


def of_other_matters(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings but for those of letters without a font, where they are reported with their line."""
    return (each for each in findings if _NO_GLYPH not in each.message)
