"""The manuscript as read: its files, their heads, and what they are in the book."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from builder.config import Config, Edition
from builder.diagnostics import Place
from builder.source import Source

Role = Literal["front", "part", "chapter", "appendix", "back"]
Kind = Literal[
    "about-the-author",
    "acknowledgments",
    "afterword",
    "bibliography",
    "chapter",
    "colophon",
    "conclusion",
    "dedication",
    "epigraph",
    "epilogue",
    "foreword",
    "glossary",
    "index",
    "introduction",
    "part",
    "preface",
    "prologue",
]
Output = Literal["print", "epub"]

ROLES: tuple[Role, ...] = get_args(Role)
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the head of a chapter's file says about it, in YAML or TOML."""

    title: str = ""
    id: str = ""
    role: Role | None = None
    kind: Kind | None = None
    label: str = ""
    number: bool | int | str | None = True
    running_head: str = ""
    language: str = ""
    edition: Literal["leader"] | None = None


@dataclass(frozen=True, slots=True)
class Included:
    """A file that a chapter includes code from: its path in the book and its text, if it has one.

    ``near`` is the path most like one that is missing.
    """

    path: str
    text: str = ""
    problem: Literal["", "missing", "no-text", "outside"] = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """One listed file of the manuscript: its text, its head, and its role in the book.

    ``cites`` says that the book has a bibliography, so that citations are read as such.
    """

    source: Source
    front_matter: FrontMatter
    role: Role
    kind: Kind
    id: str
    body_start: int
    included: tuple[Included, ...] = ()
    cites: bool = False


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The file of sources, BibTeX or CSL-JSON, and the style in which they are cited.

    ``style_text`` is the style itself where it is a file of the book. ``is_whole`` says that
    sources are listed that are not cited.
    """

    source: Source
    style: str
    style_text: str
    style_place: Place | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The folder as read: the configuration and the chapters in reading order."""

    root: Path
    config: Config
    files: tuple[ChapterFile, ...]
    bibliography: Bibliography | None = None

    def withheld(self, edition: Edition) -> frozenset[str]:
        """The paths of the files that an edition is without."""
        return leaders_own(self.files) if edition == "reader" else frozenset()


def leaders_own(files: Iterable[ChapterFile]) -> frozenset[str]:
    """The paths of the files for the leader alone; a part takes its chapters with it."""
    paths, is_in_part = set(), False
    for file in files:
        is_leaders = file.front_matter.edition == "leader"
        is_in_part = is_leaders if file.role == "part" else is_in_part and file.role == "chapter"
        if is_leaders or is_in_part:
            paths.add(file.source.path)
    return frozenset(paths)
