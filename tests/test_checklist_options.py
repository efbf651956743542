"""What may be asked of the printable checklists, and what makes no sense."""

import pytest

from builder.config import ChecklistOptions
from builder.diagnostics import BuildFailed
from builder.render.checklists.options import settle_options
from builder.request import ChecklistsAsked


def test_what_is_asked_goes_over_the_table() -> None:
    """What is not asked for stays as the book has it."""
    table = ChecklistOptions(shapes=("cards", "planner"), paper="letter", weeks=4)
    asked = ChecklistsAsked(weeks=6, large_print=True)
    settled = settle_options(asked, table)

    assert settled == ChecklistOptions(
        shapes=("cards", "planner"), paper="letter", weeks=6, large_print=True
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ChecklistsAsked(shapes=("poster",), per_sheet=2),
            "only the shapes pages and planner come two on a sheet",
        ),
        (ChecklistsAsked(shapes=("cards",), exercises=True), "only the shapes pages and booklet"),
        (
            ChecklistsAsked(shapes=("fold",), large_print=True),
            "large print is too large for a sheet of A4",
        ),
        (ChecklistsAsked(weeks=12), "only the planner spreads tasks over weeks"),
        (ChecklistsAsked(duplex="short"), "only the shapes cards and booklet are printed on both"),
        (ChecklistsAsked(paper="a5", per_sheet=2), "two pages on a sheet of A5 are too small"),
        (ChecklistsAsked(paper="a5", shapes=("fold",)), "the shape fold needs larger sheets"),
        (ChecklistsAsked(paper="a5", shapes=("booklet",)), "the shape booklet needs larger sheets"),
        (
            ChecklistsAsked(paper="a5", shapes=("cards",), large_print=True),
            "the shape cards needs larger sheets than A5",
        ),
    ],
)
def test_senseless_options_are_told(asked: ChecklistsAsked, said: str) -> None:
    """An error with what would make sense, before anything is laid out."""
    with pytest.raises(BuildFailed) as failure:
        settle_options(asked, ChecklistOptions())

    assert [each.message[: len(said)] for each in failure.value.findings] == [said]
    assert failure.value.findings[0].hint
