"""The list of the themes, for people and for programs."""

import json
from collections.abc import Sequence

from builder.themes import ListedTheme, list_themes


def themes_told(as_json: bool) -> str:
    """The themes that there are, as a person or a program wants to read them."""
    show = themes_json if as_json else themes_text
    return show(list_themes())


def themes_text(themes: Sequence[ListedTheme]) -> str:
    """A line a theme: its name, and what it is for."""
    width = max(len(theme.name) for theme in themes)
    return "\n".join(f"{theme.name:{width}}  {theme.description}" for theme in themes)


def themes_json(themes: Sequence[ListedTheme]) -> str:
    """The same as a JSON object."""
    listed = [{"name": theme.name, "description": theme.description} for theme in themes]
    return json.dumps({"themes": listed}, indent=2)
