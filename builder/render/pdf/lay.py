"""Lay out gatherings and their furniture with WeasyPrint: the only user of the engine.

One ``Engine`` serves one book, in one process. What it takes and gives is plain data.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

import msgspec

from builder.diagnostics import Diagnostic, Severity
from builder.paths import is_inside
from builder.render.pdf.annotations import join_links
from builder.render.pdf.directions import has_both_directions, keep_order
from builder.render.pdf.fonts import FontUse, pack_glyphs
from builder.render.pdf.forms import make_widgets, mark_fields
from builder.render.pdf.furniture import furniture_html, without_furniture
from builder.render.pdf.gathering import Copy, Dress, Furniture, PageKind, Sheet, Spot
from builder.render.pdf.leaf import furniture_stream
from builder.render.pdf.outline import Mark
from builder.render.pdf.part import ELSEWHERE, compile_part
from builder.render.pdf.tags import hide_unspoken
from builder.themes import OWN_FONTS

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, Document, Page
    from weasyprint.pdf.fonts import Font
    from weasyprint.urls import URLFetcher

SCHEME = "book"
_GENERIC = ("serif", "sans-serif", "monospace")
_POINTS = 0.75


@dataclass(frozen=True, slots=True)
class Setup:
    """What every process that lays out needs to know: the book's folder and the fonts.

    ``fonts`` are the families of the theme, with the folders their files lie in, ``generics``
    those that stand for serif, sans-serif and monospace; ``scratch`` is a folder for the
    engine's own files, made by ``font_setup``.
    """

    root: Path
    fonts: tuple[tuple[str, Path], ...]
    generics: tuple[str, ...] = ()
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


class Engine:
    """WeasyPrint with the fonts of a set-up, reading files of the book's folder only."""

    def __init__(self, setup: Setup) -> None:
        """Start the engine in this process; ``font_setup`` has to be in force."""
        assert setup.scratch is not None
        os.environ["FONTCONFIG_FILE"] = str(setup.scratch / "fonts.conf")
        from weasyprint.text.fonts import FontConfiguration

        from builder.render.pdf.line_ends import let_spaces_hang

        let_spaces_hang()
        self._fonts: FontConfiguration = FontConfiguration()
        self._font_folders = setup.font_folders
        self._served: dict[str, str] = {}
        self._fetcher = _fetcher(setup.root, self._served)
        self._sheets: dict[str, _Parsed] = {}

    def lay(self, gathering: Copy) -> Sheet:
        """Lay out one gathering; the same gathering gives the same sheet."""
        css = gathering.css
        rules = f"html {{ break-before: {gathering.opens_on} }}"
        if gathering.folio:
            rules += f"@page :first {{ counter-reset: page {gathering.folio} }}"
        else:
            css = tuple(without_furniture(text) for text in css)
        from builder.render.pdf.doctor import examine
        from builder.render.pdf.edges import move_to_edges, set_bleed_boxes
        from builder.render.pdf.folds import draw_folds
        from builder.render.pdf.grids import draw_grids

        self._served.clear()
        sheets = [self._css(text) for text in (*css, rules)]
        with _logged() as messages:
            document = self._render(gathering.html.decode(), sheets)
            move_to_edges(document.pages)
            anchors = _anchors(document.pages)
            survey = examine(document.pages)
            elsewhere = _tidy_links(document.pages, anchors)
            hide_unspoken(_boxes(document))
            fields = mark_fields(document.pages)
            pdf = _draw(document, tagged=True)
        draw_folds(document.pages, pdf)
        set_bleed_boxes(pdf, document.pages)
        draw_grids(document.pages, pdf)
        digest = hashlib.sha256(gathering.html).hexdigest()[:8]
        renamed = {font.hash: font.hash + digest for font in _apart(document)}
        uses, files = self._font_uses(document, renamed)
        part, records = compile_part(pdf, gathering.id, renamed, make_widgets(pdf, fields))
        return Sheet(
            part,
            records,
            tuple(_kind(page) for page in document.pages),
            tuple(page.height for page in document.pages),
            anchors,
            tuple(_marks(document.pages)),
            elsewhere,
            uses,
            files,
            tuple(sorted(self._served.items())),
            tuple(_findings(messages, gathering.id)),
            msgspec.msgpack.encode(survey),
            _complaints(sheets),
        )

    def dress(self, furniture: Furniture) -> Dress:
        """Lay out the furniture of one gathering."""
        rules = (
            f"html {{ break-before: {furniture.opens_on} }}"
            f"@page :first {{ counter-reset: page {furniture.folio} }}"
        )
        self._served.clear()
        sheets = [self._css(text) for text in (*furniture.css, rules)]
        with _logged() as messages:
            document = self._render(furniture_html(furniture), sheets)
            pdf = _draw(document, tagged=False)
        assert len(document.pages) == len(furniture.kinds), furniture.id
        uses, files = self._font_uses(document, {})
        return Dress(
            tuple(map(furniture_stream, _content(pdf))),
            uses,
            files,
            tuple(sorted(self._served.items())),
            tuple(_findings(messages, furniture.id)),
            _complaints(sheets),
        )

    def _render(self, html: str, sheets: Iterable["_Parsed"]) -> "Document":
        from weasyprint import HTML

        page = HTML(string=html, base_url=f"{SCHEME}:/", url_fetcher=self._fetcher)
        if has_both_directions(html):
            keep_order(page.etree_element)
        return page.render(stylesheets=[each.css for each in sheets], font_config=self._fonts)

    def _css(self, text: str) -> "_Parsed":
        """The sheet parsed, once; what it asked for counts wherever it is used."""
        from weasyprint import CSS

        if text not in self._sheets:
            before = dict(self._served)
            self._served.clear()
            with _logged() as messages:
                css = CSS(
                    string=text,
                    base_url=f"{SCHEME}:/",
                    url_fetcher=self._fetcher,
                    font_config=self._fonts,
                )
            self._sheets[text] = _Parsed(css, dict(self._served), tuple(messages))
            self._served.update(before)
        parsed = self._sheets[text]
        self._served.update(parsed.served)
        return parsed

    def _font_uses(
        self, document: "Document", renamed: dict[str, str]
    ) -> tuple[tuple[FontUse, ...], dict[str, bytes]]:
        """The fonts of a document, and the bytes of those that no folder of fonts holds."""
        from weasyprint.text.fonts import get_hb_object_data

        uses, files = [], {}
        for font in document.fonts.values():
            is_whole = font.hash not in renamed
            data = get_hb_object_data(font.hb_face) if is_whole else font.file_content
            digest = hashlib.sha256(data).hexdigest()
            if digest not in self._known_fonts:
                files[digest] = bytes(data)
            uses.append(
                FontUse(
                    renamed.get(font.hash, font.hash),
                    font.name.decode(),
                    font.family,
                    font.flags,
                    font.ascent,
                    font.descent,
                    font.type == "otf",
                    digest,
                    is_whole,
                    pack_glyphs(font.widths, font.to_unicode),
                    tuple(sorted(font.missing.values())),
                )
            )
        return tuple(uses), files

    @cached_property
    def _known_fonts(self) -> frozenset[str]:
        return frozenset(font_digests(self._font_folders))


def font_digests(folders: Iterable[Path]) -> dict[str, Path]:
    """The font files in folders by the SHA-256 of their bytes."""
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".ttf", ".otf")
    }


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A style sheet parsed, the files that it asked for, and what the engine said of it."""

    css: "CSS"
    served: dict[str, str]
    messages: tuple[str, ...]


def _complaints(sheets: Iterable[_Parsed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(message for sheet in sheets for message in sheet.messages))


class _Drawn(Exception):  # noqa: N818
    """Stops the engine when its objects are made, before it writes them."""

    def __init__(self, pdf: "pydyf.PDF") -> None:
        self.pdf = pdf


def _draw(document: "Document", *, tagged: bool) -> "pydyf.PDF":
    """The objects that the engine would write."""

    def stop(_document: object, pdf: "pydyf.PDF") -> None:
        raise _Drawn(pdf)

    try:
        document.write_pdf(finisher=stop, pdf_tags=tagged, uncompressed_pdf=True)
    except _Drawn as drawn:
        return drawn.pdf
    raise AssertionError("the engine did not call its finisher")


def _content(pdf: "pydyf.PDF") -> Iterator[bytes]:
    """The content stream of each page."""
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[int(number)]
        content = pdf.objects[int(page["Contents"].split()[0])]
        lines = (line if isinstance(line, bytes) else str(line).encode() for line in content.stream)
        yield b"\n".join(lines)


def _boxes(document: "Document") -> Iterator[object]:
    for page in document.pages:
        yield from page._page_box.descendants(placeholders=True)


def _anchors(pages: Sequence["Page"]) -> dict[str, Spot]:
    anchors: dict[str, Spot] = {}
    for number, page in enumerate(pages):
        for name, (left, top, _, bottom) in page.anchors.items():
            anchors.setdefault(name, Spot(number, left, top, bottom))
    return anchors


def _tidy_links(pages: Sequence["Page"], anchors: dict[str, Spot]) -> tuple[str, ...]:
    """Keep one annotation a link, and send links to other gatherings on their way."""
    elsewhere: dict[str, None] = {}
    for page in pages:
        kept = []
        for kind, target, area, box in join_links(page.links):
            if kind == "internal" and target not in anchors:
                elsewhere[target] = None
                kind, target = "external", ELSEWHERE + target
            kept.append((kind, target, area, box))
        page.links[:] = kept
    return tuple(elsewhere)


def _marks(pages: Sequence["Page"]) -> Iterator[Mark]:
    for number, page in enumerate(pages):
        for level, title, (x, y), state in page.bookmarks:
            yield Mark(
                level, title, number, x * _POINTS, (page.height - y) * _POINTS, state != "closed"
            )


def _kind(page: "Page") -> PageKind:
    box = page._page_box
    kind = box.page_type
    strings = tuple(
        (name, text)
        for child in box.descendants(placeholders=True)
        for name, text in child.string_set or ()
    )
    name = kind.name if kind.name not in ("", "auto", None) else ""
    return PageKind(name, kind.blank, kind.side == "right", strings)


def _apart(document: "Document") -> "Iterator[Font]":
    """Fonts whose glyphs mean something in this document only."""
    for font in document.fonts.values():
        if font.missing or "fvar" in font.tables or font.png or font.svg or font.colr:
            yield font


def _fetcher(root: Path, served: dict[str, str]) -> "URLFetcher":
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BookFetcher(URLFetcher):  # type: ignore[misc]
        """Serves ``book:`` addresses from the book's folder, and ``data:``; nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            name = unquote(parts.path).lstrip("/")
            path = root / name
            if parts.scheme != SCHEME or not is_inside(path, root):
                raise ValueError(f"not in the book's folder: {url}")
            served[name] = ""
            data = path.read_bytes()
            served[name] = hashlib.sha256(data).hexdigest()
            return URLFetcherResponse(url, data)

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


def _findings(messages: list[str], name: str) -> Iterator[Diagnostic]:
    for message in dict.fromkeys(messages):
        yield Diagnostic(
            "engine",
            f'laying out "{name}": {message[:1].lower()}{message[1:].rstrip(".")}',
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
