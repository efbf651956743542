"""The page on themes shows every theme, and names every variable with the value it has."""

import re
from pathlib import Path

from builder.themes import styles_folder, theme_names

PAGE = Path(__file__).parents[1] / "docs" / "themes.md"
_ROW = re.compile(r"^\| `--([a-z-]+)` \| [^|]+ \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
_VARIABLE = re.compile(r"^  --([a-z-]+): (.+);$", re.MULTILINE)
_PICTURE = re.compile(r"\((pictures/[a-z/-]+\.png)\)")
_THEMES = ("default", "modern", "large-print")
_SAME = "the same"


def _variables(theme: str) -> dict[str, str]:
    """The variables that a theme sets for all outputs."""
    css = (styles_folder() / theme / "common.css").read_text(encoding="utf-8")
    return dict(_VARIABLE.findall(css.partition("@media")[0]))


def test_every_variable_is_named_with_its_values() -> None:
    """A row for each variable of the default theme, with what each theme sets."""
    rows = {name: values for name, *values in _ROW.findall(PAGE.read_text(encoding="utf-8"))}
    variables = {theme: _variables(theme) for theme in _THEMES}

    assert rows == {
        name: [
            f"`{variables[theme][name]}`" if name in variables[theme] else _SAME
            for theme in _THEMES
        ]
        for name in variables["default"]
    }


def test_every_theme_is_shown() -> None:
    """A section for each theme, and pictures that are there."""
    text = PAGE.read_text(encoding="utf-8")
    pictures = _PICTURE.findall(text)

    assert set(_THEMES) == set(theme_names())
    for name in theme_names():
        assert f"\n## `{name}`\n" in text
        assert any(f"/{name}-" in picture for picture in pictures)
    assert [picture for picture in pictures if not (PAGE.parent / picture).is_file()] == []
