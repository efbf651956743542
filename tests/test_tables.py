"""Tables on paper: heads on every page, cells over others, and what a screen reader hears."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pdf_facts import Facts
from tests.pressed import EVERYTHING, Shelf


@pytest.fixture(scope="session")
def facts(shelf: Shelf) -> Facts:
    """The test book of everything."""
    return shelf.facts(EVERYTHING)


def _elements(element: Any, kind: str) -> Iterator[Any]:
    for kid in element.get("/K", ()):
        if hasattr(kid, "keys") and "/S" in kid:
            if str(kid.S) == kind:
                yield kid
            yield from _elements(kid, kind)


def _text(facts: Facts, element: Any) -> str:
    return facts._tag(element).text


def _tables(facts: Facts, word: str) -> list[Any]:
    root = facts.pdf.Root.StructTreeRoot.K[0]
    return [table for table in _elements(root, "/Table") if word in _text(facts, table)]


def test_heads_stand_on_every_page(facts: Facts) -> None:
    """A table over several pages is several, each with both rows of its head."""
    tables = _tables(facts, "A note on vessel")
    heads = [[_text(facts, head) for head in _elements(table, "/TH")] for table in tables]

    assert len(heads) > 2
    assert heads == [["Vessel", "Water", "Note", "Litres a", "Weight"]] * len(heads)


def test_each_cell_has_the_heads_of_its_columns(facts: Facts) -> None:
    """Also below a head over two columns, and beside cells that reach down from above."""
    (table, *_) = _tables(facts, "A note on vessel")
    names = {str(head.ID): _text(facts, head) for head in _elements(table, "/TH")}
    rows = [list(_elements(row, "/TD")) for row in _elements(table, "/TR")]
    heard = [[[names[str(name)] for name in cell.A.Headers] for cell in row] for row in rows if row]

    assert heard[0] == [["Vessel"], ["Water", "Litres a"], ["Water", "Weight"], ["Note"]]
    assert heard[2] == [["Water", "Litres a", "Weight"]]


def test_rows_that_share_a_cell_stay_together(facts: Facts) -> None:
    """No page begins with a row into which a cell reaches."""
    for table in _tables(facts, "A note on vessel"):
        first = next(row for row in _elements(table, "/TR") if next(_elements(row, "/TD"), None))

        assert "Vessel" in _text(facts, first)
