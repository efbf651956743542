"""Images of the book -> files that every e-reader shows, and their places in the pages."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from builder.assets import ImageFacts
from builder.book import Book
from builder.cache import NO_STORE, Store, key
from builder.kept import keep
from builder.parse.tree import NAMESPACES, add_class, walk
from builder.render.drawings import tell_theme
from builder.render.epub.names import free_name
from builder.render.epub.resources import Resource
from builder.slugs import is_spelt_out, slug
from builder.versions import engine_versions

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

FOLDER = "images"
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
}
# E-readers show no more, and some refuse to open larger ones.
_MOST_PIXELS = 4_000_000
_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1")}
_ORIENTATION, _UPRIGHT = 0x0112, 1
_QUALITY = 88
# A vector image as wide as this is a drawing, which may fill the page; smaller ones are signs.
_DRAWING = 300
_DARK = b"prefers-color-scheme"
_SVG = f"{{{NAMESPACES['svg']}}}svg"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it goes into the publication, with its size in pixels.

    ``knows_dark`` says of a drawing that it has colours of its own for dark pages.
    """

    resource: Resource
    width: int
    height: int
    moves: bool = False
    knows_dark: bool = False

    @property
    def looks(self) -> tuple[int, int, bool]:
        """What a page says of it beside its name."""
        return self.width, self.height, self.knows_dark


@dataclass(frozen=True, slots=True)
class Artwork:
    """The bytes of an image, fit for e-readers."""

    data: bytes
    facts: ImageFacts


@dataclass(frozen=True, slots=True)
class _Fitted:
    """What became of an image: its facts, its bytes where they had to be made anew."""

    facts: ImageFacts
    remade: bytes | None
    moves: bool


def gather_pictures(
    book: Book, taken: set[str], themes: Sequence[str], store: Store = NO_STORE
) -> Mapping[str, Picture]:
    """Every sound image of the book by its path in it; names in ``taken`` are not given again.

    Drawings are told the themes.
    """
    pictures = {}
    for image in book.images:
        if not image.media_type:
            continue
        facts = ImageFacts(image.media_type, image.width, image.height)
        data = tell_theme(image.path, (book.root / image.path).read_bytes(), themes)
        depends = key("e-book image", engine_versions(), repr(facts), data)
        fitted = keep(store, depends, _Fitted, partial(_fit, data, facts))
        made = fitted.facts
        name = Path(image.path).stem
        stem = (slug(name) if is_spelt_out(name) else "") or "image"
        resource = Resource(
            path=f"{FOLDER}/{free_name(stem, SUFFIXES[made.media_type], taken)}",
            media_type=made.media_type,
            data=data if fitted.remade is None else fitted.remade,
        )
        knows_dark = made.media_type == "image/svg+xml" and _DARK in data
        pictures[image.path] = Picture(resource, made.width, made.height, fitted.moves, knows_dark)
    return pictures


def fit_artwork(data: bytes, facts: ImageFacts, most_pixels: int = _MOST_PIXELS) -> Artwork:
    """An image as it is where e-readers show it so; made anew where they may not.

    They may fail at WebP, at CMYK, at a photograph that is stored on its side, and at more
    than four megapixels.
    """
    if facts.media_type in ("image/svg+xml", "image/gif"):
        return Artwork(data, facts)
    from PIL import Image as PillowImages

    with PillowImages.open(io.BytesIO(data)) as image:
        is_fit = (
            image.mode in _MODES.get(image.format or "", ())
            and image.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT
            and facts.width * facts.height <= most_pixels
        )
        return Artwork(data, facts) if is_fit else _remade(image, most_pixels)


def show_images(tree: Element, pictures: Mapping[str, Picture], to_root: str) -> None:
    """Point each image at its file, with the size that keeps its place while it loads."""
    for drawing in _drawings_in(tree):
        add_class(drawing, "knows-dark" if _takes_colour(drawing) else "line-art")
    for image in walk(tree, "img"):
        picture = pictures.get(image.get("src", ""))
        if picture is None:
            continue
        image.set("src", f"{to_root}{picture.resource.path}")
        _set_size(image, picture)
        if picture.resource.media_type == "image/svg+xml":
            add_class(image, "knows-dark" if picture.knows_dark else "line-art")
            if picture.width >= _DRAWING:
                add_class(image, "drawing")


def _drawings_in(tree: Element) -> Iterator[Element]:
    """The drawings that are written in the text."""
    for child in tree:
        if child.tag == _SVG:
            yield child
        else:
            yield from _drawings_in(child)


def _takes_colour(drawing: Element) -> bool:
    """Whether a drawing has the colour of the text around it."""
    values = (value for each in drawing.iter() for value in each.attrib.values())
    return any("currentcolor" in value.lower() for value in values)


def _set_size(image: Element, picture: Picture) -> None:
    """The size in pixels: as the author asks, in the picture's own shape, else its own."""
    width, height = _pixels(image, "width"), _pixels(image, "height")
    if width or height:
        width = width or round(height * picture.width / max(1, picture.height))
        image.set("style", f"{image.get('style', '')} width: {width}px;".strip())
    elif (style := image.get("style", "")) and "height:" in style and "width:" not in style:
        # As wide as its height asks, and not as its file, which the attribute would say.
        image.set("style", f"{style} width: auto;")
    width = width or picture.width
    image.set("width", str(width))
    image.set("height", str(max(1, round(width * picture.height / max(1, picture.width)))))


def _pixels(image: Element, name: str) -> int:
    asked = image.get(name, "")
    return int(asked) if asked.isdecimal() else 0


def _remade(image: "PillowImage", most_pixels: int) -> Artwork:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    assert upright is not None
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    made = upright.convert("RGBA" if has_alpha else "RGB")
    scale = (most_pixels / (made.width * made.height)) ** 0.5
    if scale < 1:
        made = made.resize((int(made.width * scale), int(made.height * scale)))
    # A drawing saved as PNG would blur as JPEG.
    is_photograph = not has_alpha and image.format != "PNG"
    kind, media_type = ("JPEG", "image/jpeg") if is_photograph else ("PNG", "image/png")
    written = io.BytesIO()
    made.save(written, kind, quality=_QUALITY, optimize=True)
    return Artwork(written.getvalue(), ImageFacts(media_type, made.width, made.height))


def _fit(data: bytes, facts: ImageFacts) -> _Fitted:
    art = fit_artwork(data, facts)
    return _Fitted(art.facts, None if art.data is data else art.data, _moves(art))


def _moves(art: Artwork) -> bool:
    if art.facts.media_type == "image/svg+xml":
        return b"<animate" in art.data
    if art.facts.media_type != "image/gif":
        return False
    from PIL import Image as PillowImages

    with PillowImages.open(io.BytesIO(art.data)) as image:
        return bool(getattr(image, "is_animated", False))
