"""Drawings that know their theme."""

from pathlib import Path

import pypdfium2
import pytest

from builder.build import build
from builder.render.drawings import tell_theme
from builder.request import Request
from tests.conftest import WriteBook

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
STYLE = '<style>[data-theme~="large-print"] text { font-size: 30px }</style>'
DRAWING = (
    f'<svg {NAMESPACE} width="90" height="40">{STYLE}<text y="30" font-size="9">X</text></svg>'
)
TOLD = ' data-theme="default modern"'


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("", "svg"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n<!-- é <svg> -->\n', "svg"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>', "svg"),
        ("", "s:svg"),
    ],
)
def test_a_drawing_with_a_style_is_told_its_theme(before: str, name: str) -> None:
    """Nothing else in it changes."""
    rest = f' xmlns:s="http://www.w3.org/2000/svg"><style/></{name}>'
    told = tell_theme("a.SVG", f"{before}<{name}{rest}".encode(), ("default", "modern"))

    assert told.decode() == f"{before}<{name}{TOLD}{rest}"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.svg", f"<svg {NAMESPACE}/>"),
        ("a.svg", "<style of nothing"),
        ("a.svg", f'<svg {NAMESPACE} data-theme="mine"><style/></svg>'),
        ("a.png", DRAWING),
    ],
)
def test_other_files_stay_as_they_are(path: str, text: str) -> None:
    """A drawing that has no style of its own does not ask."""
    assert tell_theme(path, text.encode(), ("default",)) == text.encode()


def test_letters_of_a_drawing_are_larger_in_large_print(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """The drawing says so for that theme."""
    root = write_book({"a.md": "# One\n\n![A letter.](a.svg)\n", "a.svg": DRAWING})
    small, large = (_size_of_x(root, tmp_path, theme) for theme in ("default", "large-print"))

    assert large > 3 * small


def _size_of_x(root: Path, out: Path, theme: str) -> float:
    request = Request(root=root, out=out, outputs=("pdf",), theme=theme)
    (artifact,) = build(request, lambda *_: None).artifacts
    for page in pypdfium2.PdfDocument(artifact.path):
        text = page.get_textpage()
        if (at := text.get_text_range().find("X")) >= 0:
            box = text.get_charbox(at)
            return float(box[3] - box[1])
    raise AssertionError
