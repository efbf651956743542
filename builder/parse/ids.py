"""Ids that the author gives: each once in its chapter, and of a form that every output takes."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic
from builder.parse.tree import offset_of
from builder.slugs import slug
from builder.source import Source

_FORM = re.compile(r"[^\W\d][\w.-]*")
_GENERATED = ("fn:", "fnref")


def check_ids(body: Element, source: Source) -> Iterator[Diagnostic]:
    """Ids given twice, and ids that are none; those are put right in the tree."""
    seen: dict[str, int] = {}
    for element in body.iter():
        name = element.get("id")
        if name is None or name.startswith(_GENERATED):
            continue
        at = _find(source.text, name, offset_of(element))
        place = source.place(at if at >= 0 else offset_of(element), len(name))
        if name in seen:
            hint = f"the first stands in line {source.place(seen[name]).line}; rename one of them"
            yield Diagnostic("duplicate-id", f'the id "{name}" is given twice', place, hint)
            del element.attrib["id"]
        elif not _FORM.fullmatch(name):
            hint = "begin with a letter; use letters, digits, hyphens, points and underscores"
            yield Diagnostic("invalid-id", f'not an id: "{name}"', place, hint)
            element.set("id", slug(name) or "id")
        seen.setdefault(name, max(at, 0))


def _find(text: str, name: str, near: int) -> int:
    """The offset of an id in the lines of its element."""
    start = text.rfind("\n", 0, near) + 1
    end = text.find("\n\n", near)
    pattern = re.compile(rf"(?:#|id\s*=\s*[\"']?){re.escape(name)}(?![\w-])")
    found = pattern.search(text, start, end if end >= 0 else len(text))
    return found.end() - len(name) if found else -1
