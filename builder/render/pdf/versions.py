"""The versions of all that decides how a page comes out, without starting the engine."""

import ctypes
from functools import cache
from importlib.metadata import version

from builder import __version__

# Raise it when the same input gives other pages or another format of parts.
FORMAT = "1"
_PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "pyphen",
    "pillow",
    "fonttools",
    "uharfbuzz",
)
_LIBRARIES = {
    "pango_version_string": ("libpango-1.0.so.0", "libpango-1.0-0.dll", "libpango-1.0.dylib"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz-0.dll", "libharfbuzz.dylib"),
}


@cache
def engine_versions() -> str:
    """One line that changes whenever a page could."""
    packages = [f"{name} {version(name)}" for name in _PACKAGES]
    libraries = [f"{name} {_ask(name, files)}" for name, files in _LIBRARIES.items()]
    return "; ".join((f"build-book {__version__} format {FORMAT}", *packages, *libraries))


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
