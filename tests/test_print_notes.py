"""Notes of the printed book: endnotes by chapter or by book, addresses of links, QR codes."""

from xml.etree.ElementTree import Element

import pytest
import segno

from builder.parse.tree import parse_html, text_of, with_class
from builder.render.pdf.addresses import add_link_notes, draw_codes, shown_address
from builder.render.pdf.chapter_html import Finish
from builder.render.pdf.plan import plan_book
from tests.conftest import WriteBook
from tests.pressed import Planned, plan

CHAPTERS = {
    "a.md": "# Water\n\nA well.[^deep] Another.[^x] Again.[^deep]\n\n"
    "[^deep]: Ten metres, see [](b.md).\n[^x]: Half.[^y]\n[^y]: Or more.\n",
    "b.md": "# Stone\n\nNothing to note.\n",
    "c.md": "# Sand\n\nFine.[^f]\n\n[^f]: Very.\n",
    "back/thanks.md": "# Thanks\n\nTo all.\n",
}


def runs(planned: Planned) -> dict[str, str]:
    """The HTML of each run of pages, in order."""
    return {run.id: run.html({}) for run in plan_book(planned.book, planned.words, Finish())}


def toml(notes: str) -> dict[str, str]:
    """The book with its notes in this place."""
    return {**CHAPTERS, "book.toml": f'title = "A"\n[pdf]\nnotes = "{notes}"\n'}


def test_notes_behind_the_chapter(write_book: WriteBook) -> None:
    """Each chapter lists its own, in order; none stands at the foot."""
    html = runs(plan(write_book(toml("chapter"))))

    assert 'class="footnote"' not in "".join(html.values())
    assert html["a"].index("Ten metres") < html["a"].index("Half.") < html["a"].index("Or more.")
    assert "chapter-notes" not in html["b"]
    assert "Very." in html["c"]


def test_notes_behind_the_book(write_book: WriteBook) -> None:
    """They stand under the names of their chapters, before the back matter, and in the contents."""
    html = runs(plan(write_book(toml("book"))))
    names = list(html)

    assert names[names.index("endnotes") + 1] == "thanks"
    assert "Ten metres" not in html["a"]
    assert html["endnotes"].index("Chapter 1, Water") < html["endnotes"].index("Chapter 3, Sand")
    assert "Stone</h2>" not in html["endnotes"]
    assert 'href="#endnotes"' in html["contents"]


def test_book_without_notes_lists_none(write_book: WriteBook) -> None:
    """No empty page of notes."""
    root = write_book({"book.toml": toml("book")["book.toml"], "b.md": CHAPTERS["b.md"]})

    assert "endnotes" not in runs(plan(root))


@pytest.mark.parametrize("notes", ["chapter", "book"])
def test_every_call_leads_to_its_note(write_book: WriteBook, notes: str) -> None:
    """Numbers in the text and in the list agree, in whichever run they stand."""
    trees = [parse_html(html) for html in runs(plan(write_book(toml(notes)))).values()]
    listed = {
        item.get("id", ""): str(number)
        for tree in trees
        for notes_list in with_class(tree, "notes-list")
        for number, item in enumerate(notes_list, 1)
    }
    calls = [call[0] for tree in trees for call in with_class(tree, "note-call")]

    assert len(calls) == 5
    for call in calls:
        assert listed[call.get("href", "")[1:]] == text_of(call)


def body(html: str) -> Element:
    """A piece of a page."""
    return parse_html(html)


def test_address_of_a_link_in_a_note() -> None:
    """The address stands behind the link as one would type it."""
    tree = body('<p>See <a href="https://example.org/a/b/?q=1">there</a>, now.</p>')
    add_link_notes(tree)

    assert text_of(tree) == "See thereexample.org/a/b?q=1, now."
    assert tree[0][1].get("class") == "footnote link-note"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://example.org/a">example.org/a</a>',
        '<a href="https://example.org/">https://example.org/</a>',
        '<a href="mailto:nora@example.org">Nora</a>',
        '<a href="#here">here</a>',
        '<a class="noteref" href="#n">1</a>',
    ],
)
def test_links_that_need_no_note(link: str) -> None:
    """Addresses that one reads already, and links that are none into the world."""
    tree = body(f"<p>{link}</p>")
    add_link_notes(tree)

    assert not list(with_class(tree, "link-note"))


def test_code_stands_behind_its_block() -> None:
    """In order where a paragraph has several, and within an item of a list."""
    link = '<a class="qr" href="https://example.org/{0}">{0}</a>'
    tree = body(
        f"<p>{link.format(1)} {link.format(2)}</p><ul><li>{link.format(3)}</li></ul><p>x</p>"
    )
    draw_codes(tree)
    codes = [text_of(code) for code in with_class(tree, "qr-address")]

    assert codes == ["example.org/1", "example.org/2", "example.org/3"]
    assert [child.get("class") for child in tree] == [None, "qr-code", "qr-code", None, None]
    assert tree[3][0][-1].get("class") == "qr-code"


def test_code_says_its_address() -> None:
    """Its dark modules are those of a code for the address, inside a quiet zone of four."""
    address = "https://example.org/film"
    tree = body(f'<p><a class="qr" href="{address}">film</a></p>')
    draw_codes(tree)
    (drawing,) = [each for each in tree.iter() if each.tag.endswith("}svg")]
    (path,) = [each for each in drawing if each.tag.endswith("}path")]
    drawn = {
        tuple(map(int, spot.split("h")[0].split())) for spot in path.get("d", "").split("M")[1:]
    }
    matrix = segno.make(address, micro=False, error="m").matrix

    assert drawn == {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    }
    assert drawing.get("viewBox") == f"0 0 {len(matrix) + 8} {len(matrix) + 8}"


def test_shown_address_is_short() -> None:
    """Without scheme, trailing slash and fragment."""
    assert shown_address("https://example.org/a/#b") == "example.org/a"


@pytest.mark.parametrize("is_wide", [False, True])
def test_text_runs_around_notes_where_margins_are_narrow(
    write_book: WriteBook, is_wide: bool
) -> None:
    """A note then begins its paragraph; in a wide margin it stands by its line."""
    files = {
        "book.toml": f'title = "A"\n[pdf]\nwide_margin = {str(is_wide).lower()}\n',
        "a.md": "# Wells\n\nFirst *one,[Uno.]{.margin}* then[Due.]{.margin} the other.\n",
    }
    body = parse_html(runs(plan(write_book(files)))["a"])
    paragraph = next(each for each in body.iter("p") if "then" in "".join(each.itertext()))
    words = "".join(paragraph.itertext())

    assert words == (
        "First one,Uno. thenDue. the other." if is_wide else "Uno.Due.First one, then the other."
    )
