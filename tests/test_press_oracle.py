"""The press against the engine alone: the same pages, text, outline, links and structure."""

from itertools import zip_longest
from pathlib import Path

import pytest

from tests.pdf_facts import Facts, squeeze
from tests.pressed import EVERYTHING, SHIPPED, Shelf

Pair = tuple[Facts, Facts]


@pytest.fixture(
    scope="session",
    params=[(EVERYTHING, "pdf"), (EVERYTHING, "checklists"), (SHIPPED, "pdf")],
    ids=["everything", "its checklists", "the shipped book"],
)
def pair(request: pytest.FixtureRequest, shelf: Shelf) -> Pair:
    """A file made by the press, and the same made by the engine as one document."""
    root, kind = request.param
    assert isinstance(root, Path)
    return shelf.facts(root, kind), shelf.oracle(root, kind)


def test_same_sizes(pair: Pair) -> None:
    """As many pages, of the same size."""
    pressed, expected = pair

    assert pressed.sizes == expected.sizes


def test_same_pixels(pair: Pair) -> None:
    """Every page looks the same."""
    pages = enumerate(zip_longest(*(each.pixels() for each in pair)))

    assert [number for number, (ours, theirs) in pages if ours != theirs] == []


def test_same_text(pair: Pair) -> None:
    """Every page says the same to a reader who selects its text."""
    pressed, expected = pair

    # Between letters that are spaced out a reader guesses at white space: see the structure.
    assert [squeeze(text) for text in pressed.texts] == [squeeze(text) for text in expected.texts]


def test_same_labels(pair: Pair) -> None:
    """Every page has the same label."""
    pressed, expected = pair

    assert pressed.labels == expected.labels


def test_same_outline(pair: Pair) -> None:
    """The same bookmarks lead to the same places."""
    pressed, expected = pair

    assert pressed.outline
    assert pressed.outline == expected.outline


def test_same_links(pair: Pair) -> None:
    """The same links lie in the same places and lead to the same places."""
    pressed, expected = pair

    assert pressed.links == expected.links


def test_same_structure(pair: Pair) -> None:
    """A screen reader hears the same, in the same order."""
    pressed, expected = pair

    assert list(pressed.structure.written()) == list(expected.structure.written())
