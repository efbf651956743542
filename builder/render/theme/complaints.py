"""What the layout engine says of style sheets, tied to the lines of the author's that it means.

The engine reads a sheet that was put together from several, so its own lines mean nothing to
an author. What it names is looked up in what the author wrote.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import tinycss2

from builder.diagnostics import Diagnostic, Place, Severity
from builder.render.theme.css import Node, nodes_of, place_of
from builder.source import Source

_DECLARATION = re.compile(r"Ignored `(?P<name>[^:`]+):(?P<value>.*)`, (?P<why>.*)", re.DOTALL)
_POSITION = re.compile(r" at \d+:\d+")
_RULE = re.compile(r"<AtRule (@[\w-]+)[^>]*>")
_HINT = "correct it, or put it under @media epub if it is for e-readers alone"


def complaint_findings(complaints: Iterable[str], own: Sequence[Source]) -> Iterator[Diagnostic]:
    """A warning for each line of the author's sheets ``own`` that the engine complains about."""
    said = dict.fromkeys(_POSITION.sub("", each).rstrip(".") for each in complaints)
    written = [(node, source) for source in own if said for node in nodes_of(source)]
    for complaint in said:
        message = _in_words(complaint)
        meant = [each for each in written if _is_meant(each[0], complaint)]
        if not meant:
            yield Diagnostic("css-ignored", message, None, _HINT, Severity.WARNING)
        for node, source in meant:
            place = _place(node, source)
            yield Diagnostic("css-ignored", message, place, _HINT, Severity.WARNING)


def _is_meant(node: Node, complaint: str) -> bool:
    """Whether a rule or a declaration is what a complaint names."""
    found = _DECLARATION.fullmatch(complaint)
    if node.type == "declaration":
        return found is not None and _is_declared(node, found["name"], found["value"].strip())
    if found or node.type not in ("qualified-rule", "at-rule"):
        return False
    head = tinycss2.serialize(node.prelude).strip()
    if node.type == "qualified-rule":
        return repr(f"{head} ") in complaint
    return f"@{node.at_keyword}" in complaint and head in complaint


def _is_declared(node: Node, name: str, value: str) -> bool:
    """Whether a declaration is the one of a name and value; a variable may be any value."""
    written = tinycss2.serialize(node.value).strip()
    return bool(node.name == name and (written == value or "var(" in written))


def _place(node: Node, source: Source) -> Place:
    at = place_of(node, source)
    end = min(found for mark in ";{}\n" if (found := source.text.find(mark, at)) >= 0)
    return source.place(at, len(source.text[at:end].rstrip()))


def _in_words(complaint: str) -> str:
    if found := _DECLARATION.fullmatch(complaint):
        written = f"{found['name']}: {found['value'].strip()}"
        return f'the printed pages do without "{written}": {found["why"]}'
    text = _RULE.sub(r'"\1"', complaint)
    return f"the printed pages do without a rule: {text[:1].lower()}{text[1:]}"
