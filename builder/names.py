"""What the files that are built are called."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from builder.config import Config, OutputName, Profile, ShapeName
from builder.slugs import slug

# By this ending a Kobo knows a book that is made for it.
_KEPUB = ".kepub.epub"


def file_name(config: Config, output: OutputName, shape: ShapeName = "pages") -> str:
    """The name of an output's file in the configured edition: from ``name``, else from the title.

    Shapes have their own.
    """
    stem = config.name or slug(config.title) or "book"
    if config.edition != "reader":
        stem = f"{stem}-{config.edition}"
    if output == "booklet":
        return f"{stem}-booklet.pdf"
    if output == "epub" and config.epub.profile == "kobo":
        return f"{stem}{_KEPUB}"
    if output != "checklists":
        return f"{stem}.{output}"
    return f"{stem}-checklists.pdf" if shape == "pages" else f"{stem}-checklists-{shape}.pdf"


def file_names(config: Config) -> Iterator[str]:
    """The names of all files that are ever built of a book in the configured edition."""
    for output in get_args(OutputName):
        shapes = get_args(ShapeName) if output == "checklists" else ("pages",)
        yield from (file_name(config, output, shape) for shape in shapes)
    others = (
        replace(config, epub=replace(config.epub, profile=each)) for each in get_args(Profile)
    )
    yield from {file_name(each, "epub") for each in others} - {file_name(config, "epub")}
