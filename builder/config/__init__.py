"""``book.toml`` as typed, frozen data, with every mistake in it found in one run."""

import datetime
import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from msgspec import Meta

from builder.config.isbn import isbn_digits, isbn_problem
from builder.config.keys import Spans, toml_error, toml_spans
from builder.config.languages import language_problem
from builder.config.options import (
    Author,
    BibliographyOptions,
    BookletOptions,
    ChecklistOptions,
    Countable,
    Edge,
    Edition,
    EpubOptions,
    GlossaryOptions,
    Listable,
    ListedFile,
    OutputName,
    Paper,
    PdfOptions,
    Profile,
    Series,
    ShapeName,
)
from builder.config.tables import Table
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.source import Source

__all__ = (
    "CONFIG_NAME",
    "Author",
    "BibliographyOptions",
    "BookletOptions",
    "ChecklistOptions",
    "Config",
    "Countable",
    "Edge",
    "Edition",
    "EpubOptions",
    "GlossaryOptions",
    "Listable",
    "ListedFile",
    "OutputName",
    "Paper",
    "PdfOptions",
    "Profile",
    "Series",
    "ShapeName",
    "parse_config",
    "schema",
)

CONFIG_NAME = "book.toml"

_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that ``book.toml`` can say."""

    title: Annotated[str, Meta(description="The book's title.", min_length=1)]
    subtitle: Annotated[str, Meta(description="The subtitle.")] = ""
    authors: Annotated[
        tuple[str | Author, ...], Meta(description="Authors: names, or tables with a role.")
    ] = ()
    language: Annotated[str, Meta(description="Language tag (BCP 47): en, en-GB, de, pt-BR.")] = (
        "en"
    )
    identifier: Annotated[
        str, Meta(description="ISBN or urn:uuid:...; derived from title and authors if not given.")
    ] = ""
    publisher: Annotated[str, Meta(description="The publisher.")] = ""
    series: Annotated[Series | None, Meta(description="The series it belongs to.")] = None
    rights: Annotated[str, Meta(description="The rights statement on the copyright page.")] = ""
    description: Annotated[str, Meta(description="What the book is about, in a few sentences.")] = (
        ""
    )
    subjects: Annotated[tuple[str, ...], Meta(description="Subjects, for catalogues.")] = ()
    date: Annotated[datetime.date | None, Meta(description="Date of publication: 2026-03-01.")] = (
        None
    )
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
        str | None,
        Meta(description='The word before a chapter\'s number: "Chapter", "Step".'),
    ] = None
    numbered: Annotated[
        tuple[Countable, ...],
        Meta(description="What is numbered by chapter, as Figure 3.2; equations only with an id."),
    ] = ("equations",)
    colophon: Annotated[
        bool,
        Meta(description="Name typefaces and program in the colophon, or on the copyright page."),
    ] = False
    theme: Annotated[str, Meta(description="The theme: a folder of styles.")] = "default"
    outputs: Annotated[
        tuple[OutputName, ...], Meta(description="What build-book makes when called alone.")
    ] = ("pdf", "epub", "checklists")
    edition: Annotated[
        Edition,
        Meta(description="For whom it is made: the reader, or the leader, who gets more text."),
    ] = "reader"
    bibliography: Annotated[
        BibliographyOptions | None, Meta(description="The sources that the book cites.")
    ] = None
    pdf: Annotated[PdfOptions, Meta(description="The paginated book.")] = field(
        default_factory=PdfOptions
    )
    epub: Annotated[EpubOptions, Meta(description="The e-book.")] = field(
        default_factory=EpubOptions
    )
    glossary: Annotated[GlossaryOptions, Meta(description="Links to the glossary.")] = field(
        default_factory=GlossaryOptions
    )
    booklet: Annotated[BookletOptions, Meta(description="The book on sheets to be folded.")] = (
        field(default_factory=BookletOptions)
    )
    checklists: Annotated[ChecklistOptions, Meta(description="The printable set.")] = field(
        default_factory=ChecklistOptions
    )

    @property
    def people(self) -> tuple[Author, ...]:
        """The authors, each as a full record."""
        return tuple(
            author if isinstance(author, Author) else Author(name=author) for author in self.authors
        )

    @property
    def byline(self) -> str:
        """The authors' names (not editors' or others') as on the title page."""
        return ", ".join(person.name for person in self.people if person.role == "aut")

    @property
    def print_isbn(self) -> str:
        """The ISBN of the printed book, digits alone; empty where it has none."""
        return isbn_digits(self.pdf.isbn or self.identifier) or ""

    @property
    def urn(self) -> str:
        """The identifier as a URN: the ISBN, or a UUID that title and authors always give."""
        if digits := isbn_digits(self.identifier):
            return f"urn:isbn:{digits}"
        if self.identifier:
            return self.identifier
        words = "\n".join((self.title, *(person.name for person in self.people)))
        return uuid.uuid5(uuid.NAMESPACE_URL, f"build-book:{words}").urn


def parse_config(source: Source) -> Outcome[Config | None]:
    """Read ``book.toml``; the value is None where it cannot be used."""
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return Outcome(None, (toml_error(source, error, "config-syntax"),))
    except RecursionError:
        return Outcome(None, (_too_deep(source),))
    spans = toml_spans(source.text)
    table = Table(Config, source, spans).convert(data)
    findings = (*table.findings, *_check(data, source, spans))
    return Outcome(None if findings else table.value, findings)


def schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of ``book.toml``, for editors."""
    made: dict[str, object] = msgspec.json.schema(Config)
    definitions = made["$defs"]
    assert isinstance(definitions, dict)
    for definition in definitions.values():
        definition["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _too_deep(source: Source) -> Diagnostic:
    return Diagnostic(
        "config-syntax", "lists in lists, too deep to read", source.place(0), "flatten them"
    )


def _check(data: Mapping[str, object], source: Source, spans: Spans) -> Iterator[Diagnostic]:
    """What the types of the keys cannot say."""
    language, identifier = data.get("language"), data.get("identifier")
    if isinstance(language, str) and (problem := language_problem(language)):
        yield Diagnostic(
            "invalid-language",
            f'not a language tag: "{language}": {problem[0]}',
            spans.value_place(source, ("language",)),
            problem[1],
        )
    if isinstance(identifier, str):
        place = spans.value_place(source, ("identifier",))
        yield from _check_identifier(identifier, place)
    if isinstance(pdf := data.get("pdf"), dict) and isinstance(isbn := pdf.get("isbn"), str):
        yield from _check_isbn(isbn, spans.value_place(source, ("pdf", "isbn")))


def _check_isbn(isbn: str, place: Place) -> Iterator[Diagnostic]:
    if isbn and (wrong := isbn_problem(isbn_digits(isbn) or "")):
        hint = "compare it with the one that you were given"
        yield Diagnostic("invalid-isbn", f'not an ISBN: "{isbn}": {wrong}', place, hint)


def _check_identifier(identifier: str, place: Place) -> Iterator[Diagnostic]:
    if isbn_digits(identifier) is not None:
        yield from _check_isbn(identifier, place)
    if identifier.lower().startswith("urn:uuid:") and not _UUID.fullmatch(identifier):
        hint = "leave the key out, and the book gets one that stays the same"
        yield Diagnostic("invalid-identifier", f'not a UUID: "{identifier}"', place, hint)
