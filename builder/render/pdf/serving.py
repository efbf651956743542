"""The files that the engine may read: those of the book's folder, and nothing else."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from builder.paths import is_inside
from builder.render.drawings import tell_theme

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

SCHEME = "book"


def fetcher(root: Path, served: dict[str, str], themes: Sequence[str] = ()) -> "URLFetcher":
    """What fetches for the engine, and notes each file with its SHA-256 in ``served``.

    Drawings are told the themes.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BookFetcher(URLFetcher):  # type: ignore[misc]
        """Serves ``book:`` addresses from the book's folder, and ``data:``; nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            name = unquote(parts.path).lstrip("/")
            path = root / name
            if parts.scheme != SCHEME or not is_inside(path, root):
                raise ValueError(f"not in the book's folder: {url}")
            served[name] = ""
            data = path.read_bytes()
            served[name] = hashlib.sha256(data).hexdigest()
            return URLFetcherResponse(url, tell_theme(name, data, themes))

    return BookFetcher(allowed_protocols=("data",))
