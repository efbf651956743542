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
    data = store.get(name)
    if data is not None:
        try:
            return msgspec.msgpack.decode(data, type=kind)
        except msgspec.DecodeError:
            pass
    made = make()
    store.put(name, msgspec.msgpack.encode(made))
    return made
