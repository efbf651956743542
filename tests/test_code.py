"""Code on paper: lines that are folded, files that are included."""

import re
from collections.abc import Iterator

from builder.cache import MemoryStore
from builder.drafts import draft_all
from builder.pool import Pool
from builder.read import read_manuscript
from tests.conftest import WriteBook
from tests.pdf_facts import Facts
from tests.pressed import EVERYTHING, Shelf

_FOLDS = re.compile(rb"/Artifact BMC q 0\.45 G 1 J 1 j(.*?)Q EMC", re.DOTALL)
CODE = '# A\n\n```python {file="a.py"}\n```\n'


def _folds(facts: Facts) -> Iterator[tuple[int, int]]:
    """The pages that have folds, and how many."""
    for number, page in enumerate(facts.pdf.pages):
        contents = b"\n".join(each.read_bytes() for each in page.Contents)
        if found := _FOLDS.search(contents):
            yield number, found[1].count(b" w\n")


def test_a_folded_line_has_a_mark(shelf: Shelf) -> None:
    """One for each line that goes on, none for lines that were written so."""
    facts = shelf.facts(EVERYTHING)
    marks = dict(_folds(facts))
    words = ("task /// no block", "nine, whatever", "as much as anyone", "at least, on a page")
    places = [next(n for n, text in enumerate(facts.texts) if word in text) for word in words]

    assert all(marks[place] for place in places)
    assert sum(marks.values()) == 5


def test_a_mark_is_no_text(shelf: Shelf) -> None:
    """Numbers of lines and marks are not read aloud."""
    said = shelf.facts(EVERYTHING).structure.text

    assert "return amount ; }" in said
    assert "4 return amount" not in said


def test_a_chapter_changes_with_the_file_that_it_shows(write_book: WriteBook) -> None:
    """What is kept of it is thrown away."""
    store, seen = MemoryStore(), []
    with Pool() as pool:
        for code in ("x = 1", "y = 2"):
            files = read_manuscript(write_book({"a.md": CODE, "a.py": code})).value.files
            (draft,) = draft_all(files, "en", store, pool, lambda *_: None)
            text = draft.value.read()
            assert text is not None
            seen.append("".join(text.body.itertext()).split("A", 1)[1].strip())

    assert seen == ["x = 1", "y = 2"]
