"""The marks of all chapters, sorted into one drawer an entry; ranges closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from builder.book import Numbered
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.index import IndexMark, Locator, Path


@dataclass(slots=True)
class Drawer:
    """All that the marks say of one entry, gathered as they come."""

    path: Path
    places: list[Place] = field(default_factory=list)
    locators: list[Locator] = field(default_factory=list)
    sees: dict[Path, Place] = field(default_factory=dict)
    also: dict[Path, Place] = field(default_factory=dict)
    sort: str = ""

    @property
    def name(self) -> str:
        """The entry as it is written."""
        return " > ".join(self.path)


def fill_drawers(marks: Iterable[tuple[Numbered, IndexMark]]) -> Outcome[Mapping[Path, Drawer]]:
    """The marks entry by entry; a range that is not closed stays a place, and is reported."""
    filing = _Filing()
    for numbered, mark in marks:
        for path in mark.paths:
            filing.put(path, numbered, mark)
    filing.findings += [_unmatched(path, mark) for path, (_, mark) in filing.opened.items()]
    return Outcome(filing.drawers, tuple(filing.findings))


class _Filing:
    """Puts marks into drawers, one after another."""

    def __init__(self) -> None:
        self.drawers: dict[Path, Drawer] = {}
        # A range that has begun: the number of its locator, and its mark.
        self.opened: dict[Path, tuple[int, IndexMark]] = {}
        self.findings: list[Diagnostic] = []

    def put(self, path: Path, numbered: Numbered, mark: IndexMark) -> None:
        """Put a mark into the drawer of one of its entries."""
        drawer = self._drawer(path, mark.place)
        drawer.sort = drawer.sort or mark.sort
        drawer.sees |= dict.fromkeys(mark.sees, mark.place)
        drawer.also |= dict.fromkeys(mark.also, mark.place)
        if not mark.anchor:
            return
        if mark.extent == "to":
            self._close(path, drawer, numbered, mark)
            return
        if mark.extent == "from":
            if path in self.opened:
                self.findings.append(_unmatched(path, self.opened[path][1]))
            self.opened[path] = (len(drawer.locators), mark)
        locator = Locator(
            numbered.id,
            mark.section,
            mark.anchor,
            is_main=mark.is_main,
            is_in_note=mark.is_in_note,
        )
        drawer.locators.append(locator)

    def _drawer(self, path: Path, place: Place) -> Drawer:
        """The drawer of an entry; those that it stands under have theirs as well."""
        for depth in range(1, len(path) + 1):
            drawer = self.drawers.setdefault(path[:depth], Drawer(path[:depth]))
            drawer.places.append(place)
        return drawer

    def _close(self, path: Path, drawer: Drawer, numbered: Numbered, mark: IndexMark) -> None:
        if path not in self.opened:
            self.findings.append(_unmatched(path, mark))
            return
        at, first = self.opened.pop(path)
        drawer.locators[at] = replace(
            drawer.locators[at],
            last=mark.anchor,
            last_chapter_id=numbered.id,
            is_main=first.is_main or mark.is_main,
            is_in_note=False,
        )


def _unmatched(path: Path, mark: IndexMark) -> Diagnostic:
    name = " > ".join(path)
    if mark.extent == "to":
        message = f'the end of a range that has not begun: "{name}"'
        hint = f'write where it begins: {{index="{name}" from}}'
    else:
        message = f'a range that is never closed: "{name}"'
        hint = f'write where it ends: {{index="{name}" to}}'
    return Diagnostic("unmatched-index-range", message, mark.place, hint)
