"""Whatever a chapter holds, the builder comes back with findings and never with a traceback."""

from xml.etree.ElementTree import Element

import pytest

from builder.book import ChapterFile, FrontMatter
from builder.diagnostics import Diagnostic
from builder.parse.chapter import draft_chapter
from builder.parse.markup import markup
from builder.parse.survey import survey_chapter
from builder.source import Source
from builder.words import words_of
from tests.casebook import converter_of

MANY = 3000


def _read(text: str) -> tuple[Element, tuple[Diagnostic, ...]]:
    file = ChapterFile(Source("a.md", text), FrontMatter(title="T"), "chapter", "chapter", "a", 0)
    draft = draft_chapter(file, converter_of("en"))
    survey = survey_chapter(draft.value, "print", words_of("en"))
    return survey.value.body, (*draft.findings, *survey.findings)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(">" * 10_000 + " x", id="quotes in one line"),
        pytest.param("\n".join(">" * depth + " a" for depth in range(1, 51)), id="50 quotes"),
        pytest.param("\n".join("    " * depth + "- a" for depth in range(50)), id="50 lists"),
        pytest.param("\n".join("    " * depth + "- a" for depth in range(1000)), id="1000 lists"),
        pytest.param("- " * MANY + "a", id="items in one line"),
        pytest.param("".join("    " * depth + "!!! note\n\n" for depth in range(60)), id="boxes"),
        pytest.param("<div>" * MANY, id="elements"),
        pytest.param("<b>" * MANY, id="letters"),
    ],
)
def test_nesting_without_end_is_reported(text: str) -> None:
    """One finding says so, and the chapter is left alone."""
    _, findings = _read(text)

    assert [finding.code for finding in findings] == ["nested-too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(mark * MANY, id=f"{mark!r} many times")
        for mark in (
            "[",
            "![",
            "<",
            "#",
            "*",
            "_",
            "`",
            "~",
            "(",
            "&",
            '"',
            "'",
            ".",
            "^",
            "=",
            "|",
        )
    ]
    + [
        pytest.param("word " * 100_000, id="a huge line"),
        pytest.param("x" * 200_000, id="a huge word"),
        pytest.param(" " * MANY + "a", id="spaces"),
        pytest.param("\t" * MANY + "a", id="tabs"),
        pytest.param("\n" * MANY, id="empty lines"),
        pytest.param("<!-- a --> " * MANY, id="comments"),
        pytest.param("<!-- " * MANY, id="comments that are never closed"),
        pytest.param(f"a | b\n{' ' * MANY}x | y", id="spaces where the rule of a table would be"),
        pytest.param("```\n" * MANY, id="fences"),
        pytest.param("```\n" + "a\n" * MANY, id="an open fence"),
        pytest.param("/// note\n" * 300, id="open blocks"),
        pytest.param("\\" * MANY, id="backslashes"),
        pytest.param("\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03", id="Markdown's own placeholders"),
        pytest.param("*a* [b](#c) `d`\n" * 300, id="a long paragraph"),
        pytest.param("- [ ] a\n" * 500, id="equal tasks"),
        pytest.param("| a " * 500 + "|\n" + "|---" * 500 + "|\n", id="a wide table"),
        pytest.param("İstanbul ẞ ﬁ <img src=x alt=İ> [İ](#ß)", id="letters that change length"),
        pytest.param("<plaintext>a", id="the element that swallows all"),
        pytest.param("</body></html><p>a", id="the end of the document"),
        pytest.param("<![CDATA[a]]> <?xml x?> <!DOCTYPE a>", id="marks of XML"),
        pytest.param("{#a}" * MANY, id="attributes"),
        pytest.param("![](a){a=b c=d}" * 30, id="images with attributes"),
    ],
)
def test_odd_text_is_read(text: str) -> None:
    """It can be written again, and every place lies in the text."""
    body, findings = _read(text)

    assert markup(body).startswith("<body")
    assert all(finding.place and finding.place.line <= text.count("\n") + 1 for finding in findings)
