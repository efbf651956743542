"""The files that a publication consists of."""

from dataclasses import dataclass

XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One file of the publication; ``path`` is relative to the package document.

    ``linear`` matters for pages only: a page out of the line of reading is not paged through.
    """

    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    linear: bool = True

    @property
    def id(self) -> str:
        """The name of the file in the manifest."""
        return self.path.replace("/", "-")
