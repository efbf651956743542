"""Where a path of the manuscript leads: nothing outside the book's folder is ever read."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

_PATH_END = re.compile(r"[?#]")
_DRIVE = re.compile(r"[A-Za-z]:\\")


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies in the book's folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        # Links in a circle, or a name that no file can have.
        return False


def path_in_book(target: str, chapter_path: str) -> str | None:
    """A target's path within the book, seen from a chapter; None where it leaves the folder."""
    path = unquote(_PATH_END.split(target, maxsplit=1)[0])
    if path.startswith(("/", "\\")) or _DRIVE.match(path) or "\0" in path:
        return None
    parts: list[str] = list(PurePosixPath(chapter_path).parent.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
