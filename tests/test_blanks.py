"""Room to write on paper: squares as wide as the text, and what a screen reader hears of it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from builder.parse.tree import parse_html, text_of, walk
from builder.render.pdf.habits import draw_habits
from builder.words import words_of
from tests.pdf_facts import Facts
from tests.pressed import EVERYTHING, Shelf

_GRID = re.compile(rb"/Artifact BMC q [\d.]+ [\d.]+ [\d.]+ RG\n(.*?)S Q EMC", re.DOTALL)
_STROKE = re.compile(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l")


@pytest.fixture(scope="module")
def facts(shelf: Shelf) -> Facts:
    """The test book of everything."""
    return shelf.facts(EVERYTHING)


def _strokes(page: Any) -> Iterator[list[tuple[float, ...]]]:
    """The strokes of each grid on a page."""
    contents = b"\n".join(each.read_bytes() for each in page.Contents)
    for grid in _GRID.finditer(contents):
        yield [tuple(map(float, stroke.groups())) for stroke in _STROKE.finditer(grid[1])]


def test_squares_are_as_wide_as_the_text(facts: Facts) -> None:
    """A whole number of them, closed on all sides, and as high as they are wide."""
    grids = [grid for page in facts.pdf.pages for grid in _strokes(page)]
    (squares,) = [grid for grid in grids if any(x != right for x, _, right, _ in grid)]
    down = [stroke for stroke in squares if stroke[0] == stroke[2]]
    across = [stroke for stroke in squares if stroke[1] == stroke[3]]
    left, right = down[0][0], down[-1][0]
    columns, rows = len(down) - 1, len(across) - 1

    assert rows == 3
    assert all(stroke[::2] == (left, right) for stroke in across)
    height = (across[-1][1] - across[0][1]) / rows
    assert (right - left) / columns == pytest.approx(height, rel=0.05)
    # The widest that the theme lets text be on a page of 6 inches.
    assert right - left == pytest.approx(0.73 * 432, abs=0.1)


def test_room_to_write_says_nothing(facts: Facts) -> None:
    """Numbers and words are heard, and no boxes, lines or dots."""
    said = facts.structure.text

    assert "not at all 1 2 3 4 5 6 7 8 9 10 very sure" in said
    assert "Squares behind a paragraph. Dots behind another. A scale" in said


def test_each_habit_has_a_row() -> None:
    """In every table of as many as the days take; what is in a habit stands there once."""
    list_ = (
        '<ul data-days="9" data-days-a-row="5" id="h"><li>Walk <a href="#x">far</a></li>'
        "<li>Sleep</li></ul>"
    )
    tree = parse_html(list_)
    draw_habits(tree, words_of("en"))
    rows = [[text_of(cell) for cell in row] for row in walk(tree, "tr")]

    assert rows == [
        ["Day", "1", "2", "3", "4", "5"],
        ["Walk far", "", "", "", "", ""],
        ["Sleep", "", "", "", "", ""],
        ["Day", "6", "7", "8", "9"],
        ["Walk far", "", "", "", ""],
        ["Sleep", "", "", "", ""],
    ]
    assert len([*walk(tree, "a")]) == 1
    assert tree[0].get("id") == "h"
