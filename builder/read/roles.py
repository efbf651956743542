"""What a file is in the book, by its folder, its name and its head: role, kind and id."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from builder.book import KINDS, ChapterFile, FrontMatter, Kind, Role
from builder.diagnostics import Diagnostic
from builder.slugs import slug

_FOLDER_ROLES: Mapping[str, Role] = {
    "front": "front",
    "frontmatter": "front",
    "front-matter": "front",
    "appendix": "appendix",
    "appendices": "appendix",
    "back": "back",
    "backmatter": "back",
    "back-matter": "back",
}
_ORDER: Mapping[Role, int] = {"front": 0, "part": 1, "chapter": 1, "appendix": 2, "back": 3}
_KIND_WORDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS if kind != "chapter"},
    "about-the-authors": "about-the-author",
    "acknowledgements": "acknowledgments",
}
_OPENING_STEMS = ("part", "index", "readme")
_NUMBER = re.compile(r"^\d+[-_. ]*(?=\D)")


def role_of(path: str) -> Role:
    """The role that the file's folder gives it, or its name where it is that of a part."""
    for folder in PurePosixPath(path).parts[:-1]:
        if role := _FOLDER_ROLES.get(folder.lower()):
            return role
    return "part" if _name(path) == "part" else "chapter"


def kind_of(path: str, role: Role, front: FrontMatter) -> Kind:
    """What the file's text is: what its head says, else what its name says."""
    if front.kind:
        return front.kind
    if _name(path) == "index":
        # Elsewhere the file opens its folder.
        return "index" if role == "back" else "chapter"
    return "part" if role == "part" else _KIND_WORDS.get(_name(path), "chapter")


def id_of(path: str) -> str:
    """The file's id: its name without the number in front."""
    folder = folder_id(path)
    own = folder if folder and opens_folder(path) else _name(path)
    return own or "chapter"


def opens_folder(path: str) -> bool:
    """Whether a file comes first in its folder and takes its name as its id."""
    name = _name(path)
    return name in _OPENING_STEMS and not (name == "index" and role_of(path) == "back")


def folder_id(path: str) -> str:
    """The name of the file's folder, without the number in front; empty in the book's own."""
    folder = PurePosixPath(path).parent.name
    return slug(_NUMBER.sub("", folder))


def in_order(files: tuple[ChapterFile, ...]) -> tuple[ChapterFile, ...]:
    """Front matter first, appendices and back matter last; otherwise as they are."""
    return tuple(sorted(files, key=lambda file: _ORDER[file.role]))


def check_order(files: tuple[ChapterFile, ...]) -> Iterator[Diagnostic]:
    """Files that stand behind matter which comes later in a book."""
    highest = 0
    for file in files:
        if _ORDER[file.role] < highest:
            yield Diagnostic(
                "role-order",
                f'a file with the role "{file.role}" stands behind later matter',
                file.source.place(0),
                "the order is: front, parts and chapters, appendices, back",
            )
        highest = max(highest, _ORDER[file.role])


def _name(path: str) -> str:
    return slug(_NUMBER.sub("", PurePosixPath(path).stem))
