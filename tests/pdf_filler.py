"""A reader with a PDF form open: clicks on fields, types into them, saves (PDFium)."""

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

# How pages are shown while a form is filled in: annotations as well, for the screen.
_FLAGS = pdfium.FPDF_ANNOT


@dataclass(frozen=True)
class Widget:
    """A widget on a page: the name of its field, the page from 0, its rectangle."""

    name: str
    page: int
    rectangle: tuple[float, float, float, float]


def widgets_of(data: bytes) -> dict[str, Widget]:
    """The widgets of a file by the names of their fields, page after page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: dict[str, Widget] = {}
        for number, page in enumerate(pdf.pages):
            annotations: Any = page.get("/Annots", ())
            for each in annotations:
                if each.Subtype == "/Widget":
                    left, bottom, right, top = (float(side) for side in each.Rect)
                    name = _name(each)
                    assert name not in found, f"two fields are called {name}"
                    found[name] = Widget(name, number, (left, bottom, right, top))
        return found


def _name(widget: Any) -> str:
    """The name of a widget's field; behind it what is chosen, where it is one of several."""
    if "/Parent" not in widget:
        return str(widget.T)
    (state,) = (each for each in widget.AP.N if each != "/Off")
    return f"{widget.Parent.T}{state}"


class Filler:
    """A form in the hands of a person."""

    def __init__(self, data: bytes) -> None:
        self.widgets = widgets_of(data)
        self._document = pypdfium2.PdfDocument(data)
        self._document.init_forms()
        self._form = self._document.formenv

    def tick(self, name: str) -> None:
        """Click into the middle of a box."""
        self._click(self.widgets[name])

    def write(self, name: str, text: str) -> None:
        """Click into a field, type, and leave it."""
        widget = self.widgets[name]
        with self._page(widget.page) as page:
            self._press(page, widget)
            pdfium.FORM_SelectAllText(self._form, page)
            typed = (text + "\0").encode("utf-16-le")
            buffer = ctypes.cast(
                ctypes.create_string_buffer(typed), ctypes.POINTER(pdfium.FPDF_WCHAR)
            )
            pdfium.FORM_ReplaceSelection(self._form, page, buffer)
            pdfium.FORM_ForceToKillFocus(self._form)

    def tab_order(self, page_number: int, count: int) -> list[str]:
        """The names of the fields that the tabulator goes to on a page, one after the other."""
        names = []
        with self._page(page_number) as page:
            for _ in range(count):
                pdfium.FORM_OnKeyDown(self._form, page, pdfium.FWL_VKEY_Tab, 0)
                names.append(self._focused())
        return names

    def save(self, flags: int = 0) -> bytes:
        """The file as saved: anew, or behind the file as it was where the flags are 1."""
        stream = io.BytesIO()
        self._document.save(stream, flags=flags)
        return stream.getvalue()

    def close(self) -> None:
        """Let the file go."""
        self._document.close()

    def _click(self, widget: Widget) -> None:
        with self._page(widget.page) as page:
            self._press(page, widget)
            pdfium.FORM_ForceToKillFocus(self._form)

    def _press(self, page: Any, widget: Widget) -> None:
        left, bottom, right, top = widget.rectangle
        place = (left + right) / 2, (bottom + top) / 2
        pdfium.FORM_OnMouseMove(self._form, page, 0, *place)
        pdfium.FORM_OnLButtonDown(self._form, page, 0, *place)
        pdfium.FORM_OnLButtonUp(self._form, page, 0, *place)

    def _focused(self) -> str:
        page_number, annotation = ctypes.c_int(), pdfium.FPDF_ANNOTATION()
        pdfium.FORM_GetFocusedAnnot(self._form, page_number, annotation)
        if not annotation:
            return ""
        size = pdfium.FPDFAnnot_GetFormFieldName(self._form, annotation, None, 0)
        name = ctypes.create_string_buffer(size)
        pdfium.FPDFAnnot_GetFormFieldName(
            self._form,
            annotation,
            ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR)),
            size,
        )
        pdfium.FPDFPage_CloseAnnot(annotation)
        return name.raw.decode("utf-16-le").rstrip("\0")

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        page = self._document[number]
        yield page.raw
        page.close()


def seen(data: bytes, page: int, dpi: int = 60) -> Any:
    """A page with its form as it looks on a screen, as a picture in grey."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        shown = document[page].render(scale=dpi / 72, may_draw_forms=True, grayscale=True)
        return shown.to_pil()
