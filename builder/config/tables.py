"""A table of a file as a dataclass, with every mistake in it found in one run."""

import dataclasses
import difflib
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from builder.config.keys import KeyPath, Spans
from builder.diagnostics import Diagnostic, Outcome
from builder.source import Source

T = TypeVar("T")

_TYPE_NAMES = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time",
    "null": "nothing",
}


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table to be read as ``kind``: its data, and where its keys stand in its file.

    ``missing`` is how a key is added to the file.
    """

    kind: type[T]
    source: Source
    spans: Spans
    missing: str = '{key} = "..."'

    def convert(self, data: Mapping[str, object]) -> Outcome[T | None]:
        """The table as a value of its kind; None where anything in it is wrong."""
        findings: list[Diagnostic] = []
        value = self._table(self.kind, data, (), findings)
        return Outcome(None if findings else value, tuple(findings))

    def _table(
        self, kind: type[T], data: Mapping[str, object], path: KeyPath, findings: list[Diagnostic]
    ) -> T | None:
        hints = get_type_hints(kind, include_extras=True)
        values = {
            key: self._value(hints[key], value, (*path, key), findings)
            for key, value in data.items()
            if key in hints
        }
        findings += self._unknown_keys(data, tuple(hints), path)
        findings += self._missing_keys(kind, data, path)
        return None if findings else kind(**values)

    def _value(
        self, hint: object, value: object, path: KeyPath, findings: list[Diagnostic]
    ) -> object:
        section, member = _section(hint), _member(hint)
        if section and isinstance(value, dict):
            return self._table(section, value, path, findings)
        if member and isinstance(value, list):
            return tuple(
                self._value(member, item, (*path, index), findings)
                for index, item in enumerate(value)
            )
        try:
            return msgspec.convert(value, hint)
        except msgspec.ValidationError as error:
            findings.append(self._wrong_value(path, hint, str(error)))
            return None

    def _unknown_keys(
        self, data: Mapping[str, object], known: tuple[str, ...], path: KeyPath
    ) -> Iterator[Diagnostic]:
        for key in data:
            if key not in known:
                plain = key.lower().replace("-", "_")
                near = difflib.get_close_matches(plain, known, n=1, cutoff=0.5)
                yield Diagnostic(
                    "unknown-key",
                    f'unknown key "{key}"',
                    self.spans.key_place(self.source, (*path, key)),
                    f'did you mean "{near[0]}"?' if near else f"known keys: {', '.join(known)}",
                )

    def _missing_keys(
        self, kind: type, data: Mapping[str, object], path: KeyPath
    ) -> Iterator[Diagnostic]:
        for field in dataclasses.fields(kind):
            has_default = (
                field.default is not dataclasses.MISSING
                or field.default_factory is not dataclasses.MISSING
            )
            if not has_default and field.name not in data:
                yield Diagnostic(
                    "missing-key",
                    f'"{field.name}" is missing',
                    self.spans.value_place(self.source, path),
                    f"add: {self.missing.format(key=field.name)}",
                )

    def _wrong_value(self, path: KeyPath, hint: object, message: str) -> Diagnostic:
        return Diagnostic(
            "wrong-value",
            f'wrong value of "{_written(path)}": {_in_words(message)}',
            self.spans.value_place(self.source, path),
            _advice(hint),
        )


def _arms(hint: object) -> tuple[object, ...]:
    """The types that a hint allows, without their descriptions."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(arm for each in get_args(hint) for arm in _arms(each))
    return (hint,)


def _section(hint: object) -> type | None:
    """The dataclass that a table is read as."""
    for arm in _arms(hint):
        if isinstance(arm, type) and dataclasses.is_dataclass(arm):
            return arm
    return None


def _member(hint: object) -> object:
    """The type of each member of a list."""
    return next((get_args(arm)[0] for arm in _arms(hint) if get_origin(arm) is tuple), None)


def _written(path: KeyPath) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _in_words(message: str) -> str:
    """What msgspec says about a value, as one would say it to an author."""
    expected = re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", message)
    if expected:
        wanted, given = (_type_names(each) for each in expected.groups())
        return f"expected {wanted}, got {given}"
    if "matching regex" in message:
        return "it is not of the form that is needed"
    if "of length >= 1" in message:
        return "it is empty"
    message = re.sub(r"^Expected `\w+` ", "expected a number ", message)
    return f"{message[:1].lower()}{message[1:]}".replace("enum value", "choice").replace("'", '"')


def _type_names(union: str) -> str:
    names = (_TYPE_NAMES.get(name.strip(), name.strip()) for name in union.split("|"))
    return " or ".join(name for name in names if name != "nothing") or "nothing"


def _advice(hint: object) -> str:
    choices = [choice for arm in _arms(hint) for choice in _choices(arm)]
    if choices:
        return f"one of: {', '.join(choices)}"
    return next(
        (meta.description for meta in _metas(hint) if meta.description), "see docs/authoring.md"
    )


def _choices(arm: object) -> tuple[str, ...]:
    arguments = get_args(arm)
    return tuple(str(each) for each in arguments if all(isinstance(one, str) for one in arguments))


def _metas(hint: object) -> Iterator[msgspec.Meta]:
    while get_origin(hint) is Annotated:
        hint, *metas = get_args(hint)
        yield from (meta for meta in metas if isinstance(meta, msgspec.Meta))
