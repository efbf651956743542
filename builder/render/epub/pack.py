"""Resources -> the zip that an EPUB is (EPUB 3.3, OCF), the same bytes each time."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

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
_UNIX, _MODE = 3, 0o100644
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


def pack(package: bytes, resources: Iterable[Resource], modified: datetime) -> bytes:
    """The package document and its resources as one EPUB; every entry bears the same date."""
    date = _zip_date(modified)
    entries = [
        ("META-INF/container.xml", _CONTAINER.encode(), False),
        (f"{PACKAGE_FOLDER}/{PACKAGE_PATH}", package, False),
        *(
            (f"{PACKAGE_FOLDER}/{each.path}", each.data, each.media_type in _STORED)
            for each in resources
        ),
    ]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        _add(archive, "mimetype", _MIMETYPE.encode(), date, zipfile.ZIP_STORED)
        for path, data, is_packed in sorted(entries):
            method = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            _add(archive, path, data, date, method)
    return made.getvalue()


_Date = tuple[int, int, int, int, int, int]


def _add(archive: zipfile.ZipFile, path: str, data: bytes, date: _Date, method: int) -> None:
    entry = zipfile.ZipInfo(path, date)
    entry.create_system, entry.external_attr = _UNIX, _MODE << 16
    archive.writestr(entry, data, method, _LEVEL)


def _zip_date(modified: datetime) -> _Date:
    """The date in UTC, within the years that a zip can name."""
    utc = modified.astimezone(UTC)
    year = min(max(utc.year, _FIRST_YEAR), _LAST_YEAR)
    return year, utc.month, utc.day, utc.hour, utc.minute, utc.second
