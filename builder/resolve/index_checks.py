"""What is wrong with an index: references to nothing, entries that differ by an accent alone."""

import difflib
from collections.abc import Iterable, Iterator, Sequence

from builder.book import Chapter
from builder.diagnostics import Diagnostic, Place, Severity
from builder.index import IndexMark, Path
from builder.resolve.collation import Collation
from builder.resolve.index_drawers import Drawer


def check_entries(drawers: Sequence[Drawer], collation: Collation) -> Iterator[Diagnostic]:
    """What the entries say of each other that cannot be."""
    named = {drawer.path: drawer for drawer in drawers}
    for drawer in drawers:
        for wanted, place in {**drawer.sees, **drawer.also}.items():
            if wanted not in named or wanted == drawer.path:
                others = [" > ".join(path) for path in named if path != drawer.path]
                yield _unknown_entry(wanted, place, others)
            elif named[wanted].sees and not named[wanted].locators:
                yield _sends_on(named[wanted], place)
        if drawer.sees and drawer.locators:
            yield Diagnostic(
                "index-see-and-pages",
                f'"{drawer.name}" has pages, and says to look elsewhere instead',
                next(iter(drawer.sees.values())),
                "write also= in place of see=, or take its other marks away",
                Severity.WARNING,
            )
    yield from _check_likeness(drawers, collation)


def check_pages(homes: Sequence[Chapter], marks: Iterable[IndexMark]) -> Iterator[Diagnostic]:
    """An index without marks, marks without an index, and a second index."""
    first = next(iter(marks), None)
    if first and not homes:
        yield Diagnostic(
            "no-index",
            "the text has marks for an index, and the book has none",
            first.place,
            'add a file back/index.md with the line "# Index"',
            Severity.NOTE,
        )
    for home in homes[1:] if first else homes:
        place = home.file.source.place(home.file.body_start)
        if first:
            hint = f"the first is {homes[0].file.source.path}; name this file otherwise"
            yield Diagnostic("second-index", "a second index", place, hint)
        else:
            hint = "mark words in the text: [pump]{index}"
            message = "the index is empty: nothing in the text is marked for it"
            yield Diagnostic("empty-index", message, place, hint, Severity.WARNING)


def _unknown_entry(wanted: Path, place: Place, names: Sequence[str]) -> Diagnostic:
    name = " > ".join(wanted)
    near = difflib.get_close_matches(name, names, n=1)
    return Diagnostic(
        "unknown-index-entry",
        f'the index has no entry "{name}" to look at',
        place,
        f'did you mean "{near[0]}"?' if near else "name an entry that has pages",
    )


def _sends_on(drawer: Drawer, place: Place) -> Diagnostic:
    (first, *_) = drawer.sees
    return Diagnostic(
        "unknown-index-entry",
        f'the entry "{drawer.name}" has no pages, and sends on to "{" > ".join(first)}"',
        place,
        "name an entry that has pages",
    )


def _check_likeness(drawers: Iterable[Drawer], collation: Collation) -> Iterator[Diagnostic]:
    seen: dict[Path, Drawer] = {}
    for drawer in drawers:
        key = tuple(collation.folded(name) for name in drawer.path)
        first = seen.setdefault(key, drawer)
        if all(key) and first is not drawer:
            plainest = drawer if drawer.name == drawer.name.lower() else first
            yield Diagnostic(
                "similar-index-entries",
                f'"{drawer.name}" and "{first.name}" are two entries of the index',
                drawer.places[0],
                f'if they should be one, write {{index="{plainest.name}"}}',
                Severity.WARNING,
            )
