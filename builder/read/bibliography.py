"""The file of sources that ``book.toml`` names, and the style where that is a file too."""

import difflib
from pathlib import Path

from builder.book import Bibliography
from builder.config import Config
from builder.decode import decode
from builder.diagnostics import Diagnostic, Outcome, Place
from builder.paths import is_inside
from builder.source import Source

_STYLE_FILE = ".csl"
_SOURCE_FILES = (".bib", ".json")


def read_bibliography(root: Path, config: Config, toml: Source) -> Outcome[Bibliography | None]:
    """The sources of the book; None where it has none, or their file cannot be read."""
    options = config.bibliography
    if options is None:
        return Outcome(None)
    source = _read(root, options.file, toml)
    is_file = options.style.endswith(_STYLE_FILE)
    style = _read(root, options.style, toml) if is_file else Outcome(Source("", ""))
    findings = (*source.findings, *style.findings)
    if source.value is None or style.value is None:
        return Outcome(None, findings)
    place = _place(toml, options.style)
    made = Bibliography(source.value, options.style, style.value.text, place, options.all)
    return Outcome(made, findings)


def _read(root: Path, name: str, toml: Source) -> Outcome[Source | None]:
    path = root / name
    if not is_inside(path, root):
        message = f'the file lies outside the book: "{name}"'
        hint = "put it into the book's folder"
        return Outcome(None, (Diagnostic("missing-sources", message, _place(toml, name), hint),))
    try:
        decoded = decode(path.read_bytes(), name)
    except OSError:
        return Outcome(None, (_missing(root, name, toml),))
    return Outcome(decoded.value, decoded.findings)


def _missing(root: Path, name: str, toml: Source) -> Diagnostic:
    endings = (_STYLE_FILE,) if name.endswith(_STYLE_FILE) else _SOURCE_FILES
    paths = (path for path in root.rglob("*") if path.suffix in endings)
    names = sorted(path.relative_to(root).as_posix() for path in paths)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f'did you mean "{near[0]}"?' if near else "its path is seen from the book's folder"
    return Diagnostic("missing-sources", f'file not found: "{name}"', _place(toml, name), hint)


def _place(toml: Source, value: str) -> Place:
    return toml.place(max(toml.text.find(value), 0), len(value))
