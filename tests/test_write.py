"""Writing: all files or none, and never half of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.write import write_all


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
