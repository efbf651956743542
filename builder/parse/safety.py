"""Raw HTML: nothing in a book runs, submits, embeds or fetches."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic, Place
from builder.parse.positions import place_of
from builder.parse.tree import local_name, parents, remove
from builder.source import Source

_ACTIVE = frozenset(
    "script noscript style link meta base iframe frame frameset object embed applet form button "
    "select textarea audio video source track canvas template dialog portal foreignObject".split()
)
_FETCHING = frozenset(
    "srcset poster data action formaction background cite longdesc ping manifest "
    "archive codebase classid profile usemap".split()
)


def check_safety(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Take out elements and attributes that could act, and report each."""
    owners = parents(body)
    for element in list(body.iter()):
        name = local_name(element)
        if name in _ACTIVE or (name == "input" and element.get("type") != "checkbox"):
            yield Diagnostic(
                "active-content",
                f"<{name}> cannot be part of a book",
                _find(source, f"<{name}", element),
                "delete it; styles belong in theme.css",
            )
            if element in owners:
                remove(owners[element], element)
            continue
        for key in list(element.keys()):
            if problem := _problem(element, key):
                yield Diagnostic(
                    "active-content",
                    problem,
                    _find(source, key.rpartition("}")[2], element),
                    "delete the attribute",
                )
                del element.attrib[key]


def _problem(element: Element, key: str) -> str:
    name, value = key.rpartition("}")[2].lower(), element.get(key, "")
    if name.startswith("on"):
        return f'the attribute "{name}" would run a script'
    if name in _FETCHING:
        return f'the attribute "{name}" would fetch "{value[:60]}"'
    if name == "style" and re.search(r"url\s*\(|@import|expression|\\", value, re.IGNORECASE):
        return 'the attribute "style" would fetch a file'
    own = element.tag in ("a", "img", "area") and name in ("href", "src")
    if name in ("href", "src") and not own and not value.startswith("#"):
        return f'the attribute "{name}" of <{local_name(element)}> would fetch "{value[:60]}"'
    return ""


def _find(source: Source, text: str, element: Element) -> Place:
    near = place_of(element, source)
    at = source.text.lower().find(text.lower(), source.offset_of_line(near.line))
    return source.place(at, len(text)) if at >= 0 else near
