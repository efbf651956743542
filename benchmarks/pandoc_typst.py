"""Pandoc with Typst, which its Python package brings as a library and not as a program.

``python -m benchmarks.pandoc_typst BOOK FILE``
"""

import subprocess
import sys
from importlib import resources
from pathlib import Path

import typst

from benchmarks.rivals import pandoc, pandoc_sources

_FONTS = ("font_source_serif_pro", "font_source_sans_pro", "fontpkg_ibm_plex_mono")
# The size of the page and of its type, as in the builder's book.
_SET_UP = """
#set page(width: 6in, height: 9in, margin: (x: 0.75in, y: 1.08in), numbering: "1")
#set text(font: "Source Serif Pro", size: 10.4pt, hyphenate: true)
#set par(first-line-indent: 1.4em, spacing: 0.71em, leading: 0.71em)
#show raw: set text(font: "IBM Plex Mono", size: 8pt)
#show heading.where(level: 1): it => pagebreak(to: "odd", weak: true) + it
"""


def main(book: Path, file: Path) -> None:
    """Write the book."""
    source, set_up = file.with_suffix(".typ"), file.with_suffix(".set-up.typ")
    set_up.write_text(_SET_UP, encoding="utf-8")
    options = ["--to=typst", "--toc-depth=2", f"--include-before-body={set_up}"]
    subprocess.run([pandoc(), *pandoc_sources(book), *options, f"--output={source}"], check=True)
    folders = [str(resources.files(package) / "files") for package in _FONTS]
    typst.compile(
        str(source), output=str(file), root="/", font_paths=folders, ignore_system_fonts=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
