"""Prose, code and comments: what Markdown gets, and the way back to the source."""

import pytest

from builder.parse.prose import footnote_definitions, read_prose
from builder.parse.tree import parse_chapter
from builder.source import Source

TEXTS = [
    "",
    "plain",
    "<!-- a -->",
    "one <!-- a --> two<!-- b -->\nthree",
    "<!-- a -->\n<!-- b -->\ntext <!-- c\nd --> e\n",
    "a\n\n<!--\n\nb\n-->\n\nc `<!-- d -->` e",
    "```\n<!-- a -->\n```\n<!-- b -->\nc",
    "---\ntitle: x\n---\n<!-- a -->\ntext",
    "a $x$ b $$\ny\n$$ {#z} $5 \\$c$ `$d$` <!-- $e$ --> $f$",
    "``` \\` `a` \\\\`b` ``c ` d`` <!-- e -->",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("start", [0, 4])
def test_offsets_lead_there_and_back(text: str, start: int) -> None:
    """Every character that Markdown gets is the one of the source at its offset."""
    start = min(start, len(text))
    prose, _ = read_prose(Source("a.md", text), start)
    for offset, char in enumerate(prose.text):
        at = prose.source_offset(offset)
        if any(begin <= at < end for begin, end in prose.formulas):
            continue

        assert text[at] == char
        assert prose.text_offset(at) == offset


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_moves_where_all_but_prose_is_blanked(text: str) -> None:
    """Lines and columns stay, and no comment or code is left."""
    prose, _ = read_prose(Source("a.md", text), 0)

    assert [len(line) for line in prose.plain.split("\n")] == list(map(len, text.split("\n")))
    assert "<" not in prose.plain
    assert "`a`" not in prose.plain


@pytest.mark.parametrize(
    "text", ["`<div>`", "```html\n<div>\n```", "    <div>\n", "<https://example.org> <a@b.c>"]
)
def test_a_chapter_without_raw_html_is_read_as_xml(text: str) -> None:
    """Signs in code and addresses are no tags, so the fast way is open."""
    prose, _ = read_prose(Source("a.md", text), 0)
    # HTML would put an end to the paragraph before the list.
    body = parse_chapter("<p><ul></ul></p>", prose.plain)

    assert [element.tag for element in body.iter()] == ["body", "p", "ul"]


@pytest.mark.parametrize("text", ["<div>", "a <b>c</b>", "</p>", "<!DOCTYPE x>", "<?x?>"])
def test_a_chapter_with_raw_html_is_read_as_html(text: str) -> None:
    """As browsers read it."""
    prose, _ = read_prose(Source("a.md", text), 0)
    body = parse_chapter("<p><ul></ul></p>", prose.plain)

    assert [element.tag for element in body] == ["p", "ul", "p"]


def test_definitions_of_notes_stand_where_markdown_sees_them() -> None:
    """Not in code, and not indented as code."""
    text = "[^a]: One\n   [^b]: Two\n    [^c]: Three\n`[^d]: x`\n```\n[^e]: y\n```\n"
    prose, _ = read_prose(Source("a.md", text), 0)

    assert footnote_definitions(prose.plain) == (("a", 0), ("b", 13))
