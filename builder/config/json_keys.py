"""Where the keys and values of a JSON text stand in it."""

import re
from dataclasses import dataclass, field
from json import JSONDecodeError, loads

from builder.config.keys import KeyPath, Span, Spans

_SKIPPED = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\s]+")
_REASONS = {
    "Expecting value": "a value is expected here",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a key in double quotes is expected here",
    "Illegal trailing comma before end of object": "a comma too many",
    "Illegal trailing comma before end of array": "a comma too many",
    "Extra data": "there is more behind the end",
    "Unterminated string starting at": "a text is never closed",
}


def json_spans(text: str) -> Spans:
    """The spans of a text that is known to be valid JSON."""
    reader = _JsonReader(text)
    reader.read(())
    return Spans(reader.keys, reader.values)


def json_problem(error: JSONDecodeError) -> str:
    """What is wrong with a text that is no JSON, in a clause."""
    reason = error.msg
    return _REASONS.get(reason, f"{reason[:1].lower()}{reason[1:]}")


@dataclass(slots=True)
class _JsonReader:
    """Goes once through a JSON text; knows the grammar only as far as valid text needs."""

    text: str
    keys: dict[KeyPath, Span] = field(default_factory=dict)
    values: dict[KeyPath, Span] = field(default_factory=dict)
    at: int = 0

    def read(self, path: KeyPath) -> None:
        """Read the value that stands next."""
        opening, start = self._peek(), self.at
        if opening in ("[", "{"):
            self._members(path, opening)
        else:
            found = _STRING.match(self.text, start) or _SCALAR.match(self.text, start)
            assert found
            self.at = found.end()
        self.values[path] = (start, self.at)

    def _peek(self) -> str:
        skipped = _SKIPPED.match(self.text, self.at)
        self.at = skipped.end() if skipped else self.at
        return self.text[self.at : self.at + 1]

    def _members(self, path: KeyPath, opening: str) -> None:
        self.at += 1
        index = 0
        while self._peek() not in ("]", "}"):
            if self._peek() == ",":
                self.at += 1
                continue
            self.read((*path, index if opening == "[" else self._key(path)))
            index += 1
        self.at += 1

    def _key(self, path: KeyPath) -> str:
        found = _STRING.match(self.text, self.at)
        assert found
        self.at = found.end()
        name = str(loads(found[0]))
        self.keys[*path, name] = found.span()
        self._peek()
        self.at += len(":")
        return name
