"""The sources of a book: their keys and places, and what is missing in them."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.resolve.csl_json import biblatex_of
from builder.source import Source

_ENTRY = re.compile(r"^[ \t]*@(\w+)[ \t]*\{[ \t\n]*([^\s,{}=]+)[ \t\n]*,", re.MULTILINE)
_FIELD = re.compile(r"[,\n][ \t]*([\w-]+)\s*=")
_NO_ENTRIES = frozenset(("comment", "preamble", "string"))
_DOLLAR = re.compile(r"(?<!\\)\$")
# The fields that a type needs; of those with a bar between them, one.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "article": ("author|editor", "title", "journal|journaltitle", "year|date"),
    "book": ("author|editor", "title", "year|date"),
    "inbook": ("author|editor", "title", "booktitle|publisher", "year|date"),
    "incollection": ("author|editor", "title", "booktitle", "year|date"),
    "inproceedings": ("author|editor", "title", "booktitle", "year|date"),
    "online": ("title", "url|doi"),
    "thesis": ("author", "title", "school|institution", "year|date"),
    "phdthesis": ("author", "title", "school|institution", "year|date"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One source: its key, its type, its fields, and where it stands in the file."""

    key: str
    type: str
    fields: frozenset[str]
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Entries:
    """All sources by their keys, and the same as BibLaTeX in which nothing can act."""

    source: Source
    by_key: Mapping[str, Entry]
    text: str

    def unknown(self, key: str) -> str:
        """What to do about a key that there is not."""
        near = difflib.get_close_matches(key, self.by_key, n=1)
        if near:
            return f'did you mean "@{near[0]}"?'
        return f"add it to {self.source.path}; a sign @ that is text is written \\@"


def read_entries(source: Source) -> Outcome[Entries | None]:
    """The sources of a file, BibTeX or CSL-JSON; None where it cannot be read."""
    if not source.path.endswith(".json"):
        return Outcome(_entries(source, source.text))
    converted = biblatex_of(source)
    if converted.value is None:
        return Outcome(None, converted.findings)
    return Outcome(_entries(source, converted.value), converted.findings)


def check_entry(entry: Entry, source: Source) -> Iterator[Diagnostic]:
    """What an entry lacks that readers need in order to find the source."""
    missing = [
        each.partition("|")[0]
        for each in _NEEDED.get(entry.type, ("title",))
        if not entry.fields.intersection(each.split("|"))
    ]
    if missing:
        names = ", ".join(f'"{each}"' for each in missing)
        yield Diagnostic(
            "incomplete-source",
            f'the source "{entry.key}" lacks {names}',
            source.place(entry.offset, entry.length),
            "add what readers need in order to find it",
            Severity.WARNING,
        )


def _entries(source: Source, text: str) -> Entries:
    found = [each for each in _ENTRY.finditer(text) if each[1].lower() not in _NO_ENTRIES]
    ends = [*(each.start() for each in found[1:]), len(text)]
    by_key: dict[str, Entry] = {}
    for each, end in zip(found, ends, strict=True):
        fields = _FIELD.finditer(text, each.end() - 1, end)
        names = frozenset(field[1].lower() for field in fields)
        at = source.text.find(each[2], each.start(2) if text == source.text else 0)
        by_key[each[2]] = Entry(each[2], each[1].lower(), names, max(at, 0), len(each[2]))
    # A formula in a title would be run as a program.
    return Entries(source, by_key, _DOLLAR.sub(r"\\$", text))
