"""Contents and lists that are laid out in pieces look as if they were laid out in one."""

from pathlib import Path

import pypdfium2
import pytest

from builder.cache import MemoryStore
from builder.render.pdf import long_lists
from builder.render.theme.sides import going_on
from tests.conftest import WriteBook
from tests.pressed import Pressed, press_book

_CONFIG = """\
title = "Lists"
[pdf]
trim = "105mm x 148mm"
open_on = "any"
half_title = false
contents_depth = 2
lists = ["tables"]
"""
# A first page that differs, as far as the text goes and around it.
_THEME = """\
@page :first { margin-top: 30mm; @bottom-center { content: "first" } }
"""
_LONG = "with a name that no line of a page so small can hold, and that goes on to another"


@pytest.fixture
def root(write_book: WriteBook) -> Path:
    """A book with more in its lists than one page of them holds."""
    part = {"00.md": "---\nrole: part\n---\n# The first part\n"}
    chapters = {f"{number:02}.md": _chapter(number) for number in range(1, 3)}
    return write_book({"book.toml": _CONFIG, "theme.css": _THEME, **part, **chapters})


def test_pieces_go_on_where_the_one_before_ends(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a piece holds, the pages are the same, with their heads, folios and outline."""
    store = MemoryStore()
    whole = press_book(root, store)
    monkeypatch.setattr(long_lists, "PIECE", 16)
    pieces = press_book(root, store)

    ids = [each.run.id for each in pieces.book.settled.placed]
    assert [each for each in ids if "." in each] == [
        "contents.2",
        "contents.3",
        "list-of-tables.2",
        "list-of-tables.3",
    ]
    assert _pictures(pieces) == _pictures(whole)
    assert _outline(pieces) == _outline(whole)
    assert pieces.book.folios.items() >= whole.book.folios.items()
    assert press_book(root, store).laid == ()


def test_rules_for_the_first_page_are_not_for_pieces() -> None:
    """Whatever else they say of it stays."""
    css = "@page front:first{margin:0}p:first-child{margin:0}"

    assert going_on(css) == "@page front:blank{margin:0}p:first-child{margin:0}"


def _chapter(number: int) -> str:
    sections = (
        f"## Section {each} {_LONG if each % 5 == 0 else ''}\n\n"
        f"| A |\n|---|\n| {each} |\n\n"
        f"/// caption\nTable {each} {_LONG if each % 7 == 0 else ''}\n///\n"
        for each in range(14)
    )
    return f"# Chapter {number}\n\n" + "\n".join(sections)


def _pictures(pressed: Pressed) -> list[bytes]:
    with pypdfium2.PdfDocument(pressed.pdf) as document:
        return [page.render(scale=1).to_pil().tobytes() for page in document]


def _outline(pressed: Pressed) -> list[tuple[str, int]]:
    with pypdfium2.PdfDocument(pressed.pdf) as document:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
