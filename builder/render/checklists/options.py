"""What is asked of the checklists: the command line over ``book.toml``, contradictions found."""

from collections.abc import Iterator
from dataclasses import replace

from builder.config import ChecklistOptions
from builder.diagnostics import BuildFailed, Diagnostic
from builder.request import ChecklistsAsked

# The shapes that have room for exercises.
EXERCISE_SHAPES = frozenset(("pages", "booklet"))
_LARGER_SHEETS = frozenset(("fold", "booklet"))
_TWO_SIDED = frozenset(("cards", "booklet"))


def settle_options(asked: ChecklistsAsked, table: ChecklistOptions) -> ChecklistOptions:
    """The options that hold: what is asked for, else what the table says.

    Raises ``BuildFailed`` (exit code 2) where something is asked for that no shape of the
    outcome can give.
    """
    options = replace(
        table,
        shapes=tuple(dict.fromkeys(asked.shapes)) or table.shapes,
        paper=table.paper if asked.paper is None else asked.paper,
        per_sheet=table.per_sheet if asked.per_sheet is None else asked.per_sheet,
        duplex=table.duplex if asked.duplex is None else asked.duplex,
        large_print=table.large_print if asked.large_print is None else asked.large_print,
        ink_saver=table.ink_saver if asked.ink_saver is None else asked.ink_saver,
        weeks=table.weeks if asked.weeks is None else asked.weeks,
        exercises=table.exercises if asked.exercises is None else asked.exercises,
        fillable=table.fillable if asked.fillable is None else asked.fillable,
    )
    findings = [*_check(asked, options)]
    if findings:
        raise BuildFailed(findings, exit_code=2)
    return options


def _check(asked: ChecklistsAsked, options: ChecklistOptions) -> Iterator[Diagnostic]:
    yield from _check_shapes(asked, options)
    if options.paper == "a5":
        yield from _check_small_paper(options)
    if options.large_print and "fold" in options.shapes and options.paper in ("a4", "letter"):
        message = f"large print is too large for a sheet of {options.paper.upper()} in eight panels"
        yield Diagnostic("senseless-option", message, None, "take larger paper: --paper a3")


def _check_shapes(asked: ChecklistsAsked, options: ChecklistOptions) -> Iterator[Diagnostic]:
    if asked.per_sheet == 2 and not {"pages", "planner"} & {*options.shapes}:
        message = "only the shapes pages and planner come two on a sheet"
        yield Diagnostic("senseless-option", message, None, "add --shape pages")
    if asked.duplex and _TWO_SIDED.isdisjoint(options.shapes):
        message = "only the shapes cards and booklet are printed on both sides"
        yield Diagnostic("senseless-option", message, None, "add --shape cards")
    if asked.exercises and EXERCISE_SHAPES.isdisjoint(options.shapes):
        message = "only the shapes pages and booklet have room for exercises"
        yield Diagnostic("senseless-option", message, None, "add --shape pages")
    if asked.weeks and "planner" not in options.shapes:
        message = "only the planner spreads tasks over weeks"
        yield Diagnostic("senseless-option", message, None, "add --shape planner")


def _check_small_paper(options: ChecklistOptions) -> Iterator[Diagnostic]:
    """What would be too small to write on if it were made from sheets of A5."""
    if options.per_sheet == 2:
        message = "two pages on a sheet of A5 are too small to write on"
        hint = "print two A5 pages on a sheet of A4: --per-sheet 2 --paper a4"
        yield Diagnostic("senseless-option", message, None, hint)
    for shape in options.shapes:
        if shape in _LARGER_SHEETS or (shape == "cards" and options.large_print):
            message = f"the shape {shape} needs larger sheets than A5"
            yield Diagnostic(
                "senseless-option", message, None, "take A4 and fold or cut it: --paper a4"
            )
