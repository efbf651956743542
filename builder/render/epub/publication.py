"""A made e-book, and what of it came from where."""

from collections.abc import Mapping
from dataclasses import dataclass

from builder.book import Image
from builder.render.epub.addresses import ChapterPage


@dataclass(frozen=True, slots=True)
class Publication:
    """The bytes of an e-book; its chapters and images by their paths in it.

    The elements of a chapter still know their places in the source.
    """

    data: bytes
    chapters: Mapping[str, ChapterPage]
    images: Mapping[str, Image]
