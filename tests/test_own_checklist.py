"""A chapter and the page of its checklist name each other, and a printed sheet names both."""

import pytest

from tests.conftest import WriteBook
from tests.pdf_facts import Facts
from tests.pressed import press_book

TOML = 'title = "A Book"\n[pdf]\nhalf_title = false\n'
TASKS = "# {title}\n\nText.\n\n## Checklist\n\n- [ ] {task}\n"


def write(write_book: WriteBook, table: str = "") -> tuple[Facts, Facts]:
    """The book and its sheets, of three chapters on a few pages."""
    files = {
        "1.md": TASKS.format(title="One", task="Fill the jar."),
        "2.md": "# Two\n\nText.\n\n- [ ] Within.\n",
        "3.md": TASKS.format(title="Three", task="Go home."),
    }
    pressed = press_book(write_book({**files, "book.toml": TOML + table}))
    return Facts(pressed.pdf), Facts(pressed.checklists)


def test_chapter_and_checklist_name_each_other(write_book: WriteBook) -> None:
    """The number below the title is that of the page on which the list stands, and back."""
    book, sheets = write(write_book)
    pages = dict(zip(book.labels, book.texts, strict=True))

    assert "Checklist on page 6" in pages["5"]
    assert pages["5"].index("Three") < pages["5"].index("Checklist") < pages["5"].index("Text")
    assert "Three, from page 5" in pages["6"]
    assert "Go home." in pages["6"]
    assert "Checklist on page" not in pages["3"]
    assert "from page 5, checklist on page 6" in sheets.texts[-1]
    assert any("from page 3" in text and "checklist on" not in text for text in sheets.texts)


@pytest.mark.parametrize("table", ["checklists = false\n", "reference_pages = false\n"])
def test_nothing_is_named_where_it_is_not_wanted(write_book: WriteBook, table: str) -> None:
    """Where the list stays in the chapter, and where references do without pages."""
    book, _ = write(write_book, table)

    assert not any("hecklist on page" in text or "from page" in text for text in book.texts)


def test_numbered_tasks_have_number_and_box(write_book: WriteBook) -> None:
    """In the chapter, on the page of its checklist, in the printed set and in its exercises."""
    tasks = "3. [ ] Rinse it.\n4. [ ] Fill it.\n    1. [ ] Carry it.\n"
    files = {
        "book.toml": f"{TOML}[checklists]\nexercises = true\n",
        "1.md": f"# One\n\n1. [ ] Look.\n\n/// exercise | Try\n7. [ ] Sing.\n///\n\n"
        f"## Checklist\n\n{tasks}",
    }
    pressed = press_book(write_book(files))
    book, sheets = (" ".join(Facts(data).texts) for data in pressed.outputs)

    for text in (book, sheets):
        said = " ".join(text.split())
        assert "1. Look." in said
        assert "7. Sing." in said
        assert "3. Rinse it. 4. Fill it. 1. Carry it." in said
