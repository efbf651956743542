"""What was made before is handed out again, while all that it depends on is the same."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from builder.cache import Store

T = TypeVar("T")


def keep(store: Store, name: str, kind: type[T], make: Callable[[], T]) -> T:
    """What is kept under a name, made now where there is nothing; plain data only.

    The name has to change whenever what would be made does.
    """
    if (kept := recall(store, name, kind)) is not None:
        return kept
    made = make()
    retain(store, name, made)
    return made


def recall(store: Store, name: str, kind: type[T]) -> T | None:
    """What is kept under a name; None where there is nothing, or not what is wanted."""
    data = store.get(name)
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError:
        return None


def retain(store: Store, name: str, made: object) -> None:
    """Keep what was made under a name that says all that it depends on."""
    store.put(name, msgspec.msgpack.encode(made))
