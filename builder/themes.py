"""The themes that there are, and what they say of themselves: light to import."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

THEME_FILE = "theme.toml"
# The theme that all others extend in the end.
ROOT_THEME = "default"
# The folder of fonts that a book brings, for letters that the theme's do not have.
OWN_FONTS = "fonts"


@dataclass(frozen=True, slots=True)
class ListedTheme:
    """A theme as the list of them shows it."""

    name: str
    description: str


def styles_folder() -> Path:
    """The folder of themes: in the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "styles"


def theme_names() -> tuple[str, ...]:
    """The names of the themes that there are."""
    return tuple(sorted(path.parent.name for path in styles_folder().glob(f"*/{THEME_FILE}")))


def list_themes() -> tuple[ListedTheme, ...]:
    """The themes that there are, the root of all first."""
    names = sorted(theme_names(), key=lambda name: (name != ROOT_THEME, name))
    return tuple(ListedTheme(name, str(_settings(name)["description"])) for name in names)


def font_packages() -> tuple[str, ...]:
    """The packages that the themes take their fonts from."""
    tables = (_settings(name).get("fonts", {}) for name in theme_names())
    return tuple(
        sorted(
            {str(each) for table in tables if isinstance(table, dict) for each in table.values()}
        )
    )


def _settings(name: str) -> Mapping[str, object]:
    return tomllib.loads((styles_folder() / name / THEME_FILE).read_text(encoding="utf-8"))
