"""The press: sheets and furniture from the store where nothing changed, else laid out now."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import msgspec

from builder.cache import Store, key
from builder.kept import recall, retain
from builder.pool import Job, Pool
from builder.render.pdf.gathering import Dress, Furniture, Gathering, Sheet, thrifty
from builder.render.pdf.setup import Setup, font_digests, font_setup
from builder.render.pdf.worker import pack_setup, run_dress, run_lay
from builder.request import Progress
from builder.versions import engine_versions
from builder.workers import Work

J = TypeVar("J", Gathering, Furniture)
R = TypeVar("R", Sheet, Dress)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[R]):
    """One kind of job: what progress calls it, its work, and the type of its result."""

    name: str
    work: Work
    result: type[R]


_LAY = _Kind("lay out", run_lay, Sheet)
_DRESS = _Kind("page furniture", run_dress, Dress)


class Press:
    """Lays out gatherings and furniture for one book; ``laid`` names the gatherings it did.

    ``counts`` is what progress calls them, ``complaints`` what the engine said of style sheets,
    ``store`` where all that was made is kept.

    What was laid out before comes from the store, while everything it depends on is as it
    was; the rest is run by the pool. ``versions`` are those of the engine.
    """

    def __init__(
        self, setup: Setup, store: Store, pool: Pool, progress: Progress, versions: str = ""
    ) -> None:
        self.laid: list[str] = []
        self.counts = "chapters"
        self.complaints: dict[str, None] = {}
        self.store, self._pool, self._progress = store, pool, progress
        self._set_up = setup
        self._versions = versions or engine_versions()
        self._stack = ExitStack()
        # What the store did not keep, and the fonts of the sheets in use.
        self._records: dict[str, bytes] = {}
        self._fonts: dict[str, bytes] = {}

    def __enter__(self) -> "Press":
        """The press, with its fonts set up."""
        self._packed = pack_setup(self._stack.enter_context(font_setup(self._set_up)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete the set-up of the fonts, when no worker uses it any more."""
        if kind is not None:
            self._pool.stop()
        self._stack.__exit__(kind, error, trace)

    def lay_all(self, gatherings: Sequence[Gathering]) -> tuple[Sheet, ...]:
        """The sheet of each gathering."""
        return self._all(_LAY, gatherings, self._recall_sheet, self._remember_sheet)

    def lay_alone(self, gathering: Gathering) -> Sheet:
        """The sheet of one that is no progress to speak of: a blank page, a list to be divided."""
        return self._all(_LAY, [gathering], self._recall_sheet, self._remember_sheet, silent=True)[
            0
        ]

    def dress_all(self, furniture: Sequence[Furniture]) -> tuple[Dress, ...]:
        """The furniture of each gathering."""
        return self._all(_DRESS, furniture, self._recall_dress, self._remember_dress)

    def part_key(self, gathering: Gathering, sheet: Sheet) -> str:
        """One name for the objects of a gathering that was laid out with the files it served."""
        return _with_files(self._key(_LAY.name, gathering.depends), sheet.served)

    def records(self, gathering: Gathering, sheet: Sheet) -> bytes:
        """The objects of a gathering that was laid out."""
        name = self.part_key(gathering, sheet)
        data = self._records.get(name) or self.store.get(name)
        if data is None:
            job = Job(gathering.id, gathering.job)
            (made,) = self._pool.run(_LAY.work, self._packed, [job])
            data = msgspec.msgpack.decode(made, type=Sheet).records
        return zlib.decompress(data)

    def keep(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under a name for this engine, made now where there are none."""
        name = key(self._versions, name)
        data = self.store.get(name)
        if data is None:
            data = make()
            self.store.put(name, data)
        return data

    def font_bytes(self, digest: str) -> bytes:
        """A font by its SHA-256: one of the theme's, or one that came with a sheet."""
        if path := self._theme_fonts.get(digest):
            return path.read_bytes()
        return self._fonts[digest]

    @cached_property
    def _theme_fonts(self) -> Mapping[str, Path]:
        return font_digests(self._set_up.font_folders)

    @cached_property
    def _depends(self) -> str:
        """What every job depends on: versions, and the fonts that there are to choose from."""
        return key(
            self._versions, *self._set_up.generics, *self._set_up.themes, *sorted(self._theme_fonts)
        )

    def _key(self, kind: str, data: bytes) -> str:
        return key(kind, self._depends, data)

    def _all(
        self,
        kind: _Kind[R],
        wanted: Sequence[J],
        recall: Callable[[str], R | None],
        remember: Callable[[str, R], R],
        *,
        silent: bool = False,
    ) -> tuple[R, ...]:
        names = [self._key(kind.name, each.depends) for each in wanted]
        found = {name: made for name in dict.fromkeys(names) if (made := recall(name)) is not None}
        jobs = {
            name: Job(each.id, each.job)
            for name, each in zip(names, wanted, strict=True)
            if name not in found
        }
        todo = sorted(jobs, key=lambda name: -len(jobs[name].data))
        results = self._pool.run(kind.work, self._packed, [jobs[name] for name in todo])
        tell = _ignore if silent else self._progress
        if todo:
            tell(kind.name, 0, len(todo), self.counts)
        pages = 0
        for done, (name, data) in enumerate(zip(todo, results, strict=True), start=1):
            found[name] = remember(name, msgspec.msgpack.decode(data, type=kind.result))
            if kind is _LAY:
                self.laid.append(jobs[name].name)
            pages += found[name].pages
            tell(kind.name, done, len(todo), f"{self.counts}, {_page_count(pages)}")
        for name in dict.fromkeys(names):
            self.complaints |= dict.fromkeys(found[name].complaints)
        return tuple(found[name] for name in names)

    def _recall_sheet(self, name: str) -> Sheet | None:
        sheet = self._recall(name, Sheet)
        return thrifty(sheet) if sheet else None

    def _recall_dress(self, name: str) -> Dress | None:
        return self._recall(name, Dress)

    def _recall(self, name: str, kind: type[R]) -> R | None:
        """What was made with the files as they are now, if its fonts are there."""
        paths = recall(self.store, name, tuple[str, ...])
        if paths is None:
            return None
        served = tuple((path, self._digest(path)) for path in paths)
        made = recall(self.store, _result_name(name, served), kind)
        return made if made and all(self._has_font(use.file) for use in made.fonts) else None

    def _digest(self, path: str) -> str:
        """The SHA-256 of a file of the book; nothing where there is none."""
        try:
            return sha256((self._set_up.root / path).read_bytes()).hexdigest()
        except OSError:
            return ""

    def _has_font(self, digest: str) -> bool:
        if digest in self._theme_fonts or digest in self._fonts:
            return True
        data = self.store.get(f"font-{digest}")
        if data is not None:
            self._fonts[digest] = data
        return data is not None

    def _remember_sheet(self, name: str, sheet: Sheet) -> Sheet:
        """Keep a sheet; what comes back is without what is only wanted when it is bound."""
        records = _with_files(name, sheet.served)
        if not self.store.put(records, sheet.records):
            self._records[records] = sheet.records
        self._remember_fonts(sheet.font_files)
        slim = replace(sheet, records=b"", font_files={})
        self._retain(name, sheet.served, slim)
        return thrifty(slim)

    def _remember_dress(self, name: str, dress: Dress) -> Dress:
        self._remember_fonts(dress.font_files)
        slim = replace(dress, font_files={})
        self._retain(name, dress.served, slim)
        return slim

    def _retain(self, name: str, served: tuple[tuple[str, str], ...], made: Sheet | Dress) -> None:
        """Keep what was made beside what was made with other files."""
        retain(self.store, name, tuple(path for path, _ in served))
        retain(self.store, _result_name(name, served), made)

    def _remember_fonts(self, files: Mapping[str, bytes]) -> None:
        for digest, data in files.items():
            self._fonts[digest] = data
            self.store.put(f"font-{digest}", data)


def _page_count(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _ignore(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return


def _with_files(name: str, served: tuple[tuple[str, str], ...]) -> str:
    """The name of a job together with the state of all files that it was served."""
    return key(name, msgspec.msgpack.encode(served))


def _result_name(name: str, served: tuple[tuple[str, str], ...]) -> str:
    return f"result-{_with_files(name, served)}"
