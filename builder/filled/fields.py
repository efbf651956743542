"""The fields of a PDF as any reader may have saved them (ISO 32000-1, 12.7)."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf

from builder.diagnostics import BuildFailed, Diagnostic

_INHERITED = ("/FT", "/Ff", "/V", "/DV", "/TU")
_RADIO = 1 << 15
_NOT_TICKED = ("", "Off")
# No form is as deep; one that is goes round in circles.
_DEEPEST = 32
SAVE_AGAIN = "open it in the reader in which it was filled in, and save a copy"


@dataclass(frozen=True, slots=True)
class SavedField:
    """A field: its name, what it says of itself, and what stands in it.

    ``is_changed`` says that it is not as the file was handed out.
    """

    name: str
    title: str
    text: str
    is_ticked: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class SavedForm:
    """The fields of a file, the title of its document, and whether there was damage to repair."""

    title: str
    fields: tuple[SavedField, ...]
    is_damaged: bool


@dataclass(frozen=True, slots=True)
class _Node:
    """An object in the tree of fields: its full name, and what holds for it (12.7.3)."""

    item: pikepdf.Object
    name: str = ""
    entries: Mapping[str, pikepdf.Object] = field(default_factory=dict)


def read_form(path: Path, data: bytes) -> SavedForm:
    """The fields of a file; raises ``BuildFailed`` (exit code 2) where it cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            title = _text(pdf.docinfo.get("/Title")) if "/Info" in pdf.trailer else ""
            fields = tuple(_saved(node) for node in _end_fields(pdf))
            return SavedForm(title, fields, bool(pdf.get_warnings()))
    except pikepdf.PasswordError:
        message, hint = f'"{path}" is encrypted', "save a copy that needs no password"
        finding = Diagnostic("encrypted-pdf", message, None, hint)
    except pikepdf.PdfError:
        message = f'"{path}" is no PDF, or a damaged one'
        finding = Diagnostic("damaged-pdf", message, None, SAVE_AGAIN)
    raise BuildFailed([finding], exit_code=2)


def _end_fields(pdf: pikepdf.Pdf) -> Iterator[_Node]:
    """The fields that hold a value, those of the form before any that it has lost."""
    waiting = [_Node(item) for item in reversed([*_form_fields(pdf), *_page_fields(pdf)])]
    seen: set[tuple[int, int]] = set()
    while waiting:
        node = _with_own(waiting.pop())
        item = node.item
        if item.is_indirect and item.objgen in seen:
            continue
        seen.add(item.objgen)
        kids = _dictionaries(item.get("/Kids"))
        fields = [kid for kid in kids if "/T" in kid]
        waiting += [replace(node, item=kid) for kid in reversed(fields)]
        if not fields and node.name:
            yield node


def _form_fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    return _dictionaries(form.get("/Fields")) if isinstance(form, pikepdf.Dictionary) else []


def _page_fields(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The topmost field of each widget on a page."""
    for page in pdf.pages:
        for item in _dictionaries(page.obj.get("/Annots")):
            if item.get("/Subtype") == "/Widget":
                yield _topmost(item)


def _topmost(item: pikepdf.Object) -> pikepdf.Object:
    for _ in range(_DEEPEST):
        above = item.get("/Parent")
        if not isinstance(above, pikepdf.Dictionary):
            break
        item = above
    return item


def _with_own(node: _Node) -> _Node:
    """The node with its own entries over those that it inherits, and its name with its own part."""
    item = node.item
    own = {key: item[key] for key in _INHERITED if key in item}
    name = ".".join(part for part in (node.name, _text(item.get("/T"))) if part)
    return _Node(item, name, {**node.entries, **own})


def _saved(node: _Node) -> SavedField:
    entries = node.entries
    title, default = _text(entries.get("/TU")), _text(entries.get("/DV"))
    value = _text(entries.get("/V"))
    if entries.get("/FT") != "/Btn":
        return SavedField(node.name, title, _lines(value), False, value != default)
    if _flags(entries.get("/Ff")) & _RADIO:
        text = _chosen(value, default, [_text(each.get("/AS")) for each in _widgets(node.item)])
        return SavedField(node.name, title, text, False, text != _chosen(default, default, []))
    was_ticked = _is_ticked(default)
    states = [_is_ticked(value)] if "/V" in entries else []
    states += [_is_ticked(_text(each.get("/AS"))) for each in _widgets(node.item)]
    # Some readers save the value alone, others what is seen alone: what differs was done.
    is_changed = any(state != was_ticked for state in states)
    return SavedField(node.name, title, "", was_ticked != is_changed, is_changed)


def _flags(value: pikepdf.Object | int | None) -> int:
    """The flags of a field; none where there is no whole number."""
    return value if isinstance(value, int) else 0


def _chosen(value: str, default: str, shown: list[str]) -> str:
    """What is chosen of several, by the value and by what is seen, where one of them is old."""
    new = [each for each in (value, *shown) if _is_ticked(each) and each != default]
    if new:
        return new[0]
    is_kept = value == default and (default in shown or not shown)
    return default if is_kept and _is_ticked(default) else ""


def _widgets(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The places where a field is seen."""
    yield from (each for each in [item, *_dictionaries(item.get("/Kids"))] if "/AS" in each)


def _is_ticked(state: str) -> bool:
    return state not in _NOT_TICKED


def _lines(text: str) -> str:
    """Text without what readers add: their ends of lines, empty lines behind the last."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def _text(value: pikepdf.Object | None) -> str:
    """A text string, a stream of text or a name as text; nothing for anything else."""
    if isinstance(value, pikepdf.Stream):
        value = pikepdf.String(value.read_bytes())
    if isinstance(value, pikepdf.Name):
        return str(value).removeprefix("/")
    return str(value) if isinstance(value, pikepdf.String) else ""


def _dictionaries(array: pikepdf.Object | None) -> list[pikepdf.Object]:
    """The dictionaries of an array; none where it is no array."""
    members = list(array) if isinstance(array, pikepdf.Array) else []
    return [each for each in members if isinstance(each, pikepdf.Dictionary)]
