"""Which rules of a sheet an output takes: the outputs are media types of their own.

``@media pdf``, ``epub`` and ``checklists`` are the outputs; ``print`` is both that are on
paper, ``screen`` the e-book (Media Queries Level 4, 2 and 3).
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

import tinycss2

from builder.diagnostics import Diagnostic, Severity
from builder.render.theme.css import Node, Rule, nodes_of, place_of
from builder.source import Source

Sheet = Literal["print", "epub", "checklists"]
_TYPES: dict[Sheet, frozenset[str]] = {
    "print": frozenset(("all", "print", "pdf")),
    "epub": frozenset(("all", "screen", "epub")),
    "checklists": frozenset(("all", "print", "checklists")),
}
_KNOWN = frozenset[str]().union(*_TYPES.values())
# Those of CSS that no output is, and those by which Kindles take rules.
_NAMES = _KNOWN | {"speech", "amzn-kf8", "amzn-mobi", "amzn-mobi7"}


def rules_for(sheet: Sheet, rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules that hold for an output, those of its media among the others."""
    for rule in rules:
        if rule.keyword == "page" and sheet == "epub":
            continue
        if not rule.is_group:
            yield rule
            continue
        inner = tuple(rules_for(sheet, rule.rules))
        if rule.keyword != "media":
            yield replace(rule, rules=inner)
            continue
        queries = [_query(tokens, sheet) for tokens in _split(rule.head)]
        if "all" in queries:
            yield from inner
        elif kept := ", ".join(filter(None, queries)):
            head = tinycss2.parse_component_value_list(f" {kept} ")
            yield replace(rule, head=tuple(head), rules=inner)


def check_media(source: Source) -> Iterator[Diagnostic]:
    """Media that there are not: nothing would take their rules."""
    for node in nodes_of(source):
        if node.type != "at-rule" or node.lower_at_keyword != "media":
            continue
        for query in _split(node.prelude):
            names = [token for token in query if _name(token) not in ("", "not", "only")]
            if not names or not query or query[0].type != "ident" or _name(names[0]) in _NAMES:
                continue
            name = names[0].value
            near = difflib.get_close_matches(name.lower(), sorted(_KNOWN), n=1)
            yield Diagnostic(
                "unknown-medium",
                f'there is no medium "{name}", so nothing takes its rules',
                source.place(place_of(names[0], source), len(name)),
                f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(sorted(_KNOWN))}",
                Severity.WARNING,
            )


def _split(tokens: Sequence[Node]) -> Iterator[list[Node]]:
    """The queries of a list, without the blanks around them."""
    query: list[Node] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield query
            query = []
        elif query or token.type != "whitespace":
            query.append(token)
    yield query


def _query(tokens: list[Node], sheet: Sheet) -> str:
    """What is left of a query in an output: ``all``, conditions, or nothing that could hold."""
    text = tinycss2.serialize(tokens).strip()
    words = [token for token in tokens if token.type != "whitespace"]
    is_not = bool(words) and _name(words[0]) == "not"
    if is_not or (words and _name(words[0]) == "only"):
        words = words[1:]
    if not words or _name(words[0]) not in _KNOWN:
        return text or "all"
    holds = _name(words[0]) in _TYPES[sheet]
    conditions = _after(tokens, words[1]) if len(words) > 2 else ""
    if holds and conditions:
        return f"not all and {conditions}" if is_not else conditions
    return "all" if holds != is_not else ""


def _name(token: Node) -> str:
    return str(token.lower_value) if token.type == "ident" else ""


def _after(tokens: Sequence[Node], word: Node) -> str:
    """What stands behind the word "and"."""
    index = next(index for index, token in enumerate(tokens) if token is word)
    return str(tinycss2.serialize(tokens[index + 1 :])).strip()
