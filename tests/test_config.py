"""The configuration: identifiers, languages, and places in a TOML file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.config import Author, Config, parse_config
from builder.config.isbn import isbn_digits, isbn_problem
from builder.config.keys import KeyPath, toml_spans
from builder.config.languages import language_problem
from builder.diagnostics import BuildFailed
from builder.render.theme import load_theme
from builder.source import Source


@pytest.mark.parametrize(
    ("identifier", "digits", "is_valid"),
    [
        ("978-3-16-148410-0", "9783161484100", True),
        ("ISBN 0-306-40615-2", "0306406152", True),
        ("urn:isbn:080442957x", "080442957X", True),
        ("ISBN-13: 979 10 90636 07 1", "9791090636071", True),
        ("9783161484101", "9783161484101", False),
        ("080442957-0", "0804429570", False),
        ("1234567890123", "1234567890123", False),
        ("978316148410", "978316148410", False),
        ("isbn:soon", "SOON", False),
        ("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", None, True),
        ("https://example.org/book", None, True),
        ("", None, True),
    ],
)
def test_isbns_are_checked(identifier: str, digits: str | None, is_valid: bool) -> None:
    """The last digit checks the others, with or without hyphens."""
    assert isbn_digits(identifier) == digits
    if digits is not None:
        assert (isbn_problem(digits) == "") == is_valid


@pytest.mark.parametrize(
    "tag", ["en", "en-GB", "pt-BR", "zh-Hant-TW", "de-CH-1996", "sr-Latn", "es-419", "gsw", "x" * 3]
)
def test_sound_language_tags(tag: str) -> None:
    """Language, script, region and variant in the order of BCP 47."""
    assert language_problem(tag) is None


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("english", 'did you mean "en"?'),
        ("en-UK", 'did you mean "en-GB"?'),
        ("jp", 'did you mean "ja"?'),
        ("en_GB", "write a tag such as en, en-GB, de or pt-BR"),
        ("e", "write a tag such as en, en-GB, de or pt-BR"),
        ("qq", "write a tag such as en, en-GB, de or pt-BR"),
        ("", "write a tag such as en, en-GB, de or pt-BR"),
    ],
)
def test_wrong_language_tags(tag: str, hint: str) -> None:
    """The hint names the tag that was meant, where it is a common mistake."""
    problem = language_problem(tag)

    assert problem
    assert problem[1] == hint


def test_a_book_has_an_identifier_that_stays() -> None:
    """The ISBN where there is one, else a UUID that title and authors always give."""
    one, same = Config(title="A", authors=("N",)), Config(title="A", authors=(Author(name="N"),))

    assert Config(title="A", identifier="978-3-16-148410-0").urn == "urn:isbn:9783161484100"
    assert Config(title="A", identifier="https://example.org").urn == "https://example.org"
    assert one.urn == same.urn
    assert one.urn.startswith("urn:uuid:")
    assert one.urn != Config(title="B", authors=("N",)).urn


def test_only_authors_stand_in_the_byline() -> None:
    """Illustrators and editors do not."""
    config = Config(title="A", authors=("N", Author(name="S", role="ill"), Author(name="O")))

    assert config.byline == "N, O"


EVERY_FORM = '''
# "no" = 'key'
title = "A = [1]"   # comment
"quoted key" = 'x'
a.b . "c d" = [1, [2, { e = "}" }], """
f = 1""", ]
'lit' = \'\'\'
[g]
\'\'\'
date = 2026-03-01 10:00:00
"\\u0041\\t" = 1.5
[h]
i = { j = { k = [ ] }, l = true }
[h.m]
n = -1
[[o]]
p = 1
[[o]]
p = 2
[o.q]
r = 3
[[o.s]]
t = 4
[[o.s]]
t = [[5]]
'''


def _values(data: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _values(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _values(value, (*path, index))
    else:
        yield path, data


def test_every_value_of_a_toml_file_has_its_span() -> None:
    """The text of each span, read by itself, is the value."""
    spans = toml_spans(EVERY_FORM)
    for path, value in _values(tomllib.loads(EVERY_FORM), ()):
        start, end = spans.values[path]

        assert tomllib.loads(f"x = {EVERY_FORM[start:end]}")["x"] == value, path


def test_every_key_of_a_toml_file_has_its_span() -> None:
    """The text of each span, read by itself, is the key."""
    for path, (start, end) in toml_spans(EVERY_FORM).keys.items():
        (key,) = tomllib.loads(f"{EVERY_FORM[start:end]} = 1")

        assert key == path[-1]


def test_lists_in_lists_without_end_are_reported() -> None:
    """They are beyond what can be read, and no traceback says so."""
    config = parse_config(Source("book.toml", f"title = {'[' * 5000}{']' * 5000}"))

    assert [finding.code for finding in config.findings] == ["config-syntax"]


def test_a_theme_that_there_is_not_is_wrong_usage(tmp_path: Path) -> None:
    """The finding stands in the configuration, and names the nearest theme."""
    source = Source("book.toml", 'title = "A"\ntheme = "defualt"\n')
    with pytest.raises(BuildFailed) as failure:
        load_theme("defualt", tmp_path, source)

    (finding,) = failure.value.findings
    assert failure.value.exit_code == 2
    assert (finding.code, str(finding.place)) == ("unknown-theme", "book.toml:2:10")
    assert finding.hint == 'did you mean "default"?'


def test_rules_of_the_author_that_do_not_parse_have_their_line(tmp_path: Path) -> None:
    """The line is that in ``theme.css``, and the theme itself is free of findings."""
    (tmp_path / "theme.css").write_text(
        "/* mine */\n.a { color: red }\n.b { color red }\n", "utf-8"
    )
    findings = load_theme("default", tmp_path, Source("book.toml", "")).findings

    assert [(each.code, str(each.place)) for each in findings] == [("css-syntax", "theme.css:3:15")]
