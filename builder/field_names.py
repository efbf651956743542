"""What the fields of a form are called: the book, the kind of field, and the id of what it is for.

``b1a2c3d4/task/step-1/task-drink`` is the box of the task ``step-1.task-drink``. A period
parts the levels of a field's name in PDF (ISO 32000-1, 12.7.3.2), so there is none in it.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal, get_args

FieldKind = Literal["task", "chapter", "date", "notes", "answer"]
KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
_ESCAPES = (("%", "%25"), ("/", "%2F"), (".", "/"))


@dataclass(frozen=True, slots=True)
class FieldName:
    """The name of a field taken apart: ``book`` is the mark of the book it belongs to."""

    book: str
    kind: FieldKind
    id: str


def book_mark(urn: str) -> str:
    """A short mark for the identifier of a book, with which the names of its fields begin."""
    return f"b{hashlib.sha256(urn.encode()).hexdigest()[:7]}"


def field_name(mark: str, kind: FieldKind, id_: str) -> str:
    """The name of the field of a kind for what has an id."""
    for plain, escaped in _ESCAPES:
        id_ = id_.replace(plain, escaped)
    return f"{mark}/{kind}/{id_}"


def place_name(kind: FieldKind, id_: str) -> str:
    """What a state calls the place of a field: ``notes/step-1``."""
    return f"{kind}/{id_}"


def name_again(name: str, again: str) -> str:
    """The name of a further field for the same, told from the first by some letters."""
    return f"{name} {again}"


def parse_field_name(text: str) -> FieldName | None:
    """The parts of a name; None for a field that this program did not make."""
    mark, _, rest = text.partition("/")
    kind, _, escaped = rest.partition("/")
    id_ = escaped.partition(" ")[0]
    for plain, escape in reversed(_ESCAPES):
        id_ = id_.replace(escape, plain)
    for known in KINDS:
        if kind == known and mark and id_:
            return FieldName(mark, known, id_)
    return None
