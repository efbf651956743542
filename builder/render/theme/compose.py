"""The sheets of a theme and the author's own rules -> the CSS of each output."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from builder.diagnostics import Diagnostic
from builder.render.theme.css import Rule, check_css, parse_css
from builder.render.theme.media import Sheet, check_media, rules_for
from builder.render.theme.variables import Filler, Variable, unused, variables_of
from builder.source import Source

SHEETS: tuple[Sheet, ...] = get_args(Sheet)


@dataclass(frozen=True, slots=True)
class Composed:
    """The CSS of one output, and the variables that were put in."""

    css: str
    variables: Mapping[str, Variable]
    filler: Filler


def compose(sources: Mapping[Sheet, Sequence[Source]]) -> dict[Sheet, Composed]:
    """The CSS of each output from its sheets, what comes later over what came before."""
    rules = {source: parse_css(source) for source in _every(sources)}
    return {
        sheet: _compose(sheet, [rule for source in group for rule in rules[source]])
        for sheet, group in sources.items()
    }


def check(
    sources: Mapping[Sheet, Sequence[Source]], made: Iterable[Composed], own: Iterable[Source]
) -> Iterator[Diagnostic]:
    """What is wrong in the sheets, and which variables of the author's ``own`` are of no use."""
    for source in _every(sources):
        yield from check_css(source)
        yield from check_media(source)
    fillers = [each.filler for each in made]
    for filler in fillers:
        yield from filler.findings
    used = {name for filler in fillers for name in filler.used}
    theirs = {source.path for source in own}
    variables = (each for composed in made for each in composed.variables.values())
    yield from unused((each for each in variables if each.source.path in theirs), used)


def _compose(sheet: Sheet, rules: Sequence[Rule]) -> Composed:
    kept = tuple(rules_for(sheet, rules))
    variables = variables_of(kept)
    filler = Filler(variables)
    return Composed(filler.write(kept), variables, filler)


def _every(sources: Mapping[Sheet, Sequence[Source]]) -> tuple[Source, ...]:
    """Each source once."""
    return tuple(dict.fromkeys(source for group in sources.values() for source in group))
