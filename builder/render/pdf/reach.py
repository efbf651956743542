"""What the engine's objects refer to (ISO 32000-1, 7.3.10)."""

import re
from collections.abc import Iterator, Sequence

import pydyf

from builder.render.pdf.elements import number_of, object_number

# A string, in which nothing is a reference, or a reference with its number.
REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)


def fonts_of(objects: Sequence[pydyf.Object]) -> list[int]:
    """The numbers of the dictionary of fonts and of all below it: binding writes them anew."""
    for item in objects:
        if isinstance(item, dict) and "ExtGState" in item and isinstance(item.get("Font"), bytes):
            return below(objects, number_of(item["Font"]))
    return []


def fields_of(objects: Sequence[pydyf.Object]) -> Iterator[int]:
    """The numbers of fields in the order of their widgets; several widgets may be one field."""
    for item in objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Widget":
            yield number_of(item["Parent"]) if "Parent" in item else item.number


def below(objects: Sequence[pydyf.Object], first: int) -> list[int]:
    """The numbers of an object and of all that it refers to, however far."""
    found: dict[int, None] = {}
    stack = [first]
    while stack:
        number = stack.pop()
        if number in found:
            continue
        found[number] = None
        item = objects[number]
        data = pydyf.Dictionary(item.extra).data if isinstance(item, pydyf.Stream) else item.data
        stack.extend(int(match[1]) for match in REFERENCE.finditer(data) if match[1])
    return list(found)


def reachable(
    objects: Sequence[pydyf.Object], first: int | None, keys: tuple[str, ...]
) -> set[int]:
    """The numbers of an object and of all that it leads to by some of its keys."""
    found: set[int] = set()
    stack = [first]
    while stack:
        number = stack.pop()
        if number is None or number in found:
            continue
        found.add(number)
        stack.extend(object_number(objects[number].get(key)) for key in keys)
    return found
