"""Lay out gatherings with WeasyPrint and write pages as one PDF: the only user of the engine."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from builder.diagnostics import Diagnostic, Outcome, Severity
from builder.listing import is_inside
from builder.render.theme import FontFamily

if TYPE_CHECKING:
    from weasyprint import CSS, Page
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

SCHEME = "book"
# Fonts that the book brings, for letters that the theme's fonts do not have.
OWN_FONTS = "fonts"
_GENERIC = ("serif", "sans-serif", "monospace")


@dataclass(frozen=True, slots=True)
class Gathering:
    """All that the layout of one run of pages depends on, but for files that it shows.

    ``folio`` is the number of the first page; ``opens_on`` the side it lies on.
    """

    id: str
    html: str
    css: tuple[str, ...]
    folio: int = 1
    opens_on: str = "right"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an anchor came to lie: the page, from 0, and its top and bottom in CSS pixels."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What came of laying a gathering out: its pages, and where each anchor lies on them."""

    pages: "tuple[Page, ...]"
    anchors: Mapping[str, Spot]
    findings: tuple[Diagnostic, ...]


class Engine:
    """WeasyPrint with the theme's fonts and no others, reading files of one folder only."""

    def __init__(self, root: Path, fonts: Sequence[FontFamily]) -> None:
        """Start the engine for the book in ``root``; the fonts of the system are not seen."""
        self._folder = tempfile.TemporaryDirectory(prefix="build-book-")
        folder = Path(self._folder.name)
        folders = [*(font.folder for font in fonts), (root / OWN_FONTS).absolute()]
        names = [font.name for font in fonts]
        (folder / "fonts.conf").write_text(_fonts_conf(folders, names, folder / "cache"), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
        from weasyprint.text.fonts import FontConfiguration

        self._fonts: FontConfiguration = FontConfiguration()
        self._fetcher = _fetcher(root)
        self._sheets: dict[str, CSS] = {}

    def __enter__(self) -> "Engine":
        """The engine itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete the font set-up."""
        self._folder.cleanup()

    def lay(self, gathering: Gathering) -> Sheet:
        """Lay out one gathering; the same gathering gives the same pages."""
        from weasyprint import HTML

        page = (
            f"@page :first {{ counter-reset: page {gathering.folio} }}"
            f"html {{ break-before: {gathering.opens_on} }}"
        )
        with _logged() as messages:
            document = HTML(
                string=gathering.html, base_url=f"{SCHEME}:/", url_fetcher=self._fetcher
            ).render(
                stylesheets=[self._css(text) for text in (*gathering.css, page)],
                font_config=self._fonts,
            )
        anchors: dict[str, Spot] = {}
        for number, made in enumerate(document.pages):
            # The engine gives each box inside a link an annotation of its own, outside the
            # structure element Link (PDF/UA-1, 7.18.5): the link's own boxes are enough.
            made.links[:] = [link for link in made.links if link[3].link]
            for name, (_, top, _, bottom) in made.anchors.items():
                anchors.setdefault(name, Spot(number, top, bottom))
        return Sheet(tuple(document.pages), anchors, tuple(_findings(messages, gathering.id)))

    def write(
        self, pages: Sequence["Page"], head: str, labels: Sequence[tuple[int, str]]
    ) -> Outcome[bytes]:
        """Pages of one or more sheets as one tagged PDF (PDF/UA-1).

        ``head`` is an HTML document whose title and meta elements describe the whole;
        ``labels`` holds the page (from 0) at which a style of page label begins: ``r``
        for roman, ``D`` for arabic (ISO 32000-1, 12.4.2).
        """
        import pydyf
        from weasyprint import HTML

        def add_labels(_document: object, pdf: pydyf.PDF) -> None:
            numbers = pydyf.Array()
            for start, style in labels:
                numbers.extend([start, pydyf.Dictionary({"S": f"/{style}"})])
            if labels:
                pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})

        with _logged() as messages:
            whole = HTML(string=head, base_url=f"{SCHEME}:/", url_fetcher=self._fetcher).render(
                font_config=self._fonts
            )
            made: bytes = whole.copy(list(pages)).write_pdf(
                finisher=add_labels, pdf_variant="pdf/ua-1", pdf_tags=True
            )
        return Outcome(made, tuple(_findings(messages, "the whole")))

    def _css(self, text: str) -> "CSS":
        from weasyprint import CSS

        if text not in self._sheets:
            self._sheets[text] = CSS(
                string=text,
                base_url=f"{SCHEME}:/",
                url_fetcher=self._fetcher,
                font_config=self._fonts,
            )
        return self._sheets[text]


def _fetcher(root: Path) -> "URLFetcher":
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BookFetcher(URLFetcher):  # type: ignore[misc]
        """Serves ``book:`` addresses from the book's folder, and ``data:``; nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            path = root / unquote(parts.path).lstrip("/")
            if parts.scheme != SCHEME or not is_inside(path, root):
                raise ValueError(f"not in the book's folder: {url}")
            return URLFetcherResponse(url, path.read_bytes())

    return BookFetcher(allowed_protocols=("data",))


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Everything the engine warns of meanwhile."""
    messages: list[str] = []
    handler = _Collector(messages.append)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    """Hands the text of each record to a function."""

    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        self._take(record.getMessage())


def _findings(messages: list[str], gathering_id: str) -> Iterator[Diagnostic]:
    for message in dict.fromkeys(messages):
        yield Diagnostic(
            "engine",
            f'laying out "{gathering_id}": {message[:1].lower()}{message[1:].rstrip(".")}',
            None,
            "correct the CSS or the image that it names",
            Severity.WARNING,
        )


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
