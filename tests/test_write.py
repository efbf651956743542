"""Writing: all files or none, and never half of one."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.write import Written, write_all


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_file_that_cannot_be_made_to_its_end(tmp_path: Path, error: type[BaseException]) -> None:
    """The last good files stay as they were, and nothing lies beside them."""
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    first.write_bytes(b"good")

    def broken() -> Iterator[bytes]:
        yield b"begun"
        raise error

    with pytest.raises(error):
        write_all({first: [b"new"], second: broken()})

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"first.pdf": b"good"}


def test_what_was_written_is_told(tmp_path: Path) -> None:
    """Size and digest are those of the bytes, whatever becomes of the file."""
    path = tmp_path / "a.pdf"

    assert write_all({path: iter([b"%PDF", b"-1.7"])}) == {
        path: Written(8, hashlib.sha256(b"%PDF-1.7").hexdigest())
    }
