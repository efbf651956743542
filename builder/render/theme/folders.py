"""Where a theme's files are: its own folder, and those of the themes that it extends."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from builder.config.keys import Spans, toml_error, toml_spans
from builder.config.tables import Table
from builder.decode import decode
from builder.diagnostics import BuildFailed, Diagnostic, Outcome, Place
from builder.paths import is_inside
from builder.source import Source
from builder.themes import ROOT_THEME, THEME_FILE, font_packages, styles_folder, theme_names


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFonts:
    """The table ``[cover]``: the font files that a cover is drawn with."""

    title_font: Annotated[str, Meta(description="Font file of the title.")]
    text_font: Annotated[str, Meta(description="Font file of subtitle and author.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """Everything that ``theme.toml`` can say."""

    description: Annotated[str, Meta(description="The theme in a line.")] = ""
    extends: Annotated[str, Meta(description="The theme whose rules come before its own.")] = (
        ROOT_THEME
    )
    fonts: Annotated[
        dict[str, str],
        Meta(description="Font families and the packages that hold them; serif, sans, mono."),
    ] = field(default_factory=dict)
    cover: Annotated[
        CoverFonts | None, Meta(description="What a cover made from the title is set in.")
    ] = None


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """A theme's folder, and what its ``theme.toml`` says; ``name`` is what messages call it."""

    name: str
    folder: Path
    source: Source
    settings: ThemeFile
    is_own: bool

    def sheet(self, file: str, root: Path) -> Source | None:
        """One of its sheets; None where it has none."""
        path = self.folder / file
        if not path.is_file() or (self.is_own and not is_inside(path, root)):
            return None
        return Source(f"{self.name}/{file}", decode(path.read_bytes(), file).value.text)


def find_theme(name: str, root: Path, config: Source | None) -> tuple[ThemeFolder, ...]:
    """The folders that a theme consists of, the one that all extend first.

    A theme is one of those there are, or a folder of the book. Raises ``BuildFailed`` (exit
    code 2) where there is none of that name, or where its ``theme.toml`` is wrong.
    """
    if name in theme_names():
        return _lineage(_shipped(name))
    own = _own(name, root)
    if own is None:
        raise BuildFailed([_unknown(name, root, config)], exit_code=2)
    if own.findings:
        raise BuildFailed(own.findings, exit_code=2)
    folder = own.value
    assert folder is not None
    return (*_lineage(_shipped(folder.settings.extends)), folder)


def fonts_folder(package: str) -> Path:
    """The folder in which a package keeps its fonts."""
    return Path(str(resources.files(package))) / "files"


def _lineage(theme: ThemeFolder) -> tuple[ThemeFolder, ...]:
    if theme.name == _shown(ROOT_THEME):
        return (theme,)
    return (*_lineage(_shipped(theme.settings.extends)), theme)


def _shown(name: str) -> str:
    return f"styles/{name}"


def _shipped(name: str) -> ThemeFolder:
    folder = styles_folder() / name
    source = Source(f"{_shown(name)}/{THEME_FILE}", (folder / THEME_FILE).read_text("utf-8"))
    settings = Table(ThemeFile, source, Spans({}, {})).convert(tomllib.loads(source.text))
    assert settings.value is not None, settings.findings
    return ThemeFolder(_shown(name), folder, source, settings.value, is_own=False)


def _own(name: str, root: Path) -> Outcome[ThemeFolder | None] | None:
    """A theme in the book's folder; None where there is no ``theme.toml`` in it."""
    file = root / name / THEME_FILE
    if Path(name).is_absolute() or not is_inside(file, root) or not file.is_file():
        return None
    shown = Path(name).as_posix()
    decoded = decode(file.read_bytes(), f"{shown}/{THEME_FILE}")
    if decoded.findings:
        return Outcome(None, decoded.findings)
    source = decoded.value
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return Outcome(None, (toml_error(source, error, "config-syntax"),))
    spans = toml_spans(source.text)
    settings = Table(ThemeFile, source, spans).convert(data)
    if settings.value is None:
        return Outcome(None, settings.findings)
    folder = ThemeFolder(shown, root / name, source, settings.value, is_own=True)
    findings = tuple(_check(settings.value, source, spans))
    return Outcome(folder, findings)


def _check(settings: ThemeFile, source: Source, spans: Spans) -> Iterator[Diagnostic]:
    """What a theme of the book may not name: only what the builder brings is there to be named."""
    if settings.extends not in theme_names():
        place = spans.value_place(source, ("extends",))
        yield _no_theme(settings.extends, place, "")
    packages = font_packages()
    for family, package in settings.fonts.items():
        if package not in packages:
            yield Diagnostic(
                "unknown-font",
                f'no package of fonts named "{package}"',
                spans.value_place(source, ("fonts", family)),
                f"one of: {', '.join(packages)}; other fonts go into the book's folder fonts/",
            )


def _unknown(name: str, root: Path, config: Source | None) -> Diagnostic:
    place = None
    if config is not None:
        place = config.place(max(config.text.find(f'"{name}"'), 0) + 1, len(name))
    is_folder = bool(name) and is_inside(root / name, root) and (root / name).is_dir()
    hint = f'put a file {THEME_FILE} into the folder "{name}"' if is_folder else ""
    return _no_theme(name, place, hint)


def _no_theme(name: str, place: Place | None, hint: str) -> Diagnostic:
    near = difflib.get_close_matches(name, theme_names(), n=1)
    nearest = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(theme_names())}"
    return Diagnostic("unknown-theme", f'no theme named "{name}"', place, hint or nearest)


def font_file(name: str, theme: ThemeFolder, root: Path) -> Path | Diagnostic:
    """A font file as ``theme.toml`` names it: that of a package, or one in the book's folder."""
    package, _, file = name.partition("/")
    if package in font_packages():
        path = fonts_folder(package) / file
    else:
        path = root / name
        if not theme.is_own or not is_inside(path, root):
            path = Path()
    if path.is_file() and path.suffix.lower() in (".ttf", ".otf"):
        return path
    return Diagnostic(
        "unknown-font",
        f'font file not found: "{name}"',
        theme.source.place(max(theme.source.text.find(name), 0), len(name)),
        'name a file in the book\'s folder ("fonts/Title.ttf"), or leave the table [cover] out',
    )


def settle_fonts(folders: tuple[ThemeFolder, ...]) -> Mapping[str, str]:
    """The families of a theme: its own, else those of the nearest theme that it extends."""
    return next(each.settings.fonts for each in reversed(folders) if each.settings.fonts)
