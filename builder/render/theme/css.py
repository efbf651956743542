"""A sheet of CSS: checked with file and line, and as the rules that an output takes from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from builder.diagnostics import Diagnostic
from builder.source import Source

# What stands in CSS between braces, brackets and signs; the parser has no types.
Node = Any
_GROUPS = ("media", "supports", "layer", "container", "scope")
_ROOT = ":root"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what stands before its braces, and either what is in them or the rules in them.

    ``keyword`` is that of an at-rule; ``body`` is None for one without braces.
    """

    source: Source
    keyword: str
    head: tuple[Node, ...]
    body: tuple[Node, ...] | None
    rules: tuple["Rule", ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether there are rules in it."""
        return self.keyword in _GROUPS and self.body is not None

    @property
    def is_root(self) -> bool:
        """Whether it is the rule that variables are set in."""
        return not self.keyword and tinycss2.serialize(self.head).strip() == _ROOT


def parse_css(source: Source) -> tuple[Rule, ...]:
    """The rules of a sheet; what does not parse is left out."""
    nodes = tinycss2.parse_stylesheet(source.text, skip_comments=True, skip_whitespace=True)
    return tuple(_rules(nodes, source))


def place_of(node: Node, source: Source) -> int:
    """The offset of a node in its sheet."""
    return int(source.offset_of_line(node.source_line) + node.source_column - 1)


def first_family(families: str) -> str:
    """The first of a list of font families, without its quotation marks."""
    names: list[str] = []
    for node in tinycss2.parse_component_value_list(families):
        if node.type in ("literal", "string"):
            return " ".join(names) or str(node.value)
        names += [str(node.value)] if node.type == "ident" else []
    return " ".join(names)


def check_css(source: Source) -> Iterator[Diagnostic]:
    """Every place where CSS does not parse (CSS Syntax Level 3), nested blocks included."""
    nodes = tinycss2.parse_stylesheet(source.text, skip_comments=True, skip_whitespace=True)
    yield from _check_nodes(nodes, source, sets_variables=False)


def nodes_of(source: Source) -> Iterator[Node]:
    """Every rule and declaration of a sheet in order, those in rules included."""
    nodes = tinycss2.parse_stylesheet(source.text, skip_comments=True, skip_whitespace=True)
    yield from _nested(nodes)


def _nested(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if node.type in ("qualified-rule", "at-rule") and node.content is not None:
            is_group = node.type == "at-rule" and node.lower_at_keyword in _GROUPS
            parse = tinycss2.parse_rule_list if is_group else tinycss2.parse_blocks_contents
            yield from _nested(parse(node.content, skip_comments=True, skip_whitespace=True))


def _rules(nodes: Sequence[Node], source: Source) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(source, "", tuple(node.prelude), tuple(node.content))
        elif node.type == "at-rule":
            body = None if node.content is None else tuple(node.content)
            rule = Rule(source, node.lower_at_keyword, tuple(node.prelude), body)
            if rule.is_group:
                inner = tinycss2.parse_rule_list(body, skip_comments=True, skip_whitespace=True)
                rule = Rule(source, rule.keyword, rule.head, (), tuple(_rules(inner, source)))
            yield rule


def _check_nodes(
    nodes: Sequence[Node], source: Source, *, sets_variables: bool, is_open: bool = True
) -> Iterator[Diagnostic]:
    for node in nodes:
        if node.type == "error":
            yield Diagnostic(
                "css-syntax",
                f"CSS does not parse: {_in_words(node.message)}",
                source.place(place_of(node, source)),
                "look for a missing semicolon, colon or brace in or before this line",
            )
        elif node.type in ("qualified-rule", "at-rule"):
            yield from _check_block(node, source, is_open)
        elif node.type == "declaration" and node.name.startswith("--") and not sets_variables:
            yield Diagnostic(
                "scoped-variable",
                f'the variable "{node.name}" is set for a part of the book',
                source.place(place_of(node, source), len(node.name)),
                "set it in a rule of its own for :root, where it holds for the whole book",
            )


def _check_block(node: Node, source: Source, is_open: bool) -> Iterator[Diagnostic]:
    """What is wrong in a rule; where it ``is_open``, all of an output takes the rules in it."""
    if node.content is None:
        return
    is_rule = node.type == "qualified-rule"
    if not is_rule and node.lower_at_keyword in _GROUPS:
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        has_conditions = any(token.type == "() block" for token in node.prelude)
        is_open = is_open and node.lower_at_keyword == "media" and not has_conditions
        yield from _check_nodes(inner, source, sets_variables=False, is_open=is_open)
        return
    inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    is_root = is_rule and is_open and tinycss2.serialize(node.prelude).strip() == _ROOT
    yield from _check_nodes(inner, source, sets_variables=is_root, is_open=False)


def _in_words(message: str) -> str:
    """What tinycss2 says about CSS, as one would say it to an author."""
    if "before {} block" in message:
        return "here ends what is neither `name: value` nor a rule with its braces"
    return f"{message[:1].lower()}{message[1:].rstrip('.')}"
