"""Every chapter as foliate-js shows it in Chromium, on small screens, by day and by night.

``READERS_SHOTS=DIR`` keeps a picture of each first page.
"""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.readers.conftest import MODULES, Opened, RunJson

SCRIPT = Path(__file__).with_name("read.cjs")
SCREENS = {"kindle": (600, 800), "phone": (390, 844), "e-ink": (536, 724)}
# Readers darken a page in two ways: some tell the book, some set their own colours alone.
_DARK = "html { color-scheme: dark; background: #121212 !important; color: #ddd !important }"
_NIGHT = "html { background: #000 !important; color: #ccc !important }"
_LARGE = "html { font-size: 200% }"


@dataclass(frozen=True)
class Look:
    """What the reader has set: its colours, whether it tells the book of them, its type."""

    name: str
    css: str
    ground: tuple[int, int, int]
    scheme: str = "light"


LOOKS = (
    Look("light", "", (255, 255, 255)),
    Look("light 200 %", _LARGE, (255, 255, 255)),
    Look("dark", _DARK, (18, 18, 18), "dark"),
    Look("dark 200 %", f"{_DARK} {_LARGE}", (18, 18, 18), "dark"),
    Look("night", _NIGHT, (0, 0, 0)),
)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_chapter_is_whole_and_legible(
    screen: str, epub: Opened, browser: str, run_json: RunJson
) -> None:
    """Nothing beyond the page, nothing pale, no image missing, no error in the console."""
    width, height = SCREENS[screen]
    job = {
        "book": str(epub.path),
        "foliate": str(MODULES / "foliate-js"),
        "browser": browser,
        "screen": {"width": width, "height": height},
        "looks": [asdict(look) for look in LOOKS],
        "shots": _shots(screen, epub.path.stem),
    }
    seen = run_json(SCRIPT, job)

    assert seen["findings"] == []
    assert seen["chapters"] == len(epub.pages)


def _shots(screen: str, book: str) -> str:
    if not (folder := os.environ.get("READERS_SHOTS", "")):
        return ""
    path = Path(folder) / book / screen
    path.mkdir(parents=True, exist_ok=True)
    return str(path)
