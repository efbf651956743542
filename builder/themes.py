"""Where the themes are: light to import."""

from pathlib import Path


def styles_folder() -> Path:
    """The folder of themes: in the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "styles"


def theme_names() -> tuple[str, ...]:
    """The names of the themes that there are."""
    return tuple(sorted(path.parent.name for path in styles_folder().glob("*/theme.toml")))
