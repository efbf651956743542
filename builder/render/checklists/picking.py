"""Which chapters are printed: all that have lists, or those that are named."""

import difflib
from collections.abc import Iterable, Sequence

from builder.book import Book, Numbered
from builder.diagnostics import BuildFailed, Diagnostic


def lists_of(book: Book) -> tuple[Numbered, ...]:
    """The chapters that have a checklist, in order."""
    return tuple(each for each in book.chapters if each.chapter.checklists)


def pick_chapters(book: Book, only: Sequence[str]) -> tuple[Numbered, ...]:
    """The chapters with checklists that are named by number, id, caption or title.

    Raises ``BuildFailed`` (exit code 2) with a finding for each name that fits none.
    """
    chapters = lists_of(book)
    if not only:
        return chapters
    unknown = [name for name in only if not any(_fits(each, name) for each in chapters)]
    if unknown:
        raise BuildFailed([_unknown(name, chapters) for name in unknown], exit_code=2)
    return tuple(each for each in chapters if any(_fits(each, name) for name in only))


def _fits(numbered: Numbered, name: str) -> bool:
    wanted = name.strip().casefold()
    names = (numbered.number, numbered.id, numbered.caption, numbered.title)
    return wanted in (each.casefold() for each in names if each)


def _unknown(name: str, chapters: Iterable[Numbered]) -> Diagnostic:
    names = [each for one in chapters for each in (one.id, one.title, one.caption) if each]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f'did you mean "{near[0]}"?' if near else "name it by number, id or title"
    return Diagnostic(
        "unknown-chapter", f'no chapter with a checklist is called "{name}"', None, hint
    )
