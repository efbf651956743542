"""Where the keys and values of a table stand in the text that it was read from."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic, Place
from builder.source import Source

if TYPE_CHECKING:
    from yaml import Node

# The way to a value: keys of tables, and places in arrays from 0.
KeyPath = tuple[str | int, ...]
Span = tuple[int, int]

_SKIPPED = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")


@dataclass(frozen=True, slots=True)
class Spans:
    """Start and end of every key and every value, by the way to it."""

    keys: Mapping[KeyPath, Span]
    values: Mapping[KeyPath, Span]

    def key_place(self, source: Source, path: KeyPath) -> Place:
        """The place of a key; of what holds it, where the text does not have it."""
        return _place(source, self.keys, path)

    def value_place(self, source: Source, path: KeyPath) -> Place:
        """The place of a value; of what holds it, where the text does not have it."""
        return _place(source, self.values, path)


def toml_spans(text: str) -> Spans:
    """The spans of a text that is known to be valid TOML."""
    reader = _TomlReader(text)
    reader.read()
    return Spans(reader.keys, reader.values)


def toml_error(
    source: Source, error: tomllib.TOMLDecodeError, code: str, start: int = 0
) -> Diagnostic:
    """The finding for text that is no TOML, where it begins ``start`` characters into its file."""
    at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    what = re.sub(r"\s*\(at .*\)$", "", str(error))
    first = source.place(start).line - 1
    offset = len(source.text.rstrip())
    if at:
        offset = source.offset_of_line(first + int(at[1])) + int(at[2]) - 1
    return Diagnostic(
        code,
        f"not valid TOML: {what[:1].lower()}{what[1:]}",
        source.place(offset),
        "text needs quotes, lists stand in [ ], each key on a line of its own",
    )


def yaml_spans(text: str, offset: int) -> Spans:
    """The spans of the outermost keys of valid YAML that begins at an offset of its file."""
    import yaml  # most chapters have no head

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return Spans(
        {(str(key.value),): _yaml_span(key, offset) for key, _ in pairs},
        {(str(key.value),): _yaml_span(value, offset) for key, value in pairs},
    )


def _yaml_span(node: "Node", offset: int) -> Span:
    return node.start_mark.index + offset, node.end_mark.index + offset


def _place(source: Source, spans: Mapping[KeyPath, Span], path: KeyPath) -> Place:
    while path and path not in spans:
        path = path[:-1]
    start, end = spans.get(path, (0, 1)) if path else (0, 1)
    return source.place(start, end - start)


@dataclass(slots=True)
class _TomlReader:
    """Goes once through a TOML text; knows the grammar only as far as valid text needs."""

    text: str
    keys: dict[KeyPath, Span] = field(default_factory=dict)
    values: dict[KeyPath, Span] = field(default_factory=dict)
    at: int = 0
    arrays: Counter[KeyPath] = field(default_factory=Counter)

    def read(self) -> None:
        """Read the whole text."""
        table: KeyPath = ()
        while self._peek():
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> str:
        skipped = _SKIPPED.match(self.text, self.at)
        self.at = skipped.end() if skipped else self.at
        return self.text[self.at : self.at + 1]

    def _header(self) -> KeyPath:
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        names, span = self._names(())
        path = (*self._indexed(names[:-1]), names[-1]) if is_array else self._indexed(names)
        self.keys.setdefault(path, span)
        self.values.setdefault(path, span)
        self._peek()
        self.at += 2 if is_array else 1
        if is_array:
            self.arrays[path] += 1
            path = (*path, self.arrays[path] - 1)
            self.values[path] = span
        return path

    def _indexed(self, names: KeyPath) -> KeyPath:
        """The path with the index of the last table wherever it leads into an array of tables."""
        path: KeyPath = ()
        for name in names:
            path = (*path, name)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        return path

    def _names(self, table: KeyPath) -> tuple[KeyPath, Span]:
        """The parts of a dotted key, and the span of the last."""
        path = table
        while True:
            self._peek()
            start = self.at
            found = _STRING.match(self.text, start) or _BARE_KEY.match(self.text, start)
            assert found
            self.at = found.end()
            path = (*path, _plain(found[0]))
            self.keys.setdefault(path, (start, self.at))
            span = (start, self.at)
            if self._peek() != ".":
                return path, span
            self.at += 1

    def _pair(self, table: KeyPath) -> None:
        path, _ = self._names(table)
        self._peek()
        self.at += len("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening, start = self._peek(), self.at
        if opening == "[":
            self._members("]", lambda index: self._value((*path, index)))
        elif opening == "{":
            self._members("}", lambda _: self._pair(path))
        else:
            found = _STRING.match(self.text, start) or _SCALAR.match(self.text, start)
            assert found
            self.at = start + len(found[0].rstrip())
        self.values[path] = (start, self.at)

    def _members(self, closing: str, read_member: Callable[[int], None]) -> None:
        self.at += 1
        index = 0
        while self._peek() != closing:
            if self._peek() == ",":
                self.at += 1
                continue
            read_member(index)
            index += 1
        self.at += 1


def _plain(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    return _ESCAPE.sub(_character, key[1:-1]) if key[0] == '"' else key


def _character(escape: re.Match[str]) -> str:
    if escape[1][0] in "uU":
        return chr(int(escape[1][1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(escape[1], escape[1])
