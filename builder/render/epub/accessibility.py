"""What the e-book offers to readers who do not see it or see it otherwise (schema.org terms)."""

from collections.abc import Iterable
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
class Accessibility:
    """The statements that the package document makes."""

    modes: tuple[str, ...]
    sufficient: str
    features: tuple[str, ...]
    hazard: str
    summary: str


def accessibility_of(
    trees: Iterable[Element], pictures: Iterable[Picture], words: Words
) -> Accessibility:
    """The statements as the content bears them out."""
    elements = [element for tree in trees for element in tree.iter()]
    images = [element for element in elements if local_name(element) in ("img", "svg")]
    described = all(_is_described(image) for image in images)
    has_math = any(local_name(element) == "math" for element in elements)
    features = [*_ALWAYS, *(["MathML"] if has_math else [])]
    features += ["alternativeText"] if images and described else []
    return Accessibility(
        ("textual", "visual") if images else ("textual",),
        "textual" if described else "textual,visual",
        tuple(sorted(features, key=str.casefold)),
        "unknown" if any(picture.moves for picture in pictures) else "none",
        _summary(images, described, words),
    )


def _is_described(image: Element) -> bool:
    """Whether an image has a text in its place, or says that it needs none."""
    if image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true":
        return True
    title = next((child for child in image if local_name(child) == "title"), None)
    texts = (image.get("alt"), image.get("aria-label"), title.text if title is not None else "")
    return any((text or "").strip() for text in texts)


def _summary(images: list[Element], described: bool, words: Words) -> str:
    sentences = [words.access_text]
    if images:
        sentences.append(words.access_images if described else words.access_no_images)
    return " ".join(sentences)
