"""What the e-book offers to readers who do not see it or see it otherwise (schema.org terms)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from builder.parse.tree import local_name
from builder.render.epub.images import Picture
from builder.words import Words

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
_ALWAYS = (
    "ARIA",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows besides text, and whether all its images are described in words."""

    images: bool = False
    described: bool = True
    math: bool = False


@dataclass(frozen=True, slots=True)
class Accessibility:
    """The statements that the package document makes."""

    modes: tuple[str, ...]
    sufficient: str
    features: tuple[str, ...]
    hazard: str
    summary: str


def shown_in(tree: Element) -> Shown:
    """What the content of a page shows."""
    images = [element for element in tree.iter() if local_name(element) in ("img", "svg")]
    has_math = any(local_name(element) == "math" for element in tree.iter())
    return Shown(bool(images), all(map(_is_described, images)), has_math)


def accessibility_of(
    pages: Sequence[Shown],
    pictures: Iterable[Picture],
    words: Words,
    *,
    lists_pages: bool = False,
) -> Accessibility:
    """The statements as the pages bear them out."""
    has_images = any(page.images for page in pages)
    described = all(page.described for page in pages)
    has_math = any(page.math for page in pages)
    features = [*_ALWAYS, *(["MathML"] if has_math else [])]
    features += ["alternativeText"] if has_images and described else []
    features += ["pageBreakMarkers", "pageNavigation"] if lists_pages else []
    return Accessibility(
        ("textual", "visual") if has_images else ("textual",),
        "textual" if described else "textual,visual",
        tuple(sorted(features, key=str.casefold)),
        "unknown" if any(picture.moves for picture in pictures) else "none",
        _summary(has_images, described, words),
    )


def _is_described(image: Element) -> bool:
    """Whether an image has a text in its place, or says that it needs none."""
    if image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true":
        return True
    title = next((child for child in image if local_name(child) == "title"), None)
    texts = (image.get("alt"), image.get("aria-label"), title.text if title is not None else "")
    return any((text or "").strip() for text in texts)


def _summary(has_images: bool, described: bool, words: Words) -> str:
    sentences = [words.access_text]
    if has_images:
        sentences.append(words.access_images if described else words.access_no_images)
    return " ".join(sentences)
