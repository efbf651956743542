"""The words that the builder puts on a page come from its catalogue, and from nowhere else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2

import builder
from builder.words import LANGUAGES, WordsError, words_of

ROOT = Path(builder.__file__).parent
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".xhtml")
)
SHEETS = sorted((ROOT.parent / "styles").rglob("*.css"))
_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_HEAD = re.compile(r"<(style|title)\b.*?</\1>|<\?.*?\?>|<!.*?>|<meta\b[^>]*>", re.DOTALL)
_SPOKEN = re.compile(r'\b(?:alt|aria-label|title)="([^"]*)"')
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _words_in(template: str) -> Iterator[str]:
    """What a template prints or lets be read aloud by itself."""
    text = _HEAD.sub(" ", _CODE.sub(" ", template))
    for spoken in _SPOKEN.findall(text):
        yield from _LETTERS.findall(spoken)
    yield from _LETTERS.findall(re.sub(r'&\w+;|<[^>]*>|\bid="[^"]*"', " ", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_templates_have_no_words_of_their_own(path: Path) -> None:
    """Between the tags, and in what is read aloud, there are values alone."""
    assert [*_words_in(path.read_text(encoding="utf-8"))] == []


def _contents(tokens: list[tinycss2.ast.Node]) -> Iterator[str]:
    """The strings that a style sheet writes on pages."""
    for token in tokens:
        inner = getattr(token, "content", None)
        if isinstance(inner, list):
            for node in tinycss2.parse_blocks_contents(inner, skip_comments=True):
                if node.type == "declaration" and node.lower_name in ("content", "string-set"):
                    yield from (each.value for each in node.value if each.type == "string")
                else:
                    yield from _contents([node])


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.relative_to(ROOT.parent).as_posix())
def test_themes_have_no_words_of_their_own(path: Path) -> None:
    """What CSS adds to a page is signs."""
    sheet = path.read_text(encoding="utf-8")
    written = [*_contents(tinycss2.parse_stylesheet(sheet, skip_comments=True))]

    assert [word for text in written for word in _LETTERS.findall(text)] == []


def test_a_translation_is_one_file(tmp_path: Path) -> None:
    """It serves its language in every country; what it lacks is in English."""
    (tmp_path / "de.toml").write_text('contents = "Inhalt"\npage = "Seite {page}"\n')
    words = words_of("de-AT", tmp_path)

    assert (words.contents, words.page) == ("Inhalt", "Seite {page}")
    assert words.checklist == words_of("en").checklist == words_of("fr", tmp_path).checklist


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('content = "Inhalt"', "de.toml: no word is named content"),
        ("contents = 7", "de.toml: contents is not a text"),
        ('page = "Seite {number}"', "de.toml: nothing fills in {number} in page"),
    ],
)
def test_a_translation_fits_the_program(text: str, said: str, tmp_path: Path) -> None:
    """Names and braces are those of the English words."""
    (tmp_path / "de.toml").write_text(text)

    with pytest.raises(WordsError, match=re.escape(said)):
        words_of("de", tmp_path)


@pytest.mark.parametrize("path", sorted(LANGUAGES.glob("*.toml")), ids=lambda path: path.stem)
def test_catalogues_are_whole(path: Path) -> None:
    """Each that ships has every word, in the order of the English one."""
    names = [
        [line.partition(" = ")[0] for line in each.read_text("utf-8").splitlines() if " = " in line]
        for each in (path, LANGUAGES / "en.toml")
    ]

    assert words_of(path.stem).contents
    assert names[0] == names[1]
