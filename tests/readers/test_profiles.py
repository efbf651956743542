"""The e-book as each kind of reader wants it, before EPUBCheck."""

from pathlib import Path
from typing import get_args

import pytest

from builder.build import build
from builder.cache import DiskStore
from builder.config import Profile
from builder.request import Request
from builder.validate.epubcheck import run_epubcheck
from tests.readers.conftest import BOOKS, ROOT


@pytest.mark.parametrize("profile", get_args(Profile))
@pytest.mark.parametrize("book", BOOKS)
def test_every_profile_is_valid(book: str, profile: Profile, tmp_path: Path) -> None:
    """No error and no warning in any of them."""
    store = DiskStore(ROOT / ".venv" / "readers" / "cache")
    asked = Request(root=BOOKS[book], out=tmp_path, outputs=("epub",), profile=profile, store=store)
    (made,) = build(asked, lambda *_: None).artifacts

    assert run_epubcheck(made.path.read_bytes()) == ()
