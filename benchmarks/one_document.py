"""The same book in one WeasyPrint document: what the press is measured against.

``python -m benchmarks.one_document BOOK FILE`` takes the HTML of each gathering from the
builder's own plan, joins them, and has the engine resolve page numbers, contents and
running heads by itself. Folios run on from the front matter, because the engine resets
the counter of pages on the first page only; all else is as in the builder's PDF.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from builder.config import CONFIG_NAME, Config
from builder.decode import decode
from builder.parse.chapter import draft_chapter
from builder.parse.markdown import make_markdown
from builder.parse.markup import inner_markup
from builder.parse.survey import survey_chapter
from builder.parse.tree import classes, parents, parse_html, replace, walk, with_class
from builder.read import read_manuscript
from builder.render.pdf.chapter_html import Finish
from builder.render.pdf.plan import Run, plan_book
from builder.render.pdf.print_tree import SLOT, SLOT_SCHEME
from builder.render.pdf.setup import Setup, font_setup
from builder.render.theme import Theme, load_theme
from builder.resolve.book import resolve_book
from builder.words import words_of

# What the body of each gathering says is said of a part of the one body here, and what the
# first page of each document looks like, the first page of each part.
_GLUE = """
.gathering { break-before: right; counter-reset: footnote }
.matter-front { page: front }
.matter-bare { page: bare }
.matter-main > section { page: main }
@page main:nth(1 of main) {
  @top-left { content: none }
  @top-right { content: none }
  @bottom-center { content: counter(page) }
}
@page front:nth(1 of front) {
  @top-left { content: none }
  @top-right { content: none }
  @bottom-center { content: counter(page, lower-roman) }
}
.page-of::after { content: target-counter(attr(href), page) }
.roman::after { content: target-counter(attr(href), page, lower-roman) }
"""


def main(root: Path, file: Path) -> None:
    """Write the book as one document."""
    config, theme, runs = _plan(root)
    families = tuple((font.name, font.folder) for font in theme.fonts)
    setup = Setup(root, families, theme.generics, theme.lineage)
    body = "\n".join(_gathering(run) for run in runs)
    with font_setup(setup) as fonts:
        assert fonts.scratch is not None
        os.environ["FONTCONFIG_FILE"] = str(fonts.scratch / "fonts.conf")
        from weasyprint import CSS, HTML

        html = f'<html lang="{config.language}"><title>{config.title}</title><body>{body}'
        sheets = [theme.css("print"), "@page { size: 6in 9in }", _GLUE]
        HTML(string=html, base_url=f"{root.resolve()}/").write_pdf(
            file,
            stylesheets=[CSS(string=text) for text in sheets],
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
        )


def _plan(root: Path) -> tuple[Config, Theme, tuple[Run, ...]]:
    manuscript = read_manuscript(root).value
    config = manuscript.config
    source = decode((root / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
    theme = load_theme(config.theme, root, source).value
    words, converter = words_of(config.language), make_markdown(config.language)
    drafts = (draft_chapter(file, converter).value for file in manuscript.files)
    chapters = [survey_chapter(draft, "print", words).value for draft in drafts]
    book = resolve_book(manuscript, chapters, words).value
    return config, theme, plan_book(book, words, Finish())


def _gathering(run: Run) -> str:
    body = parse_html(run.html({}))
    for image in walk(body, "img"):
        image.set("src", image.get("src", "").removeprefix("book:/"))
    owners = parents(body)
    for slot in with_class(body, SLOT):
        anchor = slot.get("href", "").removeprefix(SLOT_SCHEME)
        replace(owners[slot], slot, _page_of(anchor))
    for item, page in _contents_lines(body):
        link = next(walk(item, "a"))
        page.text = None
        page.append(_page_of(link.get("href", "").removeprefix("#"), "front" in classes(item)))
    return f'<div class="gathering matter-{run.matter}">{inner_markup(body)}</div>'


def _contents_lines(body: Element) -> Iterator[tuple[Element, Element]]:
    for item in walk(body, "li"):
        for page in with_class(item, "page"):
            yield item, page


def _page_of(anchor: str, is_roman: bool = False) -> Element:
    """A link that the engine fills in with a page number."""
    name = "page-of roman" if is_roman else "page-of"
    return Element("a", {"class": name, "href": f"#{anchor}"})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
