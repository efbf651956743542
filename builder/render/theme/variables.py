"""Variables of CSS, put in where they stand (CSS Custom Properties Level 1).

Variables are set on ``:root`` and nowhere else, so each has one value for a whole output.
Putting it in beforehand serves e-readers that know no variables, and costs the layout nothing.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import tinycss2
from tinycss2.ast import (
    CurlyBracketsBlock,
    FunctionBlock,
    ParenthesesBlock,
    SquareBracketsBlock,
)

from builder.diagnostics import Diagnostic, Severity
from builder.render.theme.css import Node, Rule, place_of
from builder.source import Source

_BLOCKS = (ParenthesesBlock, SquareBracketsBlock, CurlyBracketsBlock)


@dataclass(frozen=True, slots=True)
class Variable:
    """The value of a variable, and where it was set."""

    name: str
    value: tuple[Node, ...]
    node: Node
    source: Source


def variables_of(rules: Iterable[Rule]) -> dict[str, Variable]:
    """The variables that rules set; where one is set twice, the later value holds."""
    found: dict[str, Variable] = {}
    for rule in rules:
        if rule.is_root:
            for node in _declarations(rule):
                if node.name.startswith("--"):
                    value = tuple(_stripped(node.value))
                    found[node.name] = Variable(node.name, value, node, rule.source)
    return found


class Filler:
    """Puts variables in; ``findings`` tells which there are not, ``used`` which were wanted."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self.findings: list[Diagnostic] = []
        self.used: set[str] = set()
        self._variables = variables
        self._values: dict[str, tuple[Node, ...]] = {}

    def write(self, rules: Iterable[Rule]) -> str:
        """The rules as text, with values where variables stood."""
        return "".join(self._write(rule) for rule in rules)

    def value_of(self, name: str) -> str:
        """The value of a variable as text, with the values of those in it."""
        variable = self._variables[name]
        self.used.add(name)
        return str(tinycss2.serialize(self._fill_variable(variable))).strip()

    def _write(self, rule: Rule) -> str:
        keyword = f"@{rule.keyword}" if rule.keyword else ""
        head = tinycss2.serialize(self._fill(rule.head, rule.source, ())).rstrip()
        if rule.body is None:
            return f"{keyword}{head};\n"
        if rule.is_group:
            return f"{keyword}{head} {{\n{self.write(rule.rules)}}}\n"
        body: Iterable[Node] = rule.body
        if rule.is_root:
            kept = [node for node in _declarations(rule) if not node.name.startswith("--")]
            if not kept:
                return ""
            text = "; ".join(node.serialize() for node in kept)
            body = tinycss2.parse_component_value_list(f" {text} ")
        return f"{keyword}{head} {{{tinycss2.serialize(self._fill(body, rule.source, ()))}}}\n"

    def _fill(self, tokens: Iterable[Node], source: Source, inside: tuple[str, ...]) -> list[Node]:
        return [made for token in tokens for made in self._filled(token, source, inside)]

    def _filled(self, token: Node, source: Source, inside: tuple[str, ...]) -> Sequence[Node]:
        at = getattr(token, "source_line", 0), getattr(token, "source_column", 0)
        if token.type == "function":
            if token.lower_name == "var":
                return self._value(token, source, inside)
            return [
                FunctionBlock(*at, token.name, self._fill(token.arguments, source, inside)),
            ]
        if isinstance(token, _BLOCKS):
            return [type(token)(*at, self._fill(token.content, source, inside))]
        return [token]

    def _value(self, token: Node, source: Source, inside: tuple[str, ...]) -> Sequence[Node]:
        names = [each for each in token.arguments if each.type == "ident"]
        name = names[0].value if names else ""
        if variable := self._variables.get(name):
            self.used.add(name)
            if name not in inside:
                return self._fill_variable(variable, inside)
            self.findings.append(_endless(token, name, source))
            return []
        commas = [i for i, each in enumerate(token.arguments) if each == ","]
        if commas:
            return self._fill(_stripped(token.arguments[commas[0] + 1 :]), source, inside)
        self.findings.append(_unknown(token, name, source, self._variables))
        return []

    def _fill_variable(self, variable: Variable, inside: tuple[str, ...] = ()) -> tuple[Node, ...]:
        name = variable.name
        if name not in self._values:
            filled = self._fill(variable.value, variable.source, (*inside, name))
            self._values[name] = tuple(filled)
        return self._values[name]


def unused(variables: Iterable[Variable], known: Iterable[str]) -> Iterator[Diagnostic]:
    """A warning for each variable that no rule wants; ``known`` are the names of those wanted."""
    names = sorted(known)
    for each in variables:
        if each.name not in names:
            near = difflib.get_close_matches(each.name, names, n=1)
            yield Diagnostic(
                "unused-variable",
                f'no rule uses the variable "{each.name}"',
                each.source.place(place_of(each.node, each.source), len(each.name)),
                f'did you mean "{near[0]}"?' if near else "the guide lists those of the themes",
                Severity.WARNING,
            )


def _declarations(rule: Rule) -> Iterator[Node]:
    nodes = tinycss2.parse_blocks_contents(rule.body, skip_comments=True, skip_whitespace=True)
    return (node for node in nodes if node.type == "declaration")


def _stripped(tokens: Sequence[Node]) -> Sequence[Node]:
    """Tokens without the blanks around them."""
    kept = [index for index, token in enumerate(tokens) if token.type != "whitespace"]
    return tokens[kept[0] : kept[-1] + 1] if kept else ()


def _unknown(token: Node, name: str, source: Source, known: Iterable[str]) -> Diagnostic:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return Diagnostic(
        "unknown-variable",
        f'there is no variable "{name}"',
        source.place(place_of(token, source), len("var(") + len(name) + 1),
        f'did you mean "{near[0]}"?' if near else "set it in a rule for :root",
    )


def _endless(token: Node, name: str, source: Source) -> Diagnostic:
    return Diagnostic(
        "endless-variable",
        f'the variable "{name}" stands for itself',
        source.place(place_of(token, source), len("var(") + len(name) + 1),
        "give it a value that does not lead back to it",
    )
