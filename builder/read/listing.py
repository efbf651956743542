"""Which files make the book, and in which order: the list in ``book.toml``, or the folder's."""

import difflib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.book import Role
from builder.config import CONFIG_NAME, Config, ListedFile
from builder.config.keys import toml_spans
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, Place, Severity
from builder.paths import is_inside
from builder.read.roles import opens_folder
from builder.source import Source

_ENDING = ".md"


@dataclass(frozen=True, slots=True)
class Listing:
    """A file to read, with the role that ``book.toml`` gives it, if any."""

    path: str
    role: Role | None = None


def list_files(root: Path, config: Config, source: Source) -> Outcome[tuple[Listing, ...]]:
    """The files in the order of ``book.toml``, else by name; ``BuildFailed`` if there are none."""
    present = tuple(_markdown_files(root))
    inside = tuple(path for path in present if is_inside(root / path, root))
    if config.chapters:
        return _listed(root, config, source, inside)
    if not inside:
        raise BuildFailed([_no_chapters(source)])
    outside = (_leaves(path, Place(path)) for path in present if path not in inside)
    return Outcome(tuple(Listing(path) for path in inside), tuple(outside))


def _markdown_files(root: Path) -> Iterator[str]:
    paths = (path.relative_to(root) for path in root.rglob(f"*{_ENDING}") if _is(path.is_file))
    visible = (
        path.as_posix()
        for path in paths
        if not any(part.startswith(("_", ".")) for part in path.parts)
    )
    yield from sorted(visible, key=_natural)


def _natural(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Sort key that puts 2 before 10, folder by folder, and what opens a folder first."""
    pure = PurePosixPath(path)
    is_first = opens_folder(path) and not pure.name[:1].isdigit()
    parts = (*pure.parts[:-1], "" if is_first else pure.name)
    return tuple(
        tuple(
            (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
            for piece in re.split(r"(\d+)", part)
            if piece
        )
        for part in parts
    )


def _is(what: Callable[[], bool]) -> bool:
    """Whether a path is a file or folder; one that nothing can have is not."""
    try:
        return what()
    except (OSError, ValueError):
        # The name is too long, or has a NUL in it.
        return False


def _listed(
    root: Path, config: Config, source: Source, present: tuple[str, ...]
) -> Outcome[tuple[Listing, ...]]:
    listings: dict[str, Listing] = {}
    findings: list[Diagnostic] = []
    spans = toml_spans(source.text)
    for index, entry in enumerate(config.chapters):
        item = entry if isinstance(entry, ListedFile) else ListedFile(file=entry)
        key = ("chapters", index) if isinstance(entry, str) else ("chapters", index, "file")
        place = spans.value_place(source, key)
        path = posixpath.normpath(item.file)
        if problem := _problem_of(root, path, place, present, listings):
            findings.append(problem)
        else:
            listings[path] = Listing(path, item.role)
    return Outcome(tuple(listings.values()), (*findings, *_unlisted(present, listings)))


def _problem_of(
    root: Path, path: str, place: Place, present: tuple[str, ...], listed: Iterable[str]
) -> Diagnostic | None:
    if path in listed:
        return Diagnostic("duplicate-chapter", f'"{path}" is listed twice', place, "list it once")
    if PurePosixPath(path).is_absolute() or not is_inside(root / path, root):
        return _leaves(path, place)
    if not _is((root / path).is_file):
        near = difflib.get_close_matches(path, present, n=1)
        hint = f'did you mean "{near[0]}"?' if near else "create the file or take it off the list"
        if _is((root / path).is_dir):
            hint = "name the files in the folder, each by itself"
        return Diagnostic("missing-chapter", f'chapter not found: "{path}"', place, hint)
    if not path.endswith(_ENDING):
        hint = f'chapters are Markdown files, with names that end in "{_ENDING}"'
        return Diagnostic("not-markdown", f'not a chapter: "{path}"', place, hint)
    return None


def _leaves(path: str, place: Place) -> Diagnostic:
    return Diagnostic(
        "outside-book",
        f'chapter leaves the book\'s folder: "{path}"',
        place,
        "move the file into the book's folder",
    )


def _unlisted(present: Iterable[str], listed: Iterable[str]) -> Iterator[Diagnostic]:
    for path in present:
        if path not in listed:
            yield Diagnostic(
                "unlisted-file",
                f'the file is not in the list of chapters: "{path}"',
                Place(path),
                f'add "{path}" to chapters in {CONFIG_NAME}, or begin its name with "_"',
                Severity.WARNING,
            )


def _no_chapters(source: Source) -> Diagnostic:
    return Diagnostic(
        "no-chapters", "the book has no chapters", source.place(0), "add a Markdown file (.md)"
    )
