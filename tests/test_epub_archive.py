"""The zip of an EPUB: what other programs read in it is what was put in."""

import io
import zipfile
import zlib
from datetime import UTC, datetime

import pytest

from builder.render.epub.archive import Entry, write_archive

DATE = datetime(2026, 3, 4, 15, 16, 18, tzinfo=UTC)


def deflated(data: bytes) -> bytes:
    """Data as an archive holds it."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def opened(*entries: Entry, date: datetime = DATE) -> zipfile.ZipFile:
    """An archive as the library reads it."""
    return zipfile.ZipFile(io.BytesIO(write_archive(entries, date)))


def test_every_entry_is_read_as_it_was() -> None:
    """Stored, deflated or empty, in the order given, each with the sum that proves it."""
    text = b"water " * 1000
    entries = [
        Entry("mimetype", b"application/epub+zip"),
        Entry("text/a.xhtml", text, deflated(text)),
        Entry("empty", b""),
        Entry("empty, deflated", b"", deflated(b"")),
    ]
    with opened(*entries) as archive:
        read = [(name, archive.read(name)) for name in archive.namelist()]

        assert archive.testzip() is None
    assert read == [(entry.path, entry.data) for entry in entries]


def test_a_path_may_have_any_letters() -> None:
    """They are marked as UTF-8 where they are not plain."""
    with opened(Entry("bücher/水.png", b"x")) as archive:
        assert archive.namelist() == ["bücher/水.png"]


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (DATE, (2026, 3, 4, 15, 16, 18)),
        (datetime(1899, 12, 31, tzinfo=UTC), (1980, 12, 31, 0, 0, 0)),
        (datetime(9999, 1, 2, tzinfo=UTC), (2107, 1, 2, 0, 0, 0)),
    ],
)
def test_every_entry_bears_the_date(date: datetime, written: tuple[int, ...]) -> None:
    """As near as a zip can name it."""
    with opened(Entry("a", b"x"), date=date) as archive:
        assert archive.getinfo("a").date_time == written


def test_it_is_what_the_library_would_write() -> None:
    """Byte for byte, so that nothing about it is unusual."""
    text = b"soil " * 500
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("text/a.xhtml", DATE.timetuple()[:6])
        info.create_system, info.external_attr = 3, 0o100644 << 16
        archive.writestr(info, text, zipfile.ZIP_DEFLATED, 6)

    assert write_archive([Entry("text/a.xhtml", text, deflated(text))], DATE) == made.getvalue()
