"""What the engine is started with: the book's folder, and fonts that are none of the system's."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from builder.themes import OWN_FONTS

_GENERIC = ("serif", "sans-serif", "monospace")


@dataclass(frozen=True, slots=True)
class Setup:
    """What every process that lays out needs to know: the book's folder and the fonts.

    ``fonts`` are the families of the theme, with the folders their files lie in, ``generics``
    those that stand for serif, sans-serif and monospace, ``themes`` the theme and those that it
    extends; ``scratch`` is a folder for the engine's own files, made by ``font_setup``.
    """

    root: Path
    fonts: tuple[tuple[str, Path], ...]
    generics: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    scratch: Path | None = None

    @property
    def font_folders(self) -> list[Path]:
        """The folders of all fonts, the book's own last."""
        return [*(folder for _, folder in self.fonts), (self.root / OWN_FONTS).absolute()]


@contextmanager
def font_setup(setup: Setup) -> Iterator[Setup]:
    """The set-up with a folder from which the engine sees these fonts and none of the system's."""
    with tempfile.TemporaryDirectory(prefix="build-book-") as name:
        folder = Path(name)
        conf = _fonts_conf(setup.font_folders, setup.generics, folder / "cache")
        (folder / "fonts.conf").write_text(conf, "utf-8")
        yield replace(setup, scratch=folder)


def font_digests(folders: Iterable[Path]) -> dict[str, Path]:
    """The font files in folders by the SHA-256 of their bytes."""
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".ttf", ".otf")
    }


def _fonts_conf(folders: Sequence[Path], names: Sequence[str], cache: Path) -> str:
    """A fontconfig set-up with these folders alone; OTF twins of TTF files are left out.

    ``names`` are the families that stand for serif, sans-serif and monospace.
    """
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    aliases = "".join(
        f"<alias binding='same'><family>{generic}</family>"
        f"<prefer><family>{escape(name)}</family></prefer></alias>"
        for generic, name in zip(_GENERIC, names, strict=False)
    )
    return (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'>"
        f"<fontconfig>{listed}<cachedir>{escape(str(cache))}</cachedir>"
        f"<selectfont><rejectfont><glob>*/files/*.otf</glob></rejectfont></selectfont>{aliases}"
        "</fontconfig>"
    )
