"""What the e-book offers to readers who do not see it or see it otherwise (schema.org terms)."""

from collections.abc import Iterable, Iterator, Sequence
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
    """What a page shows besides text, and whether all of that is described in words."""

    images: bool = False
    described: bool = True
    math: bool = False
    math_described: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """What all pages show, and whether any picture moves.

    ``page_source`` names the printed book whose pages are marked, if any are.
    """

    images: bool
    described: bool
    math: bool
    math_described: bool
    moves: bool
    page_source: str = ""
    index: bool = False


@dataclass(frozen=True, slots=True)
class Accessibility:
    """The statements that the package document makes."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazard: str
    summary: str


def shown_in(tree: Element) -> Shown:
    """What the content of a page shows."""
    images = [element for element in tree.iter() if local_name(element) in ("img", "svg")]
    formulas = [element for element in tree.iter() if local_name(element) == "math"]
    spoken = all(formula.get("alttext", "").strip() for formula in formulas)
    return Shown(bool(images), all(map(_is_described, images)), bool(formulas), spoken)


def content_of(
    pages: Sequence[Shown],
    pictures: Iterable[Picture],
    page_source: str = "",
    *,
    has_index: bool = False,
) -> Content:
    """What the pages show, taken together."""
    return Content(
        any(page.images for page in pages),
        all(page.described for page in pages),
        any(page.math for page in pages),
        all(page.math_described for page in pages),
        any(picture.moves for picture in pictures),
        page_source,
        has_index,
    )


def accessibility_of(content: Content, words: Words) -> Accessibility:
    """The statements as the content bears them out."""
    both = ("textual,visual",) if content.images else ()
    return Accessibility(
        ("textual", "visual") if content.images else ("textual",),
        (*(("textual",) if content.described else ()), *both),
        tuple(sorted((*_ALWAYS, *_features(content)), key=str.casefold)),
        "unknown" if content.moves else "none",
        _summary(content, words),
    )


def statements(
    content: Content, certifier: str, words: Words
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The same for people to read: what is said, under the title of its matter."""
    yield words.access_ways, (words.access_display, words.access_aloud)
    pages = (words.access_pages.format(source=content.page_source),) if content.page_source else ()
    yield words.access_navigation, (words.access_structure, *pages)
    if content.images:
        images = words.access_images if content.described else words.access_no_images
        yield words.access_pictures, (images,)
    if content.math:
        described = (words.access_math_described,) if content.math_described else ()
        yield words.access_formulas, (words.access_math, *described)
    yield words.access_hazards, (words.access_moves if content.moves else words.access_no_hazard,)
    conformance = words.access_certified.format(certifier=certifier, standard=CONFORMANCE)
    yield words.access_conformance, (conformance if certifier else words.access_not_certified,)


def _features(content: Content) -> Iterator[str]:
    if content.images and content.described:
        yield "alternativeText"
    if content.math:
        yield "MathML"
    if content.math and content.math_described:
        yield "describedMath"
    if content.index:
        yield "index"
    if content.page_source:
        yield from ("pageBreakMarkers", "pageNavigation")


def _is_described(image: Element) -> bool:
    """Whether an image has a text in its place, or says that it needs none."""
    if image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true":
        return True
    title = next((child for child in image if local_name(child) == "title"), None)
    texts = (image.get("alt"), image.get("aria-label"), title.text if title is not None else "")
    return any((text or "").strip() for text in texts)


def _summary(content: Content, words: Words) -> str:
    sentences = [words.access_text]
    if content.images:
        sentences.append(words.access_images if content.described else words.access_no_images)
    return " ".join(sentences)
