"""Images: which are sound, how large they are, and which a book does not show."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from builder.assets import BadImage, ImageFacts, inspect_image
from tests.casebook import build_folder
from tests.conftest import WriteBook

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><g/></svg>'


def _picture(kind: str, mode: str = "L", **options: object) -> bytes:
    data = io.BytesIO()
    Image.new(mode, (4, 3)).save(data, kind, **options)
    return data.getvalue()


def _facts(data: bytes, folder: Path) -> ImageFacts:
    path = folder / "picture"
    path.write_bytes(data)
    return inspect_image(path)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_pictures_have_a_type_and_a_size(kind: str, media_type: str, tmp_path: Path) -> None:
    """The file's content tells, not its name."""
    assert _facts(_picture(kind), tmp_path) == ImageFacts(media_type, 4, 3)


def test_a_camera_held_sideways_turns_the_size(tmp_path: Path) -> None:
    """Every reader turns the picture, so its width is its height."""
    exif = Image.Exif()
    exif[0x0112] = 6

    assert _facts(_picture("JPEG", exif=exif), tmp_path) == ImageFacts("image/jpeg", 3, 4)


def test_a_jpeg_with_more_pictures_is_a_jpeg(tmp_path: Path) -> None:
    """Cameras write a preview behind the picture."""
    more = [Image.new("L", (4, 3))]

    assert _facts(_picture("MPO", save_all=True, append_images=more), tmp_path).width == 4


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="48" height="20"', (48, 20)),
        ('width="2in" height="2.54cm"', (192, 96)),
        ('width="100%" height="100%" viewBox="0 0 30 10"', (30, 10)),
        ('viewBox="-5,-5 1e2 .5e2"', (100, 50)),
        ('width="1.2.3" viewBox="0 0 1.2.3 4"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_drawings_have_a_size(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    """By width and height, else by their box, else the size that browsers give them."""
    facts = _facts(SVG.format(attributes).encode(), tmp_path)

    assert (facts.width, facts.height) == size


@pytest.mark.parametrize(
    "text",
    [
        '<g fill="url(#a)" style="clip-path: url(\'#b\')"/>',
        "<style>.a { fill: url(#a) }</style>",
        '<image href="data:image/png;base64,AA"/>',
        '<a href="https://example.org"/>',
        '<use href="#a"/>',
    ],
)
def test_drawings_may_refer_to_themselves(text: str, tmp_path: Path) -> None:
    """Paint, clips, symbols, and pictures within."""
    data = f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>'

    assert _facts(data.encode(), tmp_path).media_type == "image/svg+xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"text", "it is not a PNG, JPEG, GIF, WebP or SVG file"),
        (b"", "it is not a PNG, JPEG, GIF, WebP or SVG file"),
        (_picture("BMP"), "BMP is not a format for books; save it as PNG or JPEG"),
        (_picture("TIFF"), "TIFF is not a format for books; save it as PNG or JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n", "EPS is not"),
        (_picture("PNG")[:45], "it is damaged"),
        (_picture("JPEG")[:-40], "it is damaged"),
        (b"<svg", "it is not well-formed XML"),
        (b"<html><svg></svg></html>", "its root element is not svg"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "it declares entities"),
        (SVG.format('onload="x()"').encode(), 'its attribute "onload" would run a script'),
        (SVG.format('width="1e999" height="1"').encode(), "it has no size"),
        (SVG.format('viewBox="0 0 0 0"').encode(), "it has no size"),
        (SVG.format('style="fill: url( x.svg#a)"').encode(), "a style in it refers"),
        (b"<svg><style>@import 'x.css';</style></svg>", "a style in it refers"),
        (b"<svg><image href='x.png'/></svg>", 'it refers to another file: "x.png"'),
        (b"<svg><script/></svg>", "it contains <script>"),
        (b"<svg><foreignObject/></svg>", "it contains <foreignObject>"),
    ],
)
def test_what_cannot_be_shown_says_why(data: bytes, reason: str, tmp_path: Path) -> None:
    """Unknown, damaged, or able to act."""
    with pytest.raises(BadImage) as problem:
        _facts(data, tmp_path)

    assert str(problem.value).startswith(reason)


def test_too_many_pixels_are_refused(tmp_path: Path) -> None:
    """A small file may unpack to more than the machine holds."""
    data = bytearray(_picture("PNG"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    header = bytes(data[12:29])
    data[29:33] = zlib.crc32(header).to_bytes(4, "big")

    with pytest.raises(BadImage, match="too many pixels"):
        _facts(bytes(data), tmp_path)


def _link(root: Path) -> None:
    (root / "x.png").symlink_to(root.parent / "secret.png")


def _folder(root: Path) -> None:
    (root / "x.png").mkdir()


def _circle(root: Path) -> None:
    (root / "x.png").symlink_to("x.png")


@pytest.mark.parametrize(
    ("prepare", "code"),
    [(_link, "outside-book"), (_folder, "missing-image"), (_circle, "outside-book")],
)
def test_images_are_files_in_the_folder(
    prepare: Callable[[Path], None], code: str, write_book: WriteBook
) -> None:
    """A link out of it is not followed, and a folder is no image."""
    root = write_book({"a.md": "# A\n\n![A.](x.png)\n"})
    (root.parent / "secret.png").write_bytes(_picture("PNG"))
    prepare(root)
    (finding,) = build_folder(root).findings

    assert (str(finding.place), finding.code) == ("a.md:3:1", code)


def test_an_image_is_measured_once_for_the_book(write_book: WriteBook) -> None:
    """However often it is shown, it is one image of the book, with its size."""
    root = write_book(
        {"a.md": "# A\n\n![A.](x.png) ![B.](x.png)\n", "b.md": "# B\n\n![C.](x.png)\n"}
    )
    (root / "x.png").write_bytes(_picture("PNG"))
    (image,) = build_folder(root).books["epub"].images

    assert (image.path, image.width, image.height, image.media_type) == ("x.png", 4, 3, "image/png")
