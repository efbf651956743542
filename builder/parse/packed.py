"""A parsed chapter as bytes, for another process or another day."""

from functools import partial
from xml.etree.ElementTree import Element

import msgspec

from builder.book import ChapterFile, Note, Text
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.parse.chapter import Draft


class _PackedElement(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An element; not as XML, for names that HTML allows do not always make XML."""

    tag: str
    attributes: dict[str, str]
    text: str | None
    tail: str | None
    children: "tuple[_PackedElement, ...]"


class _PackedNote(msgspec.Struct, frozen=True):
    number: int
    label: str
    anchor: str
    body: _PackedElement
    place: Place
    is_leaders: bool


class _PackedText(msgspec.Struct, frozen=True):
    body: _PackedElement
    notes: tuple[_PackedNote, ...]


class _PackedDraft(msgspec.Struct, frozen=True):
    """The text is bytes within bytes, to be read only where it is wanted."""

    text: bytes | None
    findings: tuple[Diagnostic, ...]


def pack_draft(draft: Outcome[Draft]) -> bytes:
    """A draft and its findings as bytes; its file is not among them."""
    text = draft.value.read()
    packed = None if text is None else msgspec.msgpack.encode(_pack_text(text))
    return msgspec.msgpack.encode(_PackedDraft(packed, draft.findings))


def unpack_draft(data: bytes, file: ChapterFile, key: str) -> Outcome[Draft] | None:
    """The draft of a file, its trees yet to be read; None where the bytes hold none."""
    try:
        packed = msgspec.msgpack.decode(data, type=_PackedDraft)
    except msgspec.DecodeError:
        return None
    return Outcome(Draft(file, key, partial(_unpack_text, packed.text)), packed.findings)


def pack_tree(tree: Element) -> bytes:
    """A tree as bytes."""
    return msgspec.msgpack.encode(_pack(tree))


def unpack_tree(data: bytes) -> Element | None:
    """The tree that bytes hold; None where they hold none."""
    try:
        return _unpack(msgspec.msgpack.decode(data, type=_PackedElement))
    except msgspec.DecodeError:
        return None


def _pack_text(text: Text) -> _PackedText:
    notes = tuple(
        _PackedNote(
            note.number, note.label, note.anchor, _pack(note.body), note.place, note.is_leaders
        )
        for note in text.notes
    )
    return _PackedText(_pack(text.body), notes)


def _unpack_text(data: bytes | None) -> Text | None:
    if data is None:
        return None
    packed = msgspec.msgpack.decode(data, type=_PackedText)
    notes = tuple(
        Note(note.number, note.label, note.anchor, _unpack(note.body), note.place, note.is_leaders)
        for note in packed.notes
    )
    return Text(_unpack(packed.body), notes)


def _pack(element: Element) -> _PackedElement:
    children = tuple(map(_pack, element))
    return _PackedElement(element.tag, element.attrib, element.text, element.tail, children)


def _unpack(packed: _PackedElement) -> Element:
    element = Element(packed.tag, packed.attributes)
    element.text, element.tail = packed.text, packed.tail
    element.extend(map(_unpack, packed.children))
    return element
