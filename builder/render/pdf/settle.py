"""Page numbers: lay out, see where everything stands, lay out again what prints a stale number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.render.pdf.lay import Gathering, Sheet
from builder.render.pdf.plan import Run
from builder.resolve.numbers import roman

ROUNDS = 5
Lay = Callable[[Gathering], Sheet]


@dataclass(frozen=True, slots=True)
class Settled:
    """The sheets of a book in order, each with the folio of its first page, and all folios."""

    sheets: tuple[tuple[Run, Gathering, Sheet], ...]
    pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Round:
    sheets: tuple[tuple[Run, Gathering, Sheet], ...]
    pages: dict[str, str]


def settle(runs: Sequence[Run], css: tuple[str, ...], lay: Lay) -> Outcome[Settled]:
    """Lay out all runs until every page number that they print is right.

    A gathering that has not changed since the last round is not laid out again. Where the
    numbers do not come to rest, the last round stands and a finding says so.
    """
    known: dict[Gathering, Sheet] = {}
    pages: dict[str, str] = {}
    for _ in range(ROUNDS):
        made = _lay_round(runs, css, pages, known, lay)
        if made.pages == pages:
            return Outcome(Settled(made.sheets, made.pages), _findings(made))
        known = {gathering: sheet for _, gathering, sheet in made.sheets}
        pages = made.pages
    restless = Diagnostic(
        "unsettled-pages",
        "the page numbers do not come to rest",
        None,
        "a reference moves its own target from page to page; reword the text near it",
        Severity.WARNING,
    )
    return Outcome(Settled(made.sheets, made.pages), (*_findings(made), restless))


def _lay_round(
    runs: Sequence[Run],
    css: tuple[str, ...],
    pages: Mapping[str, str],
    known: Mapping[Gathering, Sheet],
    lay: Lay,
) -> _Round:
    sheets, folios = [], {}
    folio, matter = 1, "front"
    for run in runs:
        if matter == "front" and run.matter == "main":
            folio, matter = 1, "main"
        side = "right" if run.starts == "right" or folio % 2 else "left"
        if side == "right" and folio % 2 == 0:
            folio += 1
        gathering = Gathering(run.id, run.html(pages), css, folio, side)
        sheet = known.get(gathering) or lay(gathering)
        sheets.append((run, gathering, sheet))
        for anchor, spot in sheet.anchors.items():
            number = folio + spot.page
            folios[anchor] = roman(number).lower() if matter == "front" else str(number)
        folio += len(sheet.pages)
    return _Round(tuple(sheets), folios)


def _findings(made: _Round) -> tuple[Diagnostic, ...]:
    return tuple(finding for _, _, sheet in made.sheets for finding in sheet.findings)
