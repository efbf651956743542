"""Files that a book shows: their kind, their size in pixels, and whether they are sound."""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from builder.parse.tree import local_name

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    # A JPEG with further pictures behind it, as cameras write.
    "MPO": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "SVG": "image/svg+xml",
}
# The EXIF tag that says how a camera was held, and the values for sideways.
_ORIENTATION, _TURNED = 0x0112, (5, 6, 7, 8)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FETCHES = re.compile(r"@import|url\(\s*+(?![\"']?(?:#|data:))", re.IGNORECASE)
_LARGEST = 100_000.0
_SVG_ACTIVE = frozenset("script foreignObject iframe object embed audio video handler".split())
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}


class BadImage(Exception):  # noqa: N818
    """The file is no image that a book can show; the message says why."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image file is: media type and natural size in CSS pixels."""

    media_type: str
    width: int
    height: int


def inspect_image(path: Path) -> ImageFacts:
    """What the image in a file is; raises ``BadImage`` or ``OSError``."""
    return inspect_bytes(path.read_bytes())


def inspect_bytes(data: bytes) -> ImageFacts:
    """Read an image far enough to know that it will show; raises ``BadImage`` where it will not."""
    return _inspect_svg(data) if _looks_like_svg(data) else _inspect_pixels(data)


def _inspect_pixels(data: bytes) -> ImageFacts:
    # What is known of an image is kept, so most builds open none.
    from PIL import Image as PillowImage
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PillowImage.DecompressionBombWarning)
            with _strict_decoding(), PillowImage.open(io.BytesIO(data)) as image:
                kind = image.format or ""
                if kind not in MEDIA_TYPES:
                    raise BadImage(f"{kind} is not a format for books; save it as PNG or JPEG")
                image.load()
                turned = image.getexif().get(_ORIENTATION, 1) in _TURNED
                size = image.size[::-1] if turned else image.size
    except UnidentifiedImageError:
        raise BadImage("it is not a PNG, JPEG, GIF, WebP or SVG file") from None
    except (PillowImage.DecompressionBombWarning, PillowImage.DecompressionBombError):
        raise BadImage("it has too many pixels") from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise BadImage(f"it is damaged: {_reason(error)}") from None
    return ImageFacts(MEDIA_TYPES[kind], *size)


def _reason(error: Exception) -> str:
    text = str(error).rstrip(".")
    return f"{text[:1].lower()}{text[1:]}" or "it ends too early"


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """Take a cut-off image for damaged, though the layout engine tells Pillow not to."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _looks_like_svg(data: bytes) -> bool:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and (b"<svg" in head or head.startswith((b"<?xml", b"<!--")))


def _inspect_svg(data: bytes) -> ImageFacts:
    if b"<!ENTITY" in data:
        raise BadImage("it declares entities; save it as plain SVG")
    try:
        root = fromstring(data)  # noqa: S314 - without entities there is nothing to expand
    except ParseError as error:
        raise BadImage(f"it is not well-formed XML: {error}") from None
    if local_name(root) != "svg":
        raise BadImage("its root element is not svg")
    _refuse_active(root)
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    width = _length(root.get("width")) or (box[2] if len(box) == 4 else 300.0)
    height = _length(root.get("height")) or (box[3] if len(box) == 4 else 150.0)
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        raise BadImage("it has no size that can be shown")
    return ImageFacts(MEDIA_TYPES["SVG"], max(1, round(width)), max(1, round(height)))


def _refuse_active(root: Element) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = local_name(element)
        if name in _SVG_ACTIVE:
            raise BadImage(f"it contains <{name}>, which cannot be part of a book")
        for key, value in element.items():
            plain = key.rpartition("}")[2].lower()
            if plain.startswith("on"):
                raise BadImage(f'its attribute "{plain}" would run a script')
            is_link = plain in ("href", "src") and name != "a"
            if is_link and not value.startswith(("#", "data:image/")):
                raise BadImage(f'it refers to another file: "{value[:60]}"')
            if _FETCHES.search(value):
                raise BadImage("a style in it refers to another file")
        if name == "style" and _FETCHES.search(element.text or ""):
            raise BadImage("a style in it refers to another file")


def _length(text: str | None) -> float | None:
    """A length in pixels; None for one in percent, or for what is no length."""
    text = (text or "").strip()
    number = _NUMBER.match(text)
    if not number or text[number.end() :].strip() not in _UNITS:
        return None
    return float(number[0]) * _UNITS[text[number.end() :].strip()]
