"""A theme: CSS for each output, its fonts, and what a cover is drawn with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.cache import NO_STORE, Store, key
from builder.decode import decode
from builder.diagnostics import Outcome
from builder.kept import keep
from builder.render.theme.compose import SHEETS, check, compose
from builder.render.theme.cover import CoverColours, CoverStyle, cover_colours, cover_fonts
from builder.render.theme.css import first_family
from builder.render.theme.families import WantedFamily, wanted_families
from builder.render.theme.folders import ThemeFolder, find_theme, fonts_folder, settle_fonts
from builder.render.theme.media import Sheet
from builder.render.theme.own_fonts import check_own_fonts
from builder.source import Source
from builder.versions import engine_versions

OVERRIDES = "theme.css"
# What all outputs of a theme share: variables above all.
COMMON = "common.css"
# The variables that say which families stand for serif, sans-serif and monospace.
GENERICS = ("--text-font", "--label-font", "--code-font")
# The variable that says whether chapters begin with a drop cap.
INITIAL = "--initial"


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family of fonts from a package: the folder its files lie in."""

    name: str
    package: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as loaded: CSS by output, the author's own rules last.

    ``lineage`` names the theme behind those that it extends; ``generics`` are the families that
    stand for serif, sans-serif and monospace;
    ``has_initials`` says whether chapters begin with a drop cap in print; ``wanted`` are the
    families that the author's own rules name, ``own`` the sheets that they wrote.
    """

    name: str
    lineage: tuple[str, ...]
    sheets: tuple[tuple[Sheet, str], ...]
    fonts: tuple[FontFamily, ...]
    generics: tuple[str, ...]
    cover: CoverStyle
    has_initials: bool = False
    wanted: tuple[WantedFamily, ...] = ()
    own: tuple[Source, ...] = ()

    def css(self, sheet: Sheet) -> str:
        """The CSS of one output."""
        return dict(self.sheets)[sheet]


@dataclass(frozen=True, slots=True)
class _Style:
    """What sheets of CSS come to: the CSS of each output, its families, a cover's colours."""

    sheets: tuple[tuple[Sheet, str], ...]
    generics: tuple[str, ...]
    colours: CoverColours
    has_initials: bool
    wanted: tuple[WantedFamily, ...]


def load_theme(
    name: str, root: Path, config: Source | None, store: Store = NO_STORE
) -> Outcome[Theme]:
    """Load a theme with what is of it in the book's folder; CSS or a font in there may be wrong.

    ``config`` is the file that names the theme, where one does. Raises ``BuildFailed`` (exit
    code 2) where there is no such theme.
    """
    folders = find_theme(name, root, config)
    overrides = _overrides(root)
    own = [source for outcome in overrides for source in (outcome.value,)]
    sources = {sheet: [*_sheets(folders, sheet, root), *own] for sheet in SHEETS}
    own += [each for folder in folders if folder.is_own for each in _own_sheets(folder, root)]
    name_of_style = key("theme", engine_versions(), repr(sources), repr(own))
    style = keep(store, name_of_style, Outcome[_Style], partial(_make_style, sources, own))
    findings = [
        *(finding for outcome in overrides for finding in outcome.findings),
        *style.findings,
        *check_own_fonts(root, store),
    ]
    fonts = tuple(
        FontFamily(family, package, fonts_folder(package))
        for family, package in settle_fonts(folders).items()
    )
    cover = CoverStyle(*style.value.colours, *cover_fonts(folders, root))
    made = style.value
    lineage = tuple(each.folder.name for each in folders)
    theme = Theme(
        name,
        lineage,
        made.sheets,
        fonts,
        made.generics,
        cover,
        made.has_initials,
        made.wanted,
        tuple(own),
    )
    return Outcome(theme, tuple(dict.fromkeys(findings)))


def _make_style(
    sources: Mapping[Sheet, Sequence[Source]], own: Sequence[Source]
) -> Outcome[_Style]:
    made = compose(sources)
    epub, printed = made["epub"], made["print"]
    colours = cover_colours(epub.variables.__getitem__, epub.filler.value_of)
    style = _Style(
        tuple((sheet, each.css) for sheet, each in made.items()),
        tuple(first_family(printed.filler.value_of(each)) for each in GENERICS),
        colours.value,
        printed.filler.value_of(INITIAL) != "none",
        wanted_families(printed.variables.values(), own),
    )
    return Outcome(style, (*colours.findings, *check(sources, tuple(made.values()), own)))


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
