"""Families of fonts that the author's own rules name in a variable, and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import tinycss2

from builder.diagnostics import Place
from builder.render.theme.css import Node, first_family, parse_css, place_of
from builder.render.theme.variables import Variable
from builder.source import Source

_FONT = "-font"
# What CSS itself knows (CSS Fonts Level 4, 2.1.3), and what stands for any value.
_GENERIC = frozenset(
    "serif sans-serif monospace cursive fantasy system-ui math inherit initial unset".split()
)


@dataclass(frozen=True, slots=True)
class WantedFamily:
    """A family of fonts that is asked for, and the place that asks for it."""

    name: str
    place: Place


def wanted_families(
    variables: Iterable[Variable], own: Sequence[Source]
) -> tuple[WantedFamily, ...]:
    """The families in variables of the author's own sheets, but for those they declare."""
    declared = {name for source in own for name in _declared(source)}
    found = (
        family
        for variable in variables
        if variable.name.endswith(_FONT) and variable.source in own
        for family in _families(variable)
    )
    return tuple(each for each in dict.fromkeys(found) if each.name not in declared | _GENERIC)


def _families(variable: Variable) -> Iterator[WantedFamily]:
    for nodes in _between_commas(variable.value):
        name = first_family(tinycss2.serialize(nodes))
        if name and all(node.type in ("ident", "string") for node in nodes):
            offset = place_of(nodes[0], variable.source)
            yield WantedFamily(name, variable.source.place(offset, len(tinycss2.serialize(nodes))))


def _between_commas(value: Iterable[Node]) -> Iterator[list[Node]]:
    nodes: list[Node] = []
    for node in value:
        if node.type == "literal" and node.value == ",":
            yield nodes
            nodes = []
        elif node.type not in ("whitespace", "comment"):
            nodes.append(node)
    yield nodes


def _declared(source: Source) -> Iterator[str]:
    """The families of the rules ``@font-face`` of a sheet."""
    for rule in parse_css(source):
        if rule.keyword == "font-face" and rule.body:
            for node in tinycss2.parse_declaration_list(rule.body):
                if node.type == "declaration" and node.lower_name == "font-family":
                    yield first_family(tinycss2.serialize(node.value).strip())
