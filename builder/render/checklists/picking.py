"""Which chapters are printed: all that have lists, or those that are named."""

import difflib
from collections.abc import Iterable, Sequence

from builder.book import Book, Numbered
from builder.diagnostics import BuildFailed, Diagnostic
from builder.parse.boxes import EXERCISE
from builder.parse.tree import with_class


def lists_of(book: Book) -> tuple[Numbered, ...]:
    """The chapters that have a checklist, in order."""
    return tuple(each for each in book.chapters if each.chapter.checklists)


def pick_chapters(
    book: Book, only: Sequence[str], *, with_exercises: bool = False
) -> tuple[Numbered, ...]:
    """The chapters with checklists that are named by number, id, caption or title.

    One that has exercises alone can be named where they are printed. Raises ``BuildFailed``
    (exit code 2) with a finding for each name that fits none.
    """
    if not only:
        return lists_of(book)
    named = [each for each in book.chapters if any(_fits(each, name) for name in only)]
    picked = tuple(
        each
        for each in named
        if each.chapter.checklists or (with_exercises and has_exercises(each))
    )
    unknown = [name for name in only if not any(_fits(each, name) for each in picked)]
    if unknown:
        raise BuildFailed([_unknown(name, book, named) for name in unknown], exit_code=2)
    return picked


def has_exercises(numbered: Numbered) -> bool:
    """Whether there are exercises in a chapter."""
    return any(True for _ in with_class(numbered.chapter.body, EXERCISE))


def _fits(numbered: Numbered, name: str) -> bool:
    wanted = name.strip().casefold()
    names = (numbered.number, numbered.id, numbered.caption, numbered.title)
    return wanted in (each.casefold() for each in names if each)


def _unknown(name: str, book: Book, named: Iterable[Numbered]) -> Diagnostic:
    chapters = lists_of(book)
    bare = next((each for each in named if _fits(each, name)), None)
    if bare is not None:
        what = f'the chapter "{bare.full_title}" has no checklist'
        lists = ", ".join(each.id for each in chapters)
        hint = f"these have one: {lists}" if lists else "write one: - [ ] To do"
        if has_exercises(bare):
            hint = "print its exercises: build-book checklists --shape pages --exercises"
        return Diagnostic("unknown-chapter", what, None, hint)
    names = [each for one in chapters for each in (one.id, one.title, one.caption) if each]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f'did you mean "{near[0]}"?' if near else "name it by number, id or title"
    return Diagnostic(
        "unknown-chapter", f'no chapter with a checklist is called "{name}"', None, hint
    )
