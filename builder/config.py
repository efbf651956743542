"""``book.toml`` as typed, frozen data, with every mistake in it found in one run."""

import dataclasses
import datetime
import difflib
import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar, get_type_hints

import msgspec
from msgspec import Meta

from builder.diagnostics import Diagnostic, Outcome, Place
from builder.source import Source

CONFIG_NAME = "book.toml"

OutputName = Literal["pdf", "epub", "checklists"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person who made the book, where a bare name is not enough."""

    name: Annotated[str, Meta(description="The name as printed.")]
    role: Annotated[
        str, Meta(description="MARC relator code: aut, edt, ill, trl ...", pattern="^[a-z]{3}$")
    ] = "aut"
    file_as: Annotated[str, Meta(description="The name as sorted: Woolf, Virginia.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A chapter of the list, where its role is not that of its folder."""

    file: Annotated[str, Meta(description="Path of the Markdown file within the book's folder.")]
    role: Annotated[
        Literal["front", "part", "chapter", "appendix", "back"] | None,
        Meta(description="What the file is in the book."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """The table ``[pdf]``: the paginated book."""

    trim: Annotated[
        str,
        Meta(
            description="Trim size: A4, A5, Letter, 5x8, 5.5x8.5, 6x9 (inches), or a size "
            "such as 148mm x 210mm.",
        ),
    ] = "6x9"
    open_on: Annotated[
        Literal["recto", "any"], Meta(description="The side on which chapters open.")
    ] = "recto"
    hyphenate: Annotated[bool, Meta(description="Break words at line ends.")] = True
    justify: Annotated[bool, Meta(description="Set lines flush on both sides.")] = True
    half_title: Annotated[bool, Meta(description="A half title before the title page.")] = True
    checklists: Annotated[
        bool, Meta(description="Each chapter's checklist on a page behind the chapter.")
    ] = True
    reference_pages: Annotated[
        bool, Meta(description="Follow references by the page they point to.")
    ] = True
    contents_depth: Annotated[
        int, Meta(description="Levels in the contents: 1 chapters, 2 also their headings.", ge=1, le=3)
    ] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions:
    """The table ``[epub]``: the e-book."""

    cover: Annotated[str, Meta(description="Cover image; made from the title if not given.")] = ""
    cover_alt: Annotated[str, Meta(description="What the cover shows, in a sentence.")] = ""
    contents_depth: Annotated[
        int, Meta(description="Levels in the contents: 1 chapters, 2 also their headings.", ge=1, le=3)
    ] = 2
    certifier: Annotated[
        str, Meta(description="Who certifies that the book meets EPUB Accessibility 1.1 AA.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistOptions:
    """The table ``[checklists]``: the printable set."""

    paper: Annotated[
        Literal["a4", "a5", "letter"], Meta(description="The paper the set is printed on.")
    ] = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that ``book.toml`` can say."""

    title: Annotated[str, Meta(description="The book's title.", min_length=1)]
    subtitle: Annotated[str, Meta(description="The subtitle.")] = ""
    authors: Annotated[
        tuple[str | Author, ...], Meta(description="Authors: names, or tables with a role.")
    ] = ()
    language: Annotated[
        str,
        Meta(
            description="Language tag (BCP 47): en, en-GB, de, pt-BR.",
            pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        ),
    ] = "en"
    identifier: Annotated[
        str, Meta(description="ISBN or urn:uuid:...; derived from title and authors if not given.")
    ] = ""
    publisher: Annotated[str, Meta(description="The publisher.")] = ""
    rights: Annotated[str, Meta(description="The rights statement on the copyright page.")] = ""
    description: Annotated[str, Meta(description="What the book is about, in a few sentences.")] = ""
    subjects: Annotated[tuple[str, ...], Meta(description="Subjects, for catalogues.")] = ()
    date: Annotated[
        datetime.date | None, Meta(description="Date of publication: 2026-03-01.")
    ] = None
    name: Annotated[
        str,
        Meta(
            description="Name of the files made, without ending; from the title if not given.",
            pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$",
        ),
    ] = ""
    chapters: Annotated[
        tuple[str | ListedFile, ...],
        Meta(description="The files in reading order; all of the folder, sorted, if not given."),
    ] = ()
    chapter_label: Annotated[
        str, Meta(description='The word before a chapter\'s number: "Chapter", "Step".')
    ] = "Chapter"
    theme: Annotated[str, Meta(description="The theme: a folder of styles.")] = "default"
    outputs: Annotated[
        tuple[OutputName, ...], Meta(description="What build-book makes when called alone.")
    ] = ("pdf", "epub", "checklists")
    pdf: Annotated[PdfOptions, Meta(description="The paginated book.")] = field(
        default_factory=PdfOptions
    )
    epub: Annotated[EpubOptions, Meta(description="The e-book.")] = field(
        default_factory=EpubOptions
    )
    checklists: Annotated[ChecklistOptions, Meta(description="The printable set.")] = field(
        default_factory=ChecklistOptions
    )

    @property
    def people(self) -> tuple[Author, ...]:
        """The authors, each as a full record."""
        return tuple(
            author if isinstance(author, Author) else Author(name=author)
            for author in self.authors
        )

    @property
    def byline(self) -> str:
        """The authors' names (not editors' or others') as on the title page."""
        return ", ".join(person.name for person in self.people if person.role == "aut")

    @property
    def urn(self) -> str:
        """The identifier as a URN: the ISBN, or a UUID that title and authors always give."""
        digits = re.sub(r"[\s-]|^urn:isbn:|^isbn:?", "", self.identifier, flags=re.IGNORECASE)
        if re.fullmatch(r"\d{9}[\dXx]|\d{13}", digits):
            return f"urn:isbn:{digits.upper()}"
        if self.identifier:
            return self.identifier
        words = "\n".join((self.title, *(person.name for person in self.people)))
        return uuid.uuid5(uuid.NAMESPACE_URL, f"build-book:{words}").urn


def parse_config(source: Source) -> Outcome[Config | None]:
    """Read ``book.toml``; the value is None where it cannot be used."""
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return Outcome(None, (_syntax_error(source, error),))
    return convert_table(Config, data, source)


def convert_table(
    kind: type[T], data: Mapping[str, object], source: Source, table: str = ""
) -> Outcome[T | None]:
    """A table of a file as a dataclass, each key checked by itself so that all mistakes show."""
    values, findings = {}, []
    hints = get_type_hints(kind, include_extras=True)
    for key, value in data.items():
        place = key_place(source, key, table)
        if key not in hints:
            findings.append(_unknown_key(key, tuple(hints), place))
        elif isinstance(value, dict) and (section := _section(hints[key])):
            inner = convert_table(section, value, source, f"{table}.{key}".strip("."))
            findings += inner.findings
            values[key] = inner.value
        else:
            try:
                values[key] = msgspec.convert(value, hints[key])
            except msgspec.ValidationError as error:
                findings.append(_wrong_type(key, error, place))
    findings += _missing_keys(kind, {*data}, source, table)
    return Outcome(None if findings else kind(**values), tuple(findings))


def key_place(source: Source, key: str, table: str = "") -> Place:
    """Where a key of a TOML or YAML table stands in its file; the file's start if not found."""
    inside, offset = "", 0
    for line in source.text.splitlines(keepends=True):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            inside = re.sub(r"[\s\"']", "", header[1])
        found = re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=:.]", line)
        if (found and inside == table) or (header and inside == f"{table}.{key}".strip(".")):
            return source.place(offset + line.index(key), len(key))
        offset += len(line)
    return source.place(0)


def schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of ``book.toml``, for editors."""
    made: dict[str, object] = msgspec.json.schema(Config)
    definitions = made["$defs"]
    assert isinstance(definitions, dict)
    for definition in definitions.values():
        definition["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _section(hint: object) -> type | None:
    origin = getattr(hint, "__origin__", hint)
    return origin if isinstance(origin, type) and dataclasses.is_dataclass(origin) else None


def _unknown_key(key: str, known: tuple[str, ...], place: Place) -> Diagnostic:
    near = difflib.get_close_matches(key.lower().replace("-", "_"), known, n=1, cutoff=0.5)
    hint = f'did you mean "{near[0]}"?' if near else f"known keys: {', '.join(sorted(known))}"
    return Diagnostic("unknown-key", f'unknown key "{key}"', place, hint)


def _wrong_type(key: str, error: msgspec.ValidationError, place: Place) -> Diagnostic:
    message, _, where = str(error).partition(" - at `$")
    where = where.rstrip("`")
    what = message[:1].lower() + message[1:]
    return Diagnostic(
        "wrong-type", f'"{key}{where}" has the wrong value: {what}', place, "change the value"
    )


def _missing_keys(
    kind: type, given: set[str], source: Source, table: str
) -> Iterator[Diagnostic]:
    for item in dataclasses.fields(kind):
        required = (
            item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        )
        if required and item.name not in given:
            place = key_place(source, table) if table else source.place(0)
            yield Diagnostic(
                "missing-key", f'"{item.name}" is missing', place, f'add: {item.name} = "..."'
            )


def _syntax_error(source: Source, error: tomllib.TOMLDecodeError) -> Diagnostic:
    message = str(error)
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    offset = source.offset_of_line(int(at[1])) + int(at[2]) - 1 if at else len(source.text)
    what = re.sub(r"\s*\(at .*\)$", "", message)
    return Diagnostic(
        "config-syntax",
        f"not valid TOML: {what[:1].lower()}{what[1:]}",
        source.place(offset),
        "strings need quotes, tables stand in [brackets]",
    )
