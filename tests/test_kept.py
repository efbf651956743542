"""What is kept between builds: handed out while it holds, and made anew where it does not."""

import weakref
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

from builder.book import Later, Text
from builder.cache import NO_STORE, MemoryStore
from builder.kept import keep


@dataclass(frozen=True)
class Fact:
    """Something plain."""

    name: str
    counts: tuple[int, ...] = ()


def _never() -> Fact:
    raise AssertionError("made again")


def test_what_is_kept_is_not_made_again() -> None:
    """It comes back equal to what was made."""
    store = MemoryStore()
    made = keep(store, "a", Fact, lambda: Fact("pump", (1, 2)))

    assert keep(store, "a", Fact, _never) == made == Fact("pump", (1, 2))


def test_another_name_is_another_thing() -> None:
    """Nothing is handed out under a name that it was not kept under."""
    store = MemoryStore()
    keep(store, "a", Fact, lambda: Fact("pump"))

    assert keep(store, "b", Fact, lambda: Fact("well")) == Fact("well")


def test_what_cannot_be_read_is_made_anew() -> None:
    """Bytes that are not the thing wanted are as good as none, and are replaced."""
    store = MemoryStore()
    store.put("a", b"no such thing")

    assert keep(store, "a", Fact, lambda: Fact("pump")) == Fact("pump")
    assert keep(store, "a", Fact, _never) == Fact("pump")


def test_without_a_store_everything_is_made() -> None:
    """Each time, and as it is."""
    assert keep(NO_STORE, "a", bytes, lambda: b"one") == b"one"
    assert keep(NO_STORE, "a", bytes, lambda: b"two") == b"two"


def test_a_text_is_made_once_and_lets_go_of_what_it_was_made_from() -> None:
    """So a book of many chapters does not hold each tree several times."""
    first = Element("body")
    is_held = weakref.ref(first)
    later = Later(partial(_copied, first))
    del first
    assert is_held() is not None
    text = later()

    assert later() is text
    assert is_held() is None


def _copied(tree: Element) -> Text:
    return Text(deepcopy(tree))
