"""What the engine says of the author's CSS, told of the line that it means, and once."""

from pathlib import Path

import pytest

from builder.build import build
from builder.cache import MemoryStore
from builder.diagnostics import Diagnostic
from builder.render.theme.complaints import complaint_findings
from builder.request import Request
from builder.source import Source
from tests.conftest import WriteBook

SHEET = """\
/* A theme */
p {
    colour: red;
    margin: 1pint;
}
@page { @top-center { colr: var(--ink) } }
@media print { p:huge { color: red } }
@wrong { p { color: red } }
p { margin: 1pint }
"""


def _told(*complaints: str) -> list[tuple[str, str]]:
    findings = complaint_findings(complaints, [Source("theme.css", SHEET)])
    return [(str(finding.place), finding.message) for finding in findings]


@pytest.mark.parametrize(
    ("complaint", "places"),
    [
        ("Ignored `colour: red` at 91:5, unknown property.", ["theme.css:3:5"]),
        ("Ignored `margin: 1pint` at 9:5, invalid value.", ["theme.css:4:5", "theme.css:9:5"]),
        ("Ignored `colr: #222222 ` at 1:65, unknown property.", ["theme.css:6:23"]),
        ("Invalid or unsupported selector, 'p:huge '", ["theme.css:7:16"]),
        ("Unknown rule <AtRule @wrong … { … }> at 4:1", ["theme.css:8:1"]),
        ("Ignored `padding: 1pint` at 9:5, invalid value.", ["None"]),
    ],
)
def test_a_complaint_leads_to_what_the_author_wrote(complaint: str, places: list[str]) -> None:
    """Wherever the engine saw it, and with a variable's value where a variable stood."""
    assert [place for place, _ in _told(complaint)] == places


def test_the_words_are_for_authors() -> None:
    """Without the engine's own lines."""
    told = _told(
        "Ignored `colour: red` at 91:5, unknown property.", "Unknown rule <AtRule @x> at 4:1"
    )

    assert [message for _, message in told] == [
        'the printed pages do without "colour: red": unknown property',
        'the printed pages do without a rule: unknown rule "@x"',
    ]


def test_a_build_tells_each_once(
    write_book: WriteBook,
    tmp_path: Path,
    engine_log: list[str],
) -> None:
    """Not once for each chapter, each process and each output; and from what was kept, again."""
    css = "p { colour: red }\n@page { @top-center { colr: red } }\n"
    root = write_book({"a.md": "# A\n\nText.\n", "b.md": "# B\n\nText.\n", "theme.css": css})
    store = MemoryStore()
    for word in ("Text", "Words"):
        (root / "b.md").write_text(f"# B\n\n{word}.\n", encoding="utf-8")
        found = _findings(root, tmp_path, store)
        assert [(each.code, str(each.place)) for each in found] == [
            ("css-ignored", "theme.css:1:5"),
            ("css-ignored", "theme.css:2:23"),
        ]

    assert engine_log


def _findings(root: Path, out: Path, store: MemoryStore) -> tuple[Diagnostic, ...]:
    request = Request(root=root, out=out / "out", outputs=("pdf",), store=store, jobs=1)
    return build(request, _quiet).findings


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return
