"""A folder and its ``book.toml`` -> the manuscript: the files, decoded, in reading order."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.book import KINDS, ChapterFile, FrontMatter, Kind, Manuscript, Role
from builder.config import CONFIG_NAME, Config, ListedFile, parse_config
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, Place, Severity, has_errors
from builder.front_matter import parse_head
from builder.slugs import slug
from builder.source import Source

_FOLDER_ROLES: dict[str, Role] = {
    "front": "front",
    "frontmatter": "front",
    "front-matter": "front",
    "appendix": "appendix",
    "appendices": "appendix",
    "back": "back",
    "backmatter": "back",
    "back-matter": "back",
}
_MATTER_ORDER: dict[Role, int] = {"front": 0, "part": 1, "chapter": 1, "appendix": 2, "back": 3}
_PART_STEMS = ("part", "index", "readme")
_KIND_WORDS: dict[str, Kind] = {
    **{kind: kind for kind in KINDS if kind not in ("chapter", "part")},
    "acknowledgements": "acknowledgments",
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Listing:
    """A file to read, with the role that ``book.toml`` gives it, if any."""

    path: str
    role: Role | None


def read_manuscript(root: Path) -> Outcome[Manuscript]:
    """Read the book in ``root``; raises ``BuildFailed`` where its configuration is wrong."""
    config_file = root / CONFIG_NAME
    if not config_file.is_file():
        raise BuildFailed([_no_config(root)], exit_code=2)
    source = decode(config_file.read_bytes(), CONFIG_NAME)
    config = parse_config(source.value)
    found = (*source.findings, *config.findings)
    if config.value is None or has_errors(found):
        raise BuildFailed(found, exit_code=2)
    listed = _list_files(root, config.value, source.value)
    files, findings = [], [*found, *listed.findings]
    for listing in listed.value:
        read = _read_file(root, listing)
        findings += read.findings
        if read.value:
            files.append(read.value)
    named = _with_unique_ids(files)
    findings += _check_order(named) if config.value.chapters else ()
    ordered = named if config.value.chapters else _in_matter_order(named)
    return Outcome(Manuscript(root, config.value, ordered), tuple(findings))


def decode(data: bytes, path: str) -> Outcome[Source]:
    """The bytes of a file as text: UTF-8 with or without BOM, any line ends."""
    findings: list[Diagnostic] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8-sig", errors="replace")
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        before = data[:offset].decode("utf-8", errors="replace")
        clean = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1)
        findings.append(
            Diagnostic(
                "not-utf-8",
                f"the text is not UTF-8: byte 0x{data[offset]:02x} at byte offset {offset}",
                clean.place(clean.offset_of_line(line) + column),
                "save the file as UTF-8",
            )
        )
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    findings += _control_characters(source)
    return Outcome(source, tuple(findings))


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies in the book's folder."""
    return path.resolve().is_relative_to(root.resolve())


def _control_characters(source: Source) -> Iterator[Diagnostic]:
    for found in _CONTROL.finditer(source.text):
        yield Diagnostic(
            "control-character",
            f"control character U+{ord(found[0]):04X} in the text",
            source.place(found.start()),
            "delete it; it does not show in most editors",
        )


def _no_config(root: Path) -> Diagnostic:
    return Diagnostic(
        "no-book",
        f'no {CONFIG_NAME} in "{root}"',
        None,
        "name the book's folder with --book, or start one with: build-book new DIR",
    )


def _list_files(root: Path, config: Config, source: Source) -> Outcome[tuple[_Listing, ...]]:
    present = _markdown_files(root)
    if not config.chapters:
        if not present:
            raise BuildFailed([_no_chapters(source)], exit_code=1)
        return Outcome(tuple(_Listing(path, None) for path in present))
    listings, findings = [], []
    for entry in config.chapters:
        item = entry if isinstance(entry, ListedFile) else ListedFile(file=entry)
        problem = _problem_of(root, item.file, source, present, {each.path for each in listings})
        if problem:
            findings.append(problem)
        else:
            listings.append(_Listing(item.file, item.role))
    findings += _unlisted(present, {each.path for each in listings})
    return Outcome(tuple(listings), tuple(findings))


def _markdown_files(root: Path) -> tuple[str, ...]:
    paths = (
        path.relative_to(root)
        for path in root.rglob("*.md")
        if path.is_file() and is_inside(path, root)
    )
    visible = (
        path for path in paths if not any(part.startswith(("_", ".")) for part in path.parts)
    )
    return tuple(sorted((path.as_posix() for path in visible), key=_natural))


def _natural(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Sort key that puts 2 before 10, folder by folder, and a file before its namesakes."""
    return tuple(
        tuple(
            (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
            for piece in re.split(r"(\d+)", part)
            if piece
        )
        for part in PurePosixPath(path).parts
    )


def _problem_of(
    root: Path, path: str, source: Source, present: tuple[str, ...], seen: set[str]
) -> Diagnostic | None:
    offset = max(source.text.find(f'"{path}"'), source.text.find(f"'{path}'"), 0) + 1
    place = source.place(offset, len(path))
    if PurePosixPath(path).is_absolute() or not is_inside(root / path, root):
        hint = "move the file into the book's folder"
        return Diagnostic("outside-book", f'"{path}" leaves the book\'s folder', place, hint)
    if path in seen:
        return Diagnostic("duplicate-chapter", f'"{path}" is listed twice', place, "list it once")
    if not (root / path).is_file():
        near = difflib.get_close_matches(path, present, n=1)
        hint = f'did you mean "{near[0]}"?' if near else "create the file or take it off the list"
        return Diagnostic("missing-chapter", f'chapter not found: "{path}"', place, hint)
    return None


def _unlisted(present: Iterable[str], listed: set[str]) -> Iterator[Diagnostic]:
    for path in present:
        if path not in listed:
            yield Diagnostic(
                "unlisted-file",
                "the file is not in the list of chapters",
                Place(path),
                f'add "{path}" to chapters in {CONFIG_NAME}, or rename it to start with "_"',
                Severity.WARNING,
            )


def _no_chapters(source: Source) -> Diagnostic:
    return Diagnostic(
        "no-chapters", "the book has no chapters", source.place(0), "add a Markdown file (.md)"
    )


def _read_file(root: Path, listing: _Listing) -> Outcome[ChapterFile | None]:
    try:
        data = (root / listing.path).read_bytes()
    except OSError as error:
        hint = "check the file's permissions"
        message = f"the file cannot be read: {error.strerror}"
        return Outcome(None, (Diagnostic("unreadable-file", message, Place(listing.path), hint),))
    decoded = decode(data, listing.path)
    head = parse_head(decoded.value)
    front = head.value.front_matter
    role = listing.role or front.role or _role_of(listing.path)
    findings = (*decoded.findings, *head.findings)
    made = ChapterFile(
        decoded.value,
        front,
        role,
        _kind_of(listing.path, role, front),
        front.id or _id_of(listing.path),
        head.value.body_start,
    )
    return Outcome(made, findings)


def _role_of(path: str) -> Role:
    for folder in PurePosixPath(path).parts[:-1]:
        if role := _FOLDER_ROLES.get(folder.lower()):
            return role
    return "chapter"


def _stem(path: str) -> str:
    return re.sub(r"^\d+[-_. ]*(?=\D)", "", PurePosixPath(path).stem)


def _kind_of(path: str, role: Role, front: FrontMatter) -> Kind:
    if front.kind:
        return front.kind
    if role == "part":
        return "part"
    return _KIND_WORDS.get(slug(_stem(path)), "chapter")


def _id_of(path: str) -> str:
    pure = PurePosixPath(path)
    if slug(_stem(path)) in _PART_STEMS and len(pure.parts) > 1:
        return slug(pure.parent.name)
    return slug(_stem(path))


def _with_unique_ids(files: list[ChapterFile]) -> tuple[ChapterFile, ...]:
    """The same files; where two would have one id, their folders go in front of it."""
    counts = Counter(file.id for file in files)
    taken: Counter[str] = Counter()
    named = []
    for file in files:
        name = file.id
        if counts[name] > 1 and not file.front_matter.id:
            name = slug(f"{PurePosixPath(file.source.path).parent.name}-{name}") or name
        taken[name] += 1
        unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
        named.append(_renamed(file, unique))
    return tuple(named)


def _renamed(file: ChapterFile, name: str) -> ChapterFile:
    return ChapterFile(
        file.source, file.front_matter, file.role, file.kind, name, file.body_start
    )


def _in_matter_order(files: tuple[ChapterFile, ...]) -> tuple[ChapterFile, ...]:
    return tuple(sorted(files, key=lambda file: _MATTER_ORDER[file.role]))


def _check_order(files: tuple[ChapterFile, ...]) -> Iterator[Diagnostic]:
    highest = 0
    for file in files:
        rank = _MATTER_ORDER[file.role]
        if rank < highest:
            yield Diagnostic(
                "role-order",
                f'a file with the role "{file.role}" stands behind later matter',
                file.source.place(0),
                "the order is: front, parts and chapters, appendices, back",
            )
        highest = max(highest, rank)
