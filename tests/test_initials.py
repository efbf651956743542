"""Drop caps: the first letter of a chapter, where the theme wants it."""

import pytest

from builder.parse.tree import parse_html, text_of, with_class
from builder.render.pdf.chapter_html import Finish
from builder.render.pdf.initials import INITIAL, mark_initial
from builder.render.pdf.plan import plan_book
from tests.conftest import WriteBook
from tests.pressed import plan

LONG = (
    "And so it goes on for three lines, or what comes to three of them beside a large letter. " * 2
)


@pytest.mark.parametrize(
    ("html", "letters"),
    [
        (f"<p>Across the street. {LONG}</p><p>And on.</p>", ["A"]),
        ("<p>Across the street.</p><p>And on.</p>", []),
        (f"<p>\u201cYou\u2019re not.\u201d {LONG}</p>", ["\u201cY"]),
        (f"<p>\n20 steps. {LONG}</p>", ["2"]),
        (f"<p>\u2014 Not so. {LONG}</p>", []),
        (f"<p><em>Across</em> the street. {LONG}</p>", []),
        (f'<blockquote class="epigraph"><p>Old.</p></blockquote><p>At last. {LONG}</p>', ["A"]),
        ("<ul><li>One</li></ul><p>Two.</p>", []),
        ("", []),
    ],
)
def test_first_letter(html: str, letters: list[str]) -> None:
    """The letter of the first paragraph, with the quotation mark before it."""
    body = parse_html(html)
    before = text_of(body)

    mark_initial(body)

    assert [each.text for each in with_class(body, INITIAL)] == letters
    assert "".join(text_of(body).split()) == "".join(before.split())


@pytest.mark.parametrize(("css", "count"), [("", 0), (":root { --initial: left }", 1)])
def test_the_theme_wants_it(write_book: WriteBook, css: str, count: int) -> None:
    """A variable of the theme sets drop caps; in chapters and nowhere else."""
    files = {"book.toml": 'title = "A"', "theme.css": css, "part.md": "# P\n\nText.\n"}
    planned = plan(write_book({**files, "a.md": f"# One\n\n{LONG}\n\nMore.\n"}))
    runs = plan_book(planned.book, planned.words, Finish((), planned.theme.has_initials))

    assert sum(run.html({}).count(f'class="{INITIAL}"') for run in runs) == count
