"""References between objects, and the tree of the structure that they make."""

from collections.abc import Iterator

import pydyf


def object_number(reference: object) -> int | None:
    """The number that a reference names; None for anything else."""
    if isinstance(reference, bytes) and reference.endswith(b" R"):
        return int(reference.split()[0])
    return None


def number_of(reference: object) -> int:
    """The number that a reference names, where there has to be one."""
    number = object_number(reference)
    assert number is not None
    return number


def kids(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    """The elements of the structure, and the objects, right below one."""
    for kid in element["K"]:
        number = object_number(kid)
        if number is not None:
            yield pdf.objects[number]
