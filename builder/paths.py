"""Where a path of the manuscript leads: nothing outside the book's folder is ever read."""

from pathlib import Path


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies in the book's folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        # Links in a circle, or a name that no file can have.
        return False
