"""A parsed chapter as bytes, for another process or another day."""

from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

import msgspec

from builder.book import ChapterFile, Note
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.parse.chapter import Draft


class _PackedNote(msgspec.Struct, frozen=True):
    number: int
    label: str
    anchor: str
    body: bytes
    place: Place


class _PackedDraft(msgspec.Struct, frozen=True):
    body: bytes | None
    notes: tuple[_PackedNote, ...]
    findings: tuple[Diagnostic, ...]


def pack_draft(draft: Outcome[Draft]) -> bytes:
    """A draft and its findings as bytes; its file is not among them."""
    value = draft.value
    notes = tuple(
        _PackedNote(note.number, note.label, note.anchor, tostring(note.body), note.place)
        for note in value.notes
    )
    body = None if value.body is None else tostring(value.body)
    return msgspec.msgpack.encode(_PackedDraft(body, notes, draft.findings))


def unpack_draft(data: bytes, file: ChapterFile) -> Outcome[Draft] | None:
    """The draft of a file; None where the bytes hold none."""
    try:
        packed = msgspec.msgpack.decode(data, type=_PackedDraft)
        body = None if packed.body is None else _tree(packed.body)
        notes = tuple(
            Note(note.number, note.label, note.anchor, _tree(note.body), note.place)
            for note in packed.notes
        )
    except (msgspec.DecodeError, ParseError):
        return None
    return Outcome(Draft(file, body, notes), packed.findings)


def _tree(data: bytes) -> Element:
    return fromstring(data)  # noqa: S314 - written here, and verified by the store
