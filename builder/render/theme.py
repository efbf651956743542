"""A theme: a folder of CSS for each output, its fonts, and its CSS checked with file and line."""

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import tinycss2

from builder.decode import decode
from builder.diagnostics import BuildFailed, Diagnostic, Outcome
from builder.source import Source
from builder.themes import styles_folder, theme_names

Sheet = Literal["print", "epub", "checklists"]
OVERRIDES = "theme.css"


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family of fonts from a package: the folder its files lie in."""

    name: str
    package: str
    folder: Path


@dataclass(frozen=True, slots=True)
class CoverStyle:
    """The colours of a cover made from title and author, and the font files of its type."""

    background: str
    ink: str
    accent: str
    title_font: Path
    text_font: Path


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as loaded: CSS by output, the author's own rules last."""

    name: str
    sheets: tuple[tuple[Sheet, str], ...]
    fonts: tuple[FontFamily, ...]
    cover: CoverStyle

    def css(self, sheet: Sheet) -> str:
        """The CSS of one output."""
        return dict(self.sheets)[sheet]


def load_theme(name: str, root: Path, config: Source) -> Outcome[Theme]:
    """Load a theme with the overrides in the book's folder; CSS that does not parse is an error.

    Raises ``BuildFailed`` (exit code 2) where there is no such theme.
    """
    if name not in theme_names():
        raise BuildFailed([_unknown_theme(name, config)], exit_code=2)
    folder = styles_folder() / name
    settings = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    findings: list[Diagnostic] = []
    overrides = ""
    if (root / OVERRIDES).is_file():
        decoded = decode((root / OVERRIDES).read_bytes(), OVERRIDES)
        findings += [*decoded.findings, *check_css(decoded.value)]
        overrides = decoded.value.text
    sheets: list[tuple[Sheet, str]] = []
    kinds: tuple[Sheet, ...] = ("print", "epub", "checklists")
    for kind in kinds:
        source = Source(f"styles/{name}/{kind}.css", (folder / f"{kind}.css").read_text("utf-8"))
        findings += check_css(source)
        sheets.append((kind, f"{source.text}\n{overrides}" if overrides else source.text))
    fonts = tuple(
        FontFamily(family, package, _package_folder(package))
        for family, package in settings["fonts"].items()
    )
    return Outcome(Theme(name, tuple(sheets), fonts, _cover(settings["cover"])), tuple(findings))


def check_css(source: Source) -> Iterator[Diagnostic]:
    """Every place where CSS does not parse (CSS Syntax Level 3), nested blocks included."""
    rules = tinycss2.parse_stylesheet(source.text, skip_comments=True, skip_whitespace=True)
    yield from _check_nodes(rules, source)


def _check_nodes(nodes: list[Any], source: Source) -> Iterator[Diagnostic]:
    for node in nodes:
        if node.type == "error":
            offset = source.offset_of_line(node.source_line) + node.source_column - 1
            yield Diagnostic(
                "css-syntax",
                f"CSS does not parse: {_in_words(node.message)}",
                source.place(offset),
                "look for a missing semicolon, colon or brace in or before this line",
            )
        elif node.type in ("qualified-rule", "at-rule"):
            yield from _check_block(node, source)


def _in_words(message: str) -> str:
    """What tinycss2 says about CSS, as one would say it to an author."""
    if "before {} block" in message:
        return "here ends what is neither `name: value` nor a rule with its braces"
    return f"{message[:1].lower()}{message[1:].rstrip('.')}"


def _check_block(node: Any, source: Source) -> Iterator[Diagnostic]:
    if node.content is None:
        return
    if node.type == "at-rule" and node.lower_at_keyword in ("media", "supports", "layer"):
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
    else:
        inner = tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        )
    yield from _check_nodes(inner, source)


def _package_folder(package: str) -> Path:
    return Path(str(resources.files(package))) / "files"


def _cover(settings: dict[str, str]) -> CoverStyle:
    def font(key: str) -> Path:
        package, _, name = settings[key].partition("/")
        return _package_folder(package) / name

    return CoverStyle(
        settings["background"],
        settings["ink"],
        settings["accent"],
        font("title_font"),
        font("text_font"),
    )


def _unknown_theme(name: str, config: Source) -> Diagnostic:
    near = difflib.get_close_matches(name, theme_names(), n=1)
    offset = max(config.text.find(f'"{name}"'), 0) + 1
    hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(theme_names())}"
    return Diagnostic(
        "unknown-theme", f'no theme named "{name}"', config.place(offset, len(name)), hint
    )
