"""Page numbers: lay out, see where everything stands, lay out again what prints a stale number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from builder.cache import key
from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.render.pdf.gathering import Gathering, Html, Sheet
from builder.render.pdf.plan import Run
from builder.render.theme.sides import going_on
from builder.resolve.numbers import roman

ROUNDS = 5
_FIRST = (1, "right")
LayAll = Callable[[Sequence[Gathering]], Sequence[Sheet]]
# Given a name and a way to make them, the bytes of that name: a store may stand between.
Keep = Callable[[str, Callable[[], bytes]], bytes]


def make_each_time(_: str, make: Callable[[], bytes]) -> bytes:
    """Keep nothing."""
    return make()


@dataclass(frozen=True, slots=True)
class Placed:
    """A run laid out: its sheet, the number of its first page, and whether a blank comes before."""

    run: Run
    gathering: Gathering
    sheet: Sheet
    folio: int
    has_blank_before: bool


@dataclass(frozen=True, slots=True)
class Guess:
    """How the numbers came out before: folios of anchors; first number and side of each run."""

    folios: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """The runs of a book in order, and the folio of each anchor as printed."""

    placed: tuple[Placed, ...]
    folios: Mapping[str, str]

    @property
    def guess(self) -> Guess:
        """What the next build may begin with."""
        starts = {each.run.id: (each.folio, _side(each)) for each in self.placed}
        return Guess(dict(self.folios), starts)


def settle(
    runs: Sequence[Run],
    css: tuple[str, ...],
    lay_all: LayAll,
    *,
    with_furniture: bool = False,
    estimate: Mapping[str, str] = MappingProxyType({}),
    guess: Guess | None = None,
    keep: Keep = make_each_time,
) -> Outcome[Settled]:
    """Lay out all runs until every page number that they print is right.

    The rounds begin with an ``estimate`` of the folios that depends on the book alone, and
    so does the outcome. With the outcome of the last build as a ``guess``, what the later
    rounds will most likely want is laid out beside the first. Where the numbers do not come
    to rest, the last round stands and a finding says so. Folios are part of a gathering only
    ``with_furniture`` inside it. The HTML of runs is kept by ``keep``.
    """
    rounds = _Rounds(runs, css, with_furniture, keep)
    gatherings = rounds.gather(estimate, [_FIRST] * len(runs))
    guess = guess or Guess(estimate)
    guessed = rounds.gather(guess.folios, [guess.starts.get(run.id, _FIRST) for run in runs])
    extra = [each for each in guessed if each not in gatherings]
    for _ in range(ROUNDS):
        sheets = lay_all([*gatherings, *extra])[: len(runs)]
        extra = []
        placed = _place(runs, gatherings, sheets)
        folios = _folios(placed)
        wanted = rounds.gather(folios, [(each.folio, _side(each)) for each in placed])
        if wanted == gatherings:
            return Outcome(Settled(placed, folios), _findings(placed))
        gatherings = wanted
    restless = Diagnostic(
        "unsettled-pages",
        "the page numbers do not come to rest",
        None,
        "a reference moves its own target from page to page; reword the text near it",
        Severity.WARNING,
    )
    return Outcome(Settled(placed, folios), (*_findings(placed), restless))


def folio_of(placed: Placed, page: int) -> str:
    """The folio of a page of a run, from 0: roman in front matter, else arabic."""
    number = placed.folio + page
    return str(number) if placed.run.matter == "main" else roman(number).lower()


class _Rounds:
    """Makes the gatherings of each round; a run is filled in anew only where its numbers change."""

    def __init__(
        self, runs: Sequence[Run], css: tuple[str, ...], with_furniture: bool, keep: Keep
    ) -> None:
        self._going_on = tuple(map(going_on, css)) if any(run.goes_on for run in runs) else ()
        self._runs, self._css, self._with_furniture, self._keep = runs, css, with_furniture, keep
        self._html: dict[tuple[str, tuple[str | None, ...]], Html] = {}

    def gather(
        self, folios: Mapping[str, str], starts: Sequence[tuple[int, str]]
    ) -> list[Gathering]:
        """The gathering of each run for these folios, opening on these pages and sides."""
        return [
            Gathering(
                run.id,
                self._fill(run, folios),
                self._going_on if run.goes_on else self._css,
                side,
                folio if self._with_furniture else 0,
            )
            for run, (folio, side) in zip(self._runs, starts, strict=True)
        ]

    def _fill(self, run: Run, folios: Mapping[str, str]) -> Html:
        printed = (
            run.id,
            (
                *(folios.get(anchor) for anchor in sorted(run.prints)),
                *(_shape(folios.get(anchor)) for anchor in sorted(run.measures)),
            ),
        )
        if printed not in self._html:
            self._html[printed] = self._html_of(run, folios, repr(printed))
        return self._html[printed]

    def _html_of(self, run: Run, folios: Mapping[str, str], printed: str) -> Html:
        if not run.depends:
            return Html.of(run.html(folios))
        name = key(run.depends, printed)

        def read() -> bytes:
            return self._keep(name, lambda: run.html(folios).encode())

        digest = self._keep(f"digest-{name}", lambda: sha256(read()).hexdigest().encode())
        return Html(digest.decode(), read)


def _shape(folio: str | None) -> str | None:
    """All that the layout knows of an arabic folio is how many digits it has."""
    return "0" * len(folio) if folio and folio.isdecimal() else folio


def _place(
    runs: Sequence[Run], gatherings: Sequence[Gathering], sheets: Sequence[Sheet]
) -> tuple[Placed, ...]:
    placed = []
    folio, matter = 1, "front"
    for run, gathering, sheet in zip(runs, gatherings, sheets, strict=True):
        if matter == "front" and run.matter == "main":
            has_blank, folio, matter = folio % 2 == 0, 1, "main"
        else:
            has_blank = run.starts == "right" and folio % 2 == 0
            folio += has_blank
        placed.append(Placed(run, gathering, sheet, folio, has_blank))
        folio += len(sheet.kinds)
    return tuple(placed)


def _side(placed: Placed) -> str:
    return "left" if placed.run.starts == "any" and placed.folio % 2 == 0 else "right"


def _folios(placed: Sequence[Placed]) -> dict[str, str]:
    folios = {}
    for each in placed:
        for anchor, spot in each.sheet.anchors.items():
            folios[anchor] = folio_of(each, spot.page)
    return folios


def _findings(placed: Sequence[Placed]) -> tuple[Diagnostic, ...]:
    return tuple(finding for each in placed for finding in each.sheet.findings)
