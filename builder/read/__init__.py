"""A folder and its ``book.toml`` -> the manuscript: the files, decoded, in reading order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from builder.book import ChapterFile, Manuscript
from builder.config import CONFIG_NAME, parse_config
from builder.decode import decode
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, Place, has_errors
from builder.read.bibliography import read_bibliography
from builder.read.front_matter import parse_head
from builder.read.included import read_included
from builder.read.listing import Listing, list_files
from builder.read.roles import check_order, folder_id, id_of, in_order, kind_of, role_of


def read_manuscript(root: Path) -> Outcome[Manuscript]:
    """Read the book in ``root``; raises ``BuildFailed`` where its configuration is wrong."""
    try:
        source = decode((root / CONFIG_NAME).read_bytes(), CONFIG_NAME)
    except OSError:
        raise BuildFailed([_no_config(root)], exit_code=2) from None
    config = parse_config(source.value)
    found = (*source.findings, *config.findings)
    if config.value is None or has_errors(found):
        raise BuildFailed(found, exit_code=2)
    listed = list_files(root, config.value, source.value)
    read = [_read_file(root, listing) for listing in listed.value]
    files = _with_unique_ids([each.value for each in read if each.value])
    findings = [*found, *listed.findings, *(one for each in read for one in each.findings)]
    findings += _check_ids(files)
    if config.value.chapters:
        findings += check_order(files)
    else:
        files = in_order(files)
    sources = read_bibliography(root, config.value, source.value)
    if config.value.bibliography:
        files = tuple(replace(file, cites=True) for file in files)
    made = Manuscript(root, config.value, files, sources.value)
    return Outcome(made, (*findings, *sources.findings))


def _no_config(root: Path) -> Diagnostic:
    return Diagnostic(
        "no-book",
        f'no {CONFIG_NAME} in "{root}"',
        None,
        "name the book's folder with --book, or start one with: build-book new DIR",
    )


def _read_file(root: Path, listing: Listing) -> Outcome[ChapterFile | None]:
    try:
        data = (root / listing.path).read_bytes()
    except OSError as error:
        hint = "check the file's permissions"
        message = f"the file cannot be read: {error.strerror}"
        return Outcome(None, (Diagnostic("unreadable-file", message, Place(listing.path), hint),))
    decoded = decode(data, listing.path)
    head = parse_head(decoded.value)
    front = head.value.front_matter
    role = listing.role or front.role or role_of(listing.path)
    made = ChapterFile(
        decoded.value,
        front,
        role,
        kind_of(listing.path, role, front),
        front.id or id_of(listing.path),
        head.value.body_start,
        read_included(decoded.value, root),
    )
    return Outcome(made, (*decoded.findings, *head.findings))


def _with_unique_ids(files: Iterable[ChapterFile]) -> tuple[ChapterFile, ...]:
    """The same files; where two would have one id, their folders go in front of it.

    An id that the author gives stays as it is.
    """
    files = tuple(files)
    counts = Counter(file.id for file in files)
    taken = {file.id for file in files if file.front_matter.id}
    named = []
    for file in files:
        if not file.front_matter.id:
            name = file.id
            if counts[name] > 1:
                name = "-".join(part for part in (folder_id(file.source.path), name) if part)
            file = replace(file, id=_free(name, taken))
            taken.add(file.id)
        named.append(file)
    return tuple(named)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _check_ids(files: tuple[ChapterFile, ...]) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for file in files:
        if file.id in first:
            at = max(file.source.text.find(file.id, 0, file.body_start), 0)
            yield Diagnostic(
                "duplicate-id",
                f'two chapters have the id "{file.id}"',
                file.source.place(at, len(file.id)),
                f"the other is {first[file.id]}; give one another id in its front matter",
            )
        first.setdefault(file.id, file.source.path)
