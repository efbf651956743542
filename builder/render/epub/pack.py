"""Resources -> the zip that an EPUB is (EPUB 3.3, OCF), the same bytes each time."""

import zlib
from collections.abc import Iterable
from datetime import UTC, datetime

from builder.cache import NO_STORE, Store, key
from builder.kept import keep
from builder.render.epub.archive import Entry, write_archive
from builder.render.epub.resources import Resource

PACKAGE_FOLDER = "EPUB"
PACKAGE_PATH = "package.opf"
_MIMETYPE = "application/epub+zip"
_CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{PACKAGE_FOLDER}/{PACKAGE_PATH}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
# Packed already: deflating them again costs time and gains nothing.
_STORED = frozenset(("image/jpeg", "image/png"))
_LEVEL = 6


def pack(
    package: bytes, resources: Iterable[Resource], modified: datetime, store: Store = NO_STORE
) -> bytes:
    """The package document and its resources as one EPUB; every entry bears the same date."""
    entries = [
        ("META-INF/container.xml", _CONTAINER.encode(), False),
        (f"{PACKAGE_FOLDER}/{PACKAGE_PATH}", package, False),
        *(
            (f"{PACKAGE_FOLDER}/{each.path}", each.data, each.media_type in _STORED)
            for each in resources
        ),
    ]
    packed = [
        Entry(path, data, None if is_packed else _deflated(data, store))
        for path, data, is_packed in sorted(entries)
    ]
    return write_archive([Entry("mimetype", _MIMETYPE.encode()), *packed], modified.astimezone(UTC))


def _deflated(data: bytes, store: Store) -> bytes:
    name = key("deflated", zlib.ZLIB_RUNTIME_VERSION, str(_LEVEL), data)
    return keep(store, name, bytes, lambda: _deflate(data))


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()
