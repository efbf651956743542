"""Themes: which rules an output takes, variables put in, folders that extend one another."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from builder.diagnostics import BuildFailed
from builder.render.theme import Theme, load_theme
from builder.render.theme.compose import SHEETS, Composed, compose
from builder.render.theme.folders import fonts_folder
from builder.render.theme.media import Sheet
from builder.source import Source
from builder.themes import list_themes, styles_folder, theme_names

WriteBook = Callable[[Mapping[str, str]], Path]


def _composed(sheet: Sheet, *texts: str) -> Composed:
    sources = [Source(f"{number}.css", text) for number, text in enumerate(texts)]
    return compose({sheet: sources})[sheet]


def _squeezed(css: str) -> str:
    return " ".join(css.split())


def _load(write_book: WriteBook, files: Mapping[str, str], name: str = "default") -> Theme:
    loaded = load_theme(name, write_book(files), None)

    assert loaded.findings == ()
    return loaded.value


@pytest.mark.parametrize(
    ("query", "sheets"),
    [
        ("print", ("print", "checklists")),
        ("screen", ("epub",)),
        ("all", SHEETS),
        ("pdf", ("print",)),
        ("EPUB", ("epub",)),
        ("checklists", ("checklists",)),
        ("pdf, epub", ("print", "epub")),
        ("only print", ("print", "checklists")),
        ("not epub", ("print", "checklists")),
    ],
)
def test_outputs_are_media_types(query: str, sheets: tuple[Sheet, ...]) -> None:
    """The rules stand there as if there were no media, and not at all for other outputs."""
    css = f"@media {query} {{ p {{ color: red }} }}"
    taken = {sheet: _squeezed(_composed(sheet, css).css) for sheet in SHEETS}

    assert taken == {sheet: "p { color: red }" if sheet in sheets else "" for sheet in SHEETS}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("(max-width: 30em)", "(max-width: 30em)"),
        ("epub and (max-width: 30em)", "(max-width: 30em)"),
        ("not epub and (max-width: 30em)", "not all and (max-width: 30em)"),
        ("pdf, screen and (color)", "(color)"),
        ("amzn-kf8", "amzn-kf8"),
    ],
)
def test_conditions_are_left_to_the_reader(query: str, left: str) -> None:
    """What is known of the output is taken out of the query, the rest stays."""
    made = _composed("epub", f"@media {query} {{ p {{ color: red }} }}")

    assert _squeezed(made.css) == f"@media {left} {{ p {{ color: red }} }}"


def test_an_e_book_has_no_pages() -> None:
    """Margins of the printed page are none of an e-reader's business."""
    css = "@page { margin: 2cm } p { color: red }"

    assert _squeezed(_composed("epub", css).css) == "p { color: red }"
    assert "@page" in _composed("print", css).css


def test_variables_are_put_in_where_they_stand() -> None:
    """Also in functions, in page rules, in each other, and with what is set later."""
    made = _composed(
        "print",
        ":root { --size: 10pt; --lead: calc(var(--size) * 2); --wide: 3em }",
        "@page { @top-left { font: var(--size)/1 serif } } p { margin: 0 var(--lead) }",
        ":root { --size: 12pt } q { width: var(--wide); height: var(--high, var(--wide)) }",
    )

    assert _squeezed(made.css) == (
        "@page { @top-left { font: 12pt/1 serif } } p { margin: 0 calc(12pt * 2) } "
        "q { width: 3em; height: 3em }"
    )


def test_variables_may_differ_by_output() -> None:
    """In a rule for the medium."""
    texts = ":root { --a: 1px } @media epub { :root { --a: 2px } }", "p { top: var(--a) }"

    assert _squeezed(_composed("print", *texts).css) == "p { top: 1px }"
    assert _squeezed(_composed("epub", *texts).css) == "p { top: 2px }"


def test_what_else_stands_on_the_root_stays() -> None:
    """Only the variables go."""
    made = _composed("print", ":root { --a: 1px; color: red; top: var(--a) }")

    assert _squeezed(made.css) == ":root { color: red; top: 1px }"


def test_no_variable_is_left_in_a_shipped_theme(tmp_path: Path) -> None:
    """Older e-readers drop what they do not know; and nothing in a theme goes unused."""
    for name in theme_names():
        loaded = load_theme(name, tmp_path, None)

        assert loaded.findings == (), name
        for sheet in SHEETS:
            assert "var(" not in loaded.value.css(sheet), (name, sheet)
            assert "--" not in loaded.value.css(sheet), (name, sheet)


def test_every_theme_says_what_it_is_for() -> None:
    """The list begins with the theme of books that name none."""
    themes = list_themes()

    assert themes[0].name == "default"
    assert {theme.name for theme in themes} == set(theme_names())
    assert all(theme.description for theme in themes)


def test_the_author_has_the_last_word(write_book: WriteBook) -> None:
    """Rules and variables of ``theme.css`` come behind those of the theme, in every output."""
    theme = _load(write_book, {"theme.css": ":root { --accent: #123456 }\n.wide { top: 1em }\n"})

    for sheet in SHEETS:
        assert theme.css(sheet).endswith(".wide { top: 1em }\n")
    assert "#123456" in theme.css("print")
    assert theme.cover.accent == "#123456"


def test_a_theme_of_the_book_extends_another(write_book: WriteBook) -> None:
    """What it has no file for is that of the theme that it extends; its own rules come behind."""
    files = {
        "looks/theme.toml": 'description = "Mine"\n',
        "looks/common.css": ":root { --text-size: 12pt }\n",
        "looks/print.css": "h2 { color: blue }\n",
        "theme.css": "h2 { top: 0 }\n",
    }
    theme = _load(write_book, files, "looks")
    default = _load(write_book, {}, "default")

    assert theme.css("print").endswith("h2 { color: blue }\nh2 { top: 0 }\n")
    assert "12pt" in theme.css("print")
    assert theme.css("epub").startswith(default.css("epub").removesuffix("h2 { top: 0 }\n"))
    assert theme.fonts == default.fonts


@pytest.mark.parametrize(
    ("settings", "code", "place"),
    [
        ('extends = "defualt"\n', "unknown-theme", "looks/theme.toml:1:11"),
        ('[fonts]\n"Mine" = "antigravity"\n', "unknown-font", "looks/theme.toml:2:10"),
        ('descripton = "x"\n', "unknown-key", "looks/theme.toml:1:1"),
        ("description = 3\n", "wrong-value", "looks/theme.toml:1:15"),
        ("description\n", "config-syntax", "looks/theme.toml:1:12"),
        (
            '[cover]\ntitle_font = "../a.ttf"\ntext_font = "b.ttf"\n',
            "unknown-font",
            "looks/theme.toml:2:15",
        ),
    ],
)
def test_a_theme_of_the_book_is_checked(
    write_book: WriteBook, settings: str, code: str, place: str
) -> None:
    """With file, line and column; a package that is none of the builder's is not looked at."""
    root = write_book({"looks/theme.toml": settings})
    with pytest.raises(BuildFailed) as failed:
        load_theme("looks", root, None)

    assert failed.value.exit_code == 2
    assert [(each.code, str(each.place)) for each in failed.value.findings][:1] == [(code, place)]


@pytest.mark.parametrize("spoil", [lambda _: b"<html>", lambda data: data[:999], lambda _: b""])
def test_a_font_of_the_book_that_is_none(
    write_book: WriteBook, spoil: Callable[[bytes], bytes]
) -> None:
    """A page of the web, say, that was saved in its stead; it is told before anything is set."""
    root = write_book({"a.md": "# A\n\nText.\n"})
    (root / "fonts").mkdir()
    font = next(fonts_folder("fontpkg_atkinson_hyperlegible").glob("*-Bold.ttf")).read_bytes()
    (root / "fonts" / "good.ttf").write_bytes(font)
    (root / "fonts" / "title.ttf").write_bytes(spoil(font))
    (finding,) = load_theme("default", root, None).findings

    assert finding.code == "damaged-font"
    assert finding.message == '"fonts/title.ttf" is no font, or a damaged one'


@pytest.mark.parametrize("name", ["", "..", "../book/looks", "/tmp", "nowhere", "mine"])
def test_a_theme_lies_in_the_book_or_there_is_none(write_book: WriteBook, name: str) -> None:
    """Nothing outside the book's folder is read, and a folder without its file is no theme."""
    root = write_book({"mine/print.css": "", "../theme.toml": ""})
    with pytest.raises(BuildFailed) as failed:
        load_theme(name, root, None)

    (finding,) = failed.value.findings
    assert finding.code == "unknown-theme"
    assert finding.hint == (
        'put a file theme.toml into the folder "mine"'
        if name == "mine"
        else f"there are: {', '.join(theme_names())}"
    )


def test_themes_are_folders_of_css_and_nothing_else() -> None:
    """One file says what the theme is; the sheets are those that the outputs take."""
    known = {"theme.toml", "common.css", *(f"{sheet}.css" for sheet in SHEETS)}

    for name in theme_names():
        assert {path.name for path in (styles_folder() / name).iterdir()} <= known


def test_media_that_there_are_are_left_alone(tmp_path: Path) -> None:
    """Also those of CSS that no output is, and those of Kindles."""
    media = "screen and (color), not print, only epub, (min-width: 9em), amzn-kf8, speech"
    (tmp_path / "theme.css").write_text(f"@media {media} {{ p {{ color: red }} }}\n", "utf-8")

    assert load_theme("default", tmp_path, Source("book.toml", "")).findings == ()
