"""ISBNs: ten or thirteen digits, the last of which checks the others."""

import re

_SEPARATORS = re.compile(r"[\s\u2010-\u2013-]")
_PREFIX = re.compile(r"(?:urn:)?isbn(?:-1[03])?:?\s*", re.IGNORECASE)


def isbn_digits(identifier: str) -> str | None:
    """The digits of what is meant as an ISBN, be it valid or not; None for other identifiers."""
    marked = _PREFIX.match(identifier)
    bare = _SEPARATORS.sub("", identifier[marked.end() :] if marked else identifier).upper()
    return bare if marked or re.fullmatch(r"\d{8,14}[\dX]", bare) else None


def isbn_problem(digits: str) -> str:
    """What is wrong with an ISBN; empty where it is valid."""
    if not re.fullmatch(r"\d{9}[\dX]|\d{13}", digits):
        return f"an ISBN has 10 or 13 digits, not {len(digits)}"
    if len(digits) == 13 and not digits.startswith(("978", "979")):
        return "an ISBN of 13 digits begins with 978 or 979"
    expected = _check_digit(digits)
    return "" if digits[-1] == expected else f"its last digit should be {expected}"


def _check_digit(digits: str) -> str:
    """The check digit by ISO 2108: weights 10 to 2 modulo 11, or 1 and 3 in turn modulo 10."""
    if len(digits) == 10:
        rest = -sum(int(digit) * (10 - index) for index, digit in enumerate(digits[:9])) % 11
        return "X" if rest == 10 else str(rest)
    weighted = (int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits[:12]))
    return str(-sum(weighted) % 10)
