"""What a cover that is made from title and author is drawn with: the theme's colours and type."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tinycss2.color4

from builder.diagnostics import BuildFailed, Diagnostic, Outcome
from builder.render.theme.css import place_of
from builder.render.theme.folders import ThemeFolder, font_file
from builder.render.theme.variables import Variable

PAPER, INK, ACCENT = COLOURS = ("--cover-paper", "--cover-ink", "--cover-accent")
_BLACK = "#000000"
# Of the paper, the ink and what stands out.
CoverColours = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CoverStyle:
    """The colours of a cover made from title and author, and the font files of its type."""

    background: str
    ink: str
    accent: str
    title_font: Path
    text_font: Path


def cover_colours(
    variables: Callable[[str], Variable], value_of: Callable[[str], str]
) -> Outcome[CoverColours]:
    """The colours of a cover, as the variables say."""
    found: list[Diagnostic] = []
    colours = []
    for name in COLOURS:
        text = value_of(name)
        colour = _in_srgb(text)
        found += () if colour else (_no_colour(variables(name), text),)
        colours.append(colour or _BLACK)
    paper, ink, accent = colours
    return Outcome((paper, ink, accent), tuple(found))


def cover_fonts(folders: Sequence[ThemeFolder], root: Path) -> tuple[Path, Path]:
    """The font files of title and text that the last theme names that names any.

    Raises ``BuildFailed`` (exit code 2) where one is not there.
    """
    theme = next(each for each in reversed(folders) if each.settings.cover)
    named = theme.settings.cover
    assert named is not None
    files = [font_file(each, theme, root) for each in (named.title_font, named.text_font)]
    missing = [each for each in files if isinstance(each, Diagnostic)]
    if missing:
        raise BuildFailed(missing, exit_code=2)
    title_font, text_font = _paths(files)
    return title_font, text_font


def _paths(files: Sequence[Path | Diagnostic]) -> Iterator[Path]:
    return (each for each in files if isinstance(each, Path))


def _in_srgb(text: str) -> str:
    """A colour of CSS as ``#rrggbb``; nothing where it is none."""
    colour = tinycss2.color4.parse_color(text)
    if colour is None or colour == "currentcolor":
        return ""
    parts = (min(255, max(0, round(part * 255))) for part in colour.to("srgb").coordinates)
    return f"#{''.join(f'{part:02x}' for part in parts)}"


def _no_colour(variable: Variable, text: str) -> Diagnostic:
    place = variable.source.place(place_of(variable.node, variable.source), len(variable.name))
    hint = "write it as #rrggbb, by its name, or as rgb(), hsl() or oklch()"
    message = f'the variable "{variable.name}" is no colour: "{text}"'
    return Diagnostic("bad-colour", message, place, hint)
