"""Every text case comes out as written."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from builder.parse.prose import read_prose
from builder.parse.tree import parse_html, parse_well_formed
from builder.source import Source
from tests.casebook import Case, build_case, converter_of, made_by, read_cases

FOLDER = Path(__file__).parent / "cases"
BOOKS = (Path(__file__).parents[1] / "book", Path(__file__).parent / "books")
CASES = [(path, case) for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize(
    ("path", "case"), CASES, ids=[f"{path.stem}: {case.title}" for path, case in CASES]
)
def test_case(path: Path, case: Case, tmp_path: Path, update: bool) -> None:
    """What is made of the case, and said about it, is what its file says."""
    made = made_by(case, build_case(case, tmp_path))
    if update and made != case:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(case.written(), made.written()), encoding="utf-8")
        return

    assert made.written() == case.written()


def _texts() -> list[str]:
    cases = [part.text for _, case in CASES for part in case.parts if part.kind == "file"]
    chapters = [path.read_text("utf-8") for book in BOOKS for path in sorted(book.rglob("*.md"))]
    return [*cases, *chapters]


def _as_data(element: Element) -> object:
    return (
        element.tag,
        sorted(element.items()),
        element.text or "",
        [(_as_data(child), child.tail or "") for child in element],
    )


def test_both_parsers_make_the_same_tree() -> None:
    """What Markdown writes without raw HTML is one tree, be it read as XML or as HTML."""
    read_as_xml = 0
    for text in _texts():
        prose, _ = read_prose(Source("a.md", text), 0)
        if "<" in prose.plain:
            continue
        html = converter_of("en").convert(prose).html
        if (tree := parse_well_formed(html)) is not None:
            read_as_xml += 1
            assert _as_data(tree) == _as_data(parse_html(html)), text
    assert read_as_xml > 100
