"""Lay out gatherings and their furniture with WeasyPrint: the only user of the engine.

One ``Engine`` serves one book, in one process. What it takes and gives is plain data.
"""

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from builder.render.pdf.directions import has_both_directions, keep_order
from builder.render.pdf.engine_messages import findings_of, logged
from builder.render.pdf.fields import mark_fields
from builder.render.pdf.fonts import FontUse, pack_glyphs
from builder.render.pdf.forms import make_widgets
from builder.render.pdf.furniture import furniture_html, without_furniture
from builder.render.pdf.gathering import Copy, Dress, Furniture, Sheet
from builder.render.pdf.laid_pages import anchors_of, boxes_of, kind_of, marks_of, tidy_links
from builder.render.pdf.leaf import furniture_stream
from builder.render.pdf.part import compile_part
from builder.render.pdf.serving import SCHEME, fetcher
from builder.render.pdf.setup import Setup, font_digests
from builder.render.pdf.tags import hide_unspoken

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, Document
    from weasyprint.pdf.fonts import Font

# Records are many, and seldom read.
_QUICK = 1


class Engine:
    """WeasyPrint with the fonts of a set-up, reading files of the book's folder only."""

    def __init__(self, setup: Setup) -> None:
        """Start the engine in this process; ``font_setup`` has to be in force."""
        assert setup.scratch is not None
        os.environ["FONTCONFIG_FILE"] = str(setup.scratch / "fonts.conf")
        from weasyprint.text.fonts import FontConfiguration

        from builder.render.pdf.leaders import join_leaders
        from builder.render.pdf.line_ends import let_spaces_hang
        from builder.render.pdf.line_grid import keep_lines_on_grid
        from builder.render.pdf.page_turns import cut_margins_at_heads, keep_words_on_page
        from builder.render.pdf.paragraphs import break_paragraphs

        let_spaces_hang()
        break_paragraphs()
        join_leaders()
        keep_words_on_page()
        cut_margins_at_heads()
        keep_lines_on_grid()
        self._fonts: FontConfiguration = FontConfiguration()
        self._font_folders = setup.font_folders
        self._served: dict[str, str] = {}
        self._fetcher = fetcher(setup.root, self._served, setup.themes)
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
        with logged() as messages:
            document = self._render(gathering.html.decode(), sheets)
            move_to_edges(document.pages)
            anchors = anchors_of(document.pages)
            survey = examine(document.pages)
            elsewhere = tidy_links(document.pages, anchors)
            hide_unspoken(boxes_of(document))
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
            zlib.compress(records, _QUICK),
            tuple(kind_of(page) for page in document.pages),
            tuple(page.height for page in document.pages),
            anchors,
            tuple(marks_of(document.pages)),
            elsewhere,
            uses,
            files,
            tuple(sorted(self._served.items())),
            tuple(findings_of(messages, gathering.id)),
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
        with logged() as messages:
            document = self._render(furniture_html(furniture), sheets)
            pdf = _draw(document, tagged=False)
        assert len(document.pages) == len(furniture.kinds), furniture.id
        uses, files = self._font_uses(document, {})
        return Dress(
            tuple(map(furniture_stream, _content(pdf))),
            uses,
            files,
            tuple(sorted(self._served.items())),
            tuple(findings_of(messages, furniture.id)),
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
            with logged() as messages:
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


def _apart(document: "Document") -> "Iterator[Font]":
    """Fonts whose glyphs mean something in this document only."""
    for font in document.fonts.values():
        if font.missing or "fvar" in font.tables or font.png or font.svg or font.colr:
            yield font
