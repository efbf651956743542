"""Images of all chapters: each file there, inside the folder, sound, and measured."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from builder.assets import BadImage, ImageFacts, inspect_bytes
from builder.book import Chapter, Image
from builder.cache import NO_STORE, Store, key
from builder.diagnostics import Diagnostic, Outcome
from builder.kept import keep
from builder.parse.references import outside_book
from builder.paths import is_inside
from builder.versions import engine_versions


@dataclass(frozen=True, slots=True)
class _Inspected:
    """What a file is that should be an image, or what is wrong with it."""

    facts: ImageFacts | None
    fault: str = ""


def measure_images(
    root: Path, chapters: tuple[Chapter, ...], store: Store = NO_STORE
) -> Outcome[tuple[Chapter, ...]]:
    """The chapters with the size of each image; every file is opened once."""
    facts: dict[str, ImageFacts | Diagnostic] = {}
    for chapter in chapters:
        for image in chapter.images:
            if image.path not in facts:
                facts[image.path] = _inspect(root, image, store)
    findings = tuple(
        replace(found, place=image.place)
        for chapter in chapters
        for image in chapter.images
        if isinstance(found := facts[image.path], Diagnostic)
    )
    return Outcome(tuple(_measured(chapter, facts) for chapter in chapters), findings)


def _measured(chapter: Chapter, facts: Mapping[str, ImageFacts | Diagnostic]) -> Chapter:
    images = []
    for image in chapter.images:
        fact = facts[image.path]
        if isinstance(fact, ImageFacts):
            images.append(
                replace(image, width=fact.width, height=fact.height, media_type=fact.media_type)
            )
    return replace(chapter, survey=replace(chapter.survey, images=tuple(images)))


def _inspect(root: Path, image: Image, store: Store) -> ImageFacts | Diagnostic:
    path = root / image.path
    if not is_inside(path, root):
        return outside_book(image.path, "image", image.place)
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        # ValueError is a name that no file can have, such as one with a NUL.
        return Diagnostic(
            "missing-image", f'image not found: "{image.path}"', image.place, _nearest(root, image)
        )
    name = key("image", engine_versions(), data)
    found = keep(store, name, _Inspected, lambda: _look_into(data))
    if found.facts is None:
        message = f'not an image that can be shown: "{image.path}": {found.fault}'
        return Diagnostic("bad-image", message, image.place, "save it again as PNG, JPEG or SVG")
    return found.facts


def _look_into(data: bytes) -> _Inspected:
    try:
        return _Inspected(inspect_bytes(data))
    except BadImage as error:
        return _Inspected(None, str(error))


def _nearest(root: Path, image: Image) -> str:
    names = sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
    )
    near = difflib.get_close_matches(image.path, names, n=1)
    return f'did you mean "{near[0]}"?' if near else "put the file there, or correct its name"
