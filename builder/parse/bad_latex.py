"""What is said of LaTeX that cannot be a formula."""

from xml.etree.ElementTree import ParseError

# What the libraries raise at LaTeX that they were not made for.
STUMBLES = (
    *(AssertionError, AttributeError, IndexError, KeyError, ParseError, RecursionError),
    *(RuntimeError, TypeError, ValueError, ZeroDivisionError),
)


class BadLatex(Exception):  # noqa: N818
    """What is wrong with a formula, at which of its characters, and what to do."""

    def __init__(self, message: str, at: int = 0, length: int = 0, hint: str = "") -> None:
        self.message, self.at, self.length = message, at, length
        self.hint = hint or "correct the LaTeX; a dollar sign that is text is written \\$"
        super().__init__(message)
