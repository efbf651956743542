"""Names of files: readable, of plain letters, each given once."""

import re
from pathlib import PurePosixPath

from builder.book import Numbered
from builder.slugs import is_spelt_out, slug

_NUMBER = re.compile(r"\d+")


def free_name(stem: str, suffix: str, taken: set[str]) -> str:
    """The stem with its suffix, or with the first number from 2 that is free; then it is taken."""
    name, number = f"{stem}{suffix}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name)
    return name


def name_of_chapter(numbered: Numbered, place: int) -> str:
    """The id of a chapter; where its letters are of another script, what it is and its number.

    That is the number which its file begins with, or its place in the book.
    """
    file = numbered.chapter.file
    stem = PurePosixPath(file.source.path).stem
    if is_spelt_out(stem) or slug(numbered.id) not in slug(stem):
        return slug(numbered.id) or "chapter"
    number = _NUMBER.match(stem)
    return f"{file.role}-{number[0] if number else place}"


def name_of_piece(chapter: str, own_id: str, title: str, piece: int) -> str:
    """The heading that a piece of a chapter begins with, if that can be read, else a number."""
    within = slug(own_id.partition(".")[2]) if is_spelt_out(title) else ""
    return f"{chapter}-{within or piece + 1}"
