"""A theme: CSS for each output, its fonts, and what a cover is drawn with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.decode import decode
from builder.diagnostics import Outcome
from builder.render.theme.compose import SHEETS, check, compose
from builder.render.theme.cover import CoverStyle, cover_style
from builder.render.theme.css import first_family
from builder.render.theme.folders import ThemeFolder, find_theme, fonts_folder, settle_fonts
from builder.render.theme.media import Sheet
from builder.source import Source

OVERRIDES = "theme.css"
# What all outputs of a theme share: variables above all.
COMMON = "common.css"
# The variables that say which families stand for serif, sans-serif and monospace.
GENERICS = ("--text-font", "--label-font", "--code-font")


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family of fonts from a package: the folder its files lie in."""

    name: str
    package: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as loaded: CSS by output, the author's own rules last.

    ``generics`` are the families that stand for serif, sans-serif and monospace.
    """

    name: str
    sheets: tuple[tuple[Sheet, str], ...]
    fonts: tuple[FontFamily, ...]
    generics: tuple[str, ...]
    cover: CoverStyle

    def css(self, sheet: Sheet) -> str:
        """The CSS of one output."""
        return dict(self.sheets)[sheet]


def load_theme(name: str, root: Path, config: Source | None) -> Outcome[Theme]:
    """Load a theme with the overrides in the book's folder; CSS that does not parse is an error.

    ``config`` is the file that names the theme, where one does. Raises ``BuildFailed`` (exit
    code 2) where there is no such theme.
    """
    folders = find_theme(name, root, config)
    overrides = _overrides(root)
    own = [source for outcome in overrides for source in (outcome.value,)]
    sources = {sheet: [*_sheets(folders, sheet, root), *own] for sheet in SHEETS}
    made = compose(sources)
    epub = made["epub"]
    cover = cover_style(folders, root, epub.variables.__getitem__, epub.filler.value_of)
    own += [each for folder in folders if folder.is_own for each in _own_sheets(folder, root)]
    findings = [
        *(finding for outcome in overrides for finding in outcome.findings),
        *cover.findings,
        *check(sources, tuple(made.values()), own),
    ]
    fonts = tuple(
        FontFamily(family, package, fonts_folder(package))
        for family, package in settle_fonts(folders).items()
    )
    sheets = tuple((sheet, each.css) for sheet, each in made.items())
    generics = tuple(first_family(made["print"].filler.value_of(each)) for each in GENERICS)
    theme = Theme(name, sheets, fonts, generics, cover.value)
    return Outcome(theme, tuple(dict.fromkeys(findings)))


def _overrides(root: Path) -> tuple[Outcome[Source], ...]:
    path = root / OVERRIDES
    return (decode(path.read_bytes(), OVERRIDES),) if path.is_file() else ()


def _sheets(folders: Iterable[ThemeFolder], sheet: Sheet, root: Path) -> Iterator[Source]:
    for folder in folders:
        for file in (COMMON, f"{sheet}.css"):
            if source := folder.sheet(file, root):
                yield source


def _own_sheets(folder: ThemeFolder, root: Path) -> tuple[Source, ...]:
    return tuple(each for sheet in SHEETS for each in _sheets([folder], sheet, root))
