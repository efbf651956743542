"""The last words of paragraphs and titles are held together in print."""

import pytest

from builder.parse.tree import parse_html, text_of, with_class
from builder.render.pdf.endings import LAST_WORDS, hold_last_words

_LONG = "This is a paragraph that is long enough for two lines"


@pytest.mark.parametrize(
    ("html", "held"),
    [
        (f"<p>{_LONG} or it.</p>", ["or it."]),
        (f"<p>{_LONG} together</p>", ["together"]),
        (f"<div class='task-text'>{_LONG} of it.</div>", ["of it."]),
        (f"<p>{_LONG}\nor it.\n</p>", ["or it."]),
        (f"<p>{_LONG} <em>or it</em>.</p>", []),
        (f"<p>{_LONG} <em>or</em> the one behind.</p>", ["behind."]),
        (f"<p>{_LONG} incomprehensibly.</p>", []),
        ("<p>Short enough.</p>", []),
        (f"<p>{_LONG} to it.<span class='footnote'>Note</span></p>", ["to it."]),
        (
            "<aside class='pullquote'><p>What you know has been lent to you.</p></aside>",
            ["been lent to you."],
        ),
        ("<div class='message'><p>Or to pass anything on.</p></div>", ["anything on."]),
        ("<h1>Learn what lights him up</h1>", ["lights him up"]),
        ("<h2>One</h2>", []),
        ("<figcaption>How many hang beyond them from here</figcaption>", ["beyond them from here"]),
        (
            f"<table><caption>{_LONG}</caption><tr><td><p>{_LONG}</p></td></tr></table>",
            ["enough for two lines"],
        ),
        (f"<div class='verse'><p>{_LONG}</p></div><pre>{_LONG}</pre>", []),
    ],
)
def test_last_words(html: str, held: list[str]) -> None:
    """Just as many words as make a line, with every word where it was."""
    body = parse_html(html)
    before = text_of(body)

    hold_last_words(body)

    assert [text_of(each) for each in with_class(body, LAST_WORDS)] == held
    assert text_of(body) == before
