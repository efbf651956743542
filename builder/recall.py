"""A build that was done before: from the same input come the same files, at once.

Nothing heavy is imported until there is something to do.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import msgspec

from builder.cache import key
from builder.config import OutputName
from builder.diagnostics import Diagnostic
from builder.pool import WORTH_WORKERS, pool_for
from builder.request import Artifact, Clock, Progress, Report, Request
from builder.themes import font_packages, styles_folder
from builder.versions import citing_versions, engine_versions, judge_version, parsing_versions
from builder.write import write_all

# A book may show what is hidden, but not how it came about.
_HISTORY = frozenset((".git", ".hg", ".svn"))
# What a build writes, where that is into the folder of the book itself.
_MADE = (".pdf", ".epub")


class _Made(msgspec.Struct, frozen=True):
    kind: OutputName
    name: str
    pages: int | None
    digest: str
    size: int


class _Record(msgspec.Struct, frozen=True):
    made: tuple[_Made, ...]
    findings: tuple[Diagnostic, ...]


def build(request: Request, progress: Progress) -> Report:
    """Build what is asked for, or hand out what the same input made before.

    Raises ``BuildFailed`` and leaves the last good files alone.
    """
    clock = Clock()
    with clock.stage("recall"):
        name = f"build-{fingerprint(request)}"
        recalled = _recall(request, name)
    if recalled is not None:
        return replace(recalled, timings=clock.timings)
    with pool_for(request) as pool:
        if request.outputs != ("epub",) or _is_much_to_parse(request):
            pool.warm_up()
        # It takes its time, and meanwhile the workers import what they need.
        from builder.build import build_with

        report = build_with(pool, request, progress)
    # Where a file was changed meanwhile, nobody knows whether it was read before or after.
    if f"build-{fingerprint(request)}" == name:
        _remember(request, name, report)
    request.store.prune()
    return report


def _is_much_to_parse(request: Request) -> bool:
    """Whether this is a long book that the store knows nothing of."""
    if request.store.get(_mark_of(request.root)) is not None:
        return False
    texts = (path for path in _files(request.root, request.out) if path.suffix == ".md")
    return sum(path.stat().st_size for path in texts) >= WORTH_WORKERS


def _mark_of(root: Path) -> str:
    """What a store has where the book was built before."""
    return f"book-{key(str(root.resolve()))}"


def fingerprint(request: Request) -> str:
    """One name for everything that a build depends on."""
    asked = (
        request.outputs,
        request.strict,
        request.theme,
        request.checklists,
        request.booklet,
        request.epoch,
        request.edition,
        request.profile,
        judge_version() if request.validate else "",
    )
    parts = [engine_versions(), parsing_versions(), citing_versions(), repr(asked)]
    state = request.checklists.state
    if state is not None:
        parts.append(_digest_of(state))
    for path in _files(request.root, request.out):
        parts.append(path.relative_to(request.root).as_posix())
        parts.append(_digest_of(path))
    for path in (*_files(styles_folder(), request.out), *_fonts()):
        facts = path.stat()
        parts.append(f"{path.name} {facts.st_size} {facts.st_mtime_ns}")
    return key(*parts)


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """Every file of a folder in order, but what builds have written and its own history."""
    own = out.resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _HISTORY and (Path(place) / name).resolve() != own
        )
        is_own = Path(place).resolve() == own
        for name in sorted(files):
            path = Path(place) / name
            is_made = is_own and path.suffix in _MADE
            if not is_made and path.is_file():
                yield path


def _fonts() -> Iterator[Path]:
    """The font files of all themes."""
    for package in font_packages():
        spec = find_spec(package)
        if spec is not None and spec.origin:
            yield from sorted((Path(spec.origin).parent / "files").iterdir())


def _recall(request: Request, name: str) -> Report | None:
    data = request.store.get(name)
    if data is None:
        return None
    try:
        record = msgspec.msgpack.decode(data, type=_Record)
    except msgspec.DecodeError:
        return None
    files: dict[Path, list[bytes]] = {}
    artifacts = []
    for made in record.made:
        path = request.out / made.name
        artifacts.append(Artifact(made.kind, path, made.size, made.pages, made.digest))
        if _digest_of(path) != made.digest:
            content = request.store.get(f"output-{made.digest}")
            if content is None or hashlib.sha256(content).hexdigest() != made.digest:
                return None
            files[path] = [content]
    write_all(files)
    return Report(tuple(artifacts), record.findings, {})


def _digest_of(path: Path) -> str:
    """The SHA-256 of a file; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _remember(request: Request, name: str, report: Report) -> None:
    """Keep what was made; by now, another build may have written to the same files."""
    request.store.put(_mark_of(request.root), b"built")
    made = []
    for artifact in report.artifacts:
        digest = artifact.digest
        request.store.put_file(f"output-{digest}", artifact.path)
        made.append(_Made(artifact.kind, artifact.path.name, artifact.pages, digest, artifact.size))
    request.store.put(name, msgspec.msgpack.encode(_Record(tuple(made), report.findings)))
