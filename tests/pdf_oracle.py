"""What the press has to equal: the engine's own layout, joining and writing of a settled book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder.render.pdf.annotations import join_links
from builder.render.pdf.edges import move_to_edges, set_bleed_boxes
from builder.render.pdf.folds import draw_folds
from builder.render.pdf.grids import draw_grids
from builder.render.pdf.line_ends import let_spaces_hang
from builder.render.pdf.page_turns import keep_words_on_page
from builder.render.pdf.print_tree import SLOT_SCHEME
from builder.render.pdf.settle import Placed
from builder.render.pdf.tags import hide_unspoken, repair_tags


@dataclass(frozen=True)
class Piece:
    """A run of pages to be laid out: its HTML and CSS, its first side and page, its labels."""

    html: str
    css: tuple[str, ...]
    side: str
    folio: int
    style: str


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the addresses of the book's files, and data."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols=("data",))
        self._root = root

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file that an address names."""
        if not url.startswith("book:"):
            return super().fetch(url, headers)
        path = self._root / unquote(urlsplit(url).path).lstrip("/")
        return URLFetcherResponse(url, path.read_bytes())


def pieces_of(placed: Sequence[Placed], css: tuple[str, ...], blank: str) -> Iterator[Piece]:
    """The runs of a settled book with all their CSS, and its blank pages."""
    style, folio = "r", 1
    for each in placed:
        if each.has_blank_before:
            yield Piece(blank, css, "left", folio, style)
        style, folio = "D" if each.run.matter == "main" else "r", each.folio
        yield Piece(each.gathering.html.read().decode(), css, each.gathering.opens_on, folio, style)
        folio += len(each.sheet.kinds)


class Oracle:
    """The engine, in this process, with the fonts that the environment names."""

    def __init__(self, root: Path) -> None:
        let_spaces_hang()
        keep_words_on_page()
        self._fetcher = _Fetcher(root)
        self._fonts = FontConfiguration()

    def lay(self, html: str, css: Iterable[str], folios: Any = None) -> Document:
        """A document laid out, its slots filled with the numbers themselves."""
        page = HTML(string=html, base_url="book:/", url_fetcher=self._fetcher)
        for link in page.etree_element.iter("a"):
            address = link.get("href", "")
            if address.startswith(SLOT_SCHEME):
                anchor = address.removeprefix(SLOT_SCHEME)
                link.text = folios[anchor]
                link.set("href", f"#{anchor}")
        sheets = [
            CSS(
                string=text,
                base_url="book:/",
                url_fetcher=self._fetcher,
                font_config=self._fonts,
            )
            for text in css
        ]
        return page.render(stylesheets=sheets, font_config=self._fonts)

    def join(self, pieces: Iterable[Piece], folios: Any) -> bytes:
        """All pieces laid out, joined and written by the engine, with page labels."""
        pages: list[Any] = []
        labels = pydyf.Array()
        for piece in pieces:
            rules = f"html {{ break-before: {piece.side} }}"
            rules += f"@page :first {{ counter-reset: page {piece.folio} }}"
            document = self.lay(piece.html, (*piece.css, rules), folios)
            label = pydyf.Dictionary({"S": f"/{piece.style}", "St": piece.folio})
            labels.extend((len(pages), label))
            pages += document.pages
        return write(document.copy(pages), labels)


def write(document: Document, labels: pydyf.Array | None = None) -> bytes:
    """A document written by the engine, its structure repaired as that of every book."""
    move_to_edges(document.pages)
    for page in document.pages:
        page.links[:] = join_links(page.links)
        hide_unspoken(page._page_box.descendants(placeholders=True))

    def finish(_document: Document, pdf: pydyf.PDF) -> None:
        repair_tags(pdf)
        draw_folds(document.pages, pdf)
        set_bleed_boxes(pdf, document.pages)
        draw_grids(document.pages, pdf)
        if labels:
            pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})

    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish))
