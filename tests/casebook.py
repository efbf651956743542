r"""Text cases: a small book in Markdown, and what the builder makes of it or says about it.

A file of ``tests/cases`` holds many. Each begins with a line ``=== What it shows``, to which
``[language=de]``, ``[output=print]`` and ``[edition=leader]`` may be added, and goes on with the
text of ``a.md``. Then come parts, each under a line of its own:

``--- file PATH``     another file of the book
``--- bytes PATH``    the same, with escapes as in Python: ``caf\xe9``
``--- image PATH``    a picture of four by three pixels
``--- html``          what ``a.md`` becomes
``--- notes``         its footnotes
``--- lists``         its checklists: id, place, tasks
``--- index``         the index: entries with the ids that they lead to
``--- targets``       what the references of the book can name
``--- findings``      what is said about the whole book

A case that does not name findings expects none. That a chapter has no title is passed over,
but for ``[titles=checked]``.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image

from builder.book import Book, Chapter, Item, Note, Output
from builder.config import Edition
from builder.diagnostics import BuildFailed, Diagnostic, in_order
from builder.editions import in_edition
from builder.index import IndexEntry
from builder.parse.chapter import draft_chapter
from builder.parse.markdown import Converter, make_markdown
from builder.parse.markup import inner_markup
from builder.parse.survey import survey_chapter
from builder.read import read_manuscript
from builder.resolve.book import resolve_book
from builder.words import words_of

MAIN = "a.md"
MADE = ("html", "notes", "lists", "index", "targets", "findings")
_HEAD = re.compile(r"^=== (?P<title>[^\[\n]*?)(?: \[(?P<options>[^\]\n]*)\])?$", re.MULTILINE)
_PART = re.compile(r"^--- (?P<kind>[a-z]+)(?: (?P<path>\S.*))?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a case: its kind, the file it concerns, and its text."""

    kind: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case as written."""

    title: str
    options: str
    parts: tuple[Part, ...]

    def option(self, name: str, default: str) -> str:
        """The value of an option in the case's first line."""
        return dict(each.split("=") for each in self.options.split()).get(name, default)

    def written(self) -> str:
        """The case as a text file holds it."""
        head = f"=== {self.title}" + (f" [{self.options}]" if self.options else "")
        lines = [head]
        for index, part in enumerate(self.parts):
            if index:
                lines.append(f"--- {part.kind} {part.path}".rstrip())
            lines += [part.text] if part.text else []
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a case's book."""

    books: dict[Output, Book]
    findings: tuple[Diagnostic, ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file."""
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() - 1 for head in heads[1:]), len(text.rstrip("\n"))]
    return tuple(
        Case(head["title"], head["options"] or "", _parts(text[head.end() + 1 : end]))
        for head, end in zip(heads, ends, strict=True)
    )


def build_case(case: Case, root: Path) -> Built:
    """Write a case's book into a folder and take it through reading, parsing and resolving."""
    _write_files(case, root)
    try:
        edition: Edition = "leader" if case.option("edition", "") == "leader" else "reader"
        built = build_folder(root, edition)
    except BuildFailed as failure:
        return Built({}, in_order(failure.findings))
    if case.option("titles", "") == "checked":
        return built
    others = (finding for finding in built.findings if finding.code != "missing-title")
    return replace(built, findings=tuple(others))


def build_folder(root: Path, edition: Edition = "reader") -> Built:
    """Read, parse and resolve a book for both outputs."""
    read = read_manuscript(root)
    language = read.value.config.language
    words = words_of(language)
    manuscript = replace(read.value, config=in_edition(read.value.config, edition, words))
    drafts = [draft_chapter(file, converter_of(language)) for file in manuscript.files]
    findings = [*read.findings, *(each for draft in drafts for each in draft.findings)]
    withheld = manuscript.withheld(edition)
    kept = [draft.value for draft in drafts if draft.value.file.source.path not in withheld]
    books: dict[Output, Book] = {}
    outputs: tuple[Output, ...] = ("print", "epub")
    for output in outputs:
        surveys = [survey_chapter(draft, output, words, edition) for draft in kept]
        resolved = resolve_book(manuscript, [each.value for each in surveys], words)
        findings += (one for survey in surveys for one in survey.findings)
        findings += resolved.findings
        books[output] = resolved.value
    return Built(books, in_order(findings))


@cache
def converter_of(language: str) -> Converter:
    """One converter for each language: making one takes time."""
    return make_markdown(language)


def made_by(case: Case, built: Built) -> Case:
    """The case with what its book became in place of what was expected."""
    output: Output = "print" if case.option("output", "epub") == "print" else "epub"
    parts = [
        replace(part, text=_made(part.kind, built, output)) if part.kind in MADE else part
        for part in case.parts
    ]
    if built.findings and all(part.kind != "findings" for part in parts):
        parts.append(Part("findings", "", _made("findings", built, output)))
    return replace(case, parts=tuple(parts))


def _parts(text: str) -> tuple[Part, ...]:
    marks = [mark for mark in _PART.finditer(text) if mark["kind"] in (*MADE, *_FILES)]
    starts = [-1, *(mark.end() for mark in marks)]
    ends = [*(mark.start() - 1 for mark in marks), len(text)]
    names = [("file", MAIN), *((mark["kind"], mark["path"] or "") for mark in marks)]
    return tuple(
        Part(kind, path, text[start + 1 : max(start + 1, end)])
        for (kind, path), start, end in zip(names, starts, ends, strict=True)
    )


_FILES = ("file", "bytes", "image")


def _write_files(case: Case, root: Path) -> None:
    language = case.option("language", "en")
    config = f'title = "A Book"\nlanguage = "{language}"\n'
    (root / "book.toml").write_text(config, encoding="utf-8")
    for index, part in enumerate(case.parts):
        if part.kind not in _FILES or (not index and not part.text):
            continue
        path = root / part.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes_of(part))


def _bytes_of(part: Part) -> bytes:
    if part.kind == "bytes":
        return part.text.encode().decode("unicode_escape").encode("latin-1")
    if part.kind == "image":
        data = io.BytesIO()
        Image.new("L", (4, 3)).save(data, "PNG")
        return data.getvalue()
    return f"{part.text}\n".encode()


def _made(kind: str, built: Built, output: Output) -> str:
    if kind == "findings":
        return "\n".join(_written_finding(finding) for finding in built.findings)
    if output not in built.books:
        return ""
    book = built.books[output]
    if kind == "targets":
        return "\n".join(f"{anchor}: {book.targets[anchor].title}" for anchor in book.targets)
    if kind == "index":
        return "\n".join(_written_index(book))
    chapter = next(each.chapter for each in book.chapters if each.chapter.file.source.path == MAIN)
    if kind == "html":
        return inner_markup(chapter.body).strip("\n")
    return "\n".join(_written_notes(chapter) if kind == "notes" else _written_lists(chapter))


def _written_finding(finding: Diagnostic) -> str:
    head = f"{finding.severity}[{finding.code}] {finding.message}"
    if not finding.place:
        return f"{head}\n    = {finding.hint}"
    place = finding.place
    marks = " " * (place.column - 1) + "^" * place.length
    text = place.text.replace("\t", " ")
    source = f"    | {text}\n    | {marks}\n" if text.strip() else ""
    return f"{place} {head}\n{source}    = {finding.hint}"


def _written_notes(chapter: Chapter) -> Iterator[str]:
    for note in chapter.notes:
        yield f"{note.number} {note.anchor} {_position(note)} {inner_markup(note.body).strip()}"


def _written_index(book: Book) -> Iterator[str]:
    for group in book.index.groups:
        yield f"[{group.letter}]"
        yield from _written_entries(group.entries, "  ")


def _written_entries(entries: Iterable[IndexEntry], indent: str) -> Iterator[str]:
    for entry in entries:
        pages = (
            f"{'**' if each.is_main else ''}{each.anchor}{f'..{each.last}' if each.last else ''}"
            f"{'n' if each.is_in_note else ''}"
            for each in entry.locators
        )
        others = (("see", entry.sees), ("see also", entry.also))
        wanted = (f"({name} {one.anchor})" for name, found in others for one in found)
        yield " ".join((f"{indent}{entry.term}:", *pages, *wanted))
        yield from _written_entries(entry.entries, f"{indent}  ")


def _written_lists(chapter: Chapter) -> Iterator[str]:
    for checklist in chapter.checklists:
        mark = " (the chapter's)" if checklist.is_main else ""
        yield f'{checklist.anchor} {_position(checklist)} "{checklist.title}"{mark}'
        for element in checklist.intro:
            yield f"  {inner_markup(element).strip()}"
        yield from _written_items(checklist.items, "  ")


def _written_items(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        box = "x" if item.is_done else " "
        marks = "".join(f" @{name} {value}" for name, value in _marks(item) if value is not None)
        yield f"{indent}[{box}] {item.id} {_position(item)} {item.text}{marks}"
        yield from _written_items(item.items, f"{indent}  ")


def _marks(item: Item) -> tuple[tuple[str, int | None], ...]:
    marks = item.marks
    return (("week", marks.week), ("day", marks.day), ("minutes", marks.minutes))


def _position(thing: "Note | Item | object") -> str:
    place = getattr(thing, "place")  # noqa: B009
    return f"{place.line}:{place.column}"
