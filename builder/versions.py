"""The versions of all that decides how a book comes out, without importing any of it."""

import ctypes
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from builder import __version__

_PARSING = (
    *("markdown", "pymdown-extensions", "pygments", "tinyhtml5"),
    *("latex2mathml", "ziafont", "ziamath"),
)
_LAYOUT = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2"),
    *("pyphen", "pillow", "fonttools", "uharfbuzz", "jinja2"),
)
_OWN = (".py", ".toml", ".html", ".xhtml", ".opf", ".ncx")
_LIBRARIES = {
    "pango_version_string": ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz-0.dll", "libharfbuzz.dylib"),
}


@cache
def parsing_versions() -> str:
    """One line that changes whenever the tree of a chapter could."""
    return "; ".join((_builder(), *(f"{name} {version(name)}" for name in _PARSING)))


@cache
def citing_versions() -> str:
    """One line that changes whenever a citation could."""
    return "; ".join((_builder(), f"typst {version('typst')}"))


@cache
def engine_versions() -> str:
    """One line that changes whenever a page could."""
    packages = [f"{name} {version(name)}" for name in _LAYOUT]
    libraries = [f"{name} {_ask(name, files)}" for name, files in _LIBRARIES.items()]
    return "; ".join((_builder(), *packages, *libraries))


@cache
def judge_version() -> str:
    """The version of EPUBCheck, as the package that carries it has it."""
    try:
        return f"epubcheck {version('epubcheck')}"
    except PackageNotFoundError:
        return "no epubcheck"


@cache
def _builder() -> str:
    """The builder's version and the state of its own files, which change while it is worked on."""
    folder = str(Path(__file__).parent)
    facts = sorted(
        f"{entry.path.removeprefix(folder)} {stat.st_size} {stat.st_mtime_ns}"
        for entry in _entries(folder)
        if entry.name.endswith(_OWN) and (stat := entry.stat())
    )
    digest = hashlib.sha256("\0".join(facts).encode())
    return f"build-book {__version__} {digest.hexdigest()[:16]}"


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _entries(entry.path)
            else:
                yield entry


def _ask(function: str, files: tuple[str, ...]) -> str:
    for file in files:
        try:
            library = ctypes.CDLL(file)
        except OSError:
            continue
        ask = getattr(library, function)
        ask.restype = ctypes.c_char_p
        return str(ask().decode())
    return "unknown"
