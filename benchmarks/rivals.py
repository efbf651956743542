"""Other tools at the same work: the command lines that make a book of the same sources."""

import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from builder.config import CONFIG_NAME
from builder.decode import decode
from builder.read import read_manuscript
from builder.render.theme import load_theme

WEASYPRINT = Path(sys.executable).with_name("weasyprint")
# Page numbers and openings as in the builder's book, where pandoc's HTML has what they need.
_PRINT = """
@page { size: 6in 9in }
h1 { break-before: right; string-set: head content(text), book "A Big Book" }
h1.title { break-before: auto }
#TOC { break-before: right }
#TOC a::after { content: leader(" . ") target-counter(attr(href), page) }
p > a[href^="#"]:not(.footnote-ref):not(.footnote-back)::after {
  content: " (page " target-counter(attr(href), page) ")"
}
"""


def has_pandoc() -> bool:
    """Whether pandoc is installed."""
    return find_spec("pypandoc") is not None


def has_typst() -> bool:
    """Whether Typst is installed."""
    return has_pandoc() and find_spec("typst") is not None


def pandoc() -> str:
    """The program."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def pandoc_sources(book: Path) -> Sequence[str]:
    """Pandoc's arguments for a book's chapters, images and contents included."""
    files = read_manuscript(book).value.files
    return [
        "--from=markdown+rebase_relative_paths",
        "--file-scope",
        "--standalone",
        "--toc",
        "--metadata=title:A book",
        *(str(book / file.source.path) for file in files),
    ]


def pandoc_epub(book: Path, file: Path) -> Sequence[str]:
    """Pandoc making an EPUB."""
    return [pandoc(), *pandoc_sources(book), "--split-level=1", f"--output={file}"]


def pandoc_weasyprint(book: Path, file: Path) -> Sequence[str]:
    """Pandoc making a tagged PDF with WeasyPrint, in the builder's own style."""
    css = file.with_suffix(".css")
    source = decode((book / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
    theme = load_theme("default", book, source).value
    css.write_text(theme.css("print") + _PRINT, encoding="utf-8")
    return [
        pandoc(),
        *pandoc_sources(book),
        "--toc-depth=2",
        "--metadata=lang:en",
        f"--css={css}",
        f"--pdf-engine={shutil.which(WEASYPRINT) or WEASYPRINT}",
        "--pdf-engine-opt=--pdf-variant=pdf/ua-1",
        "--pdf-engine-opt=--pdf-tags",
        f"--output={file}",
    ]


def pandoc_typst(book: Path, file: Path) -> Sequence[str]:
    """Pandoc making a tagged PDF with Typst."""
    return [sys.executable, "-m", "benchmarks.pandoc_typst", str(book), str(file)]
