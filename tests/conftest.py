"""What all tests share: books made on the spot, golden files, and a silent engine."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # its imports take long, and most tests have no use for it
    from tests.pressed import Shelf

WriteBook = Callable[[Mapping[str, str]], Path]
_ENGINE_LOGGERS = ("weasyprint", "fontTools", "pikepdf", "PIL")
_OUR_VARIABLES = ("SOURCE_DATE_EPOCH", "NO_COLOR", "COLUMNS", "TERM")


class _Collector(logging.Handler):
    """Keeps what the engine says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``: golden files are rewritten, for a person to read the difference."""
    parser.addoption("--update", action="store_true", help="rewrite the golden files")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """A function that writes files (path -> text) into a book's folder, and names the folder."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "book"
        for name, text in {"book.toml": 'title = "A Book"\n', **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all tests of a run share, in whichever process they run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def shelf(shared: Path) -> "Shelf":
    """Books that were laid out and bound once for all tests."""
    from tests.pressed import Shelf

    return Shelf(shared)


@pytest.fixture(autouse=True)
def plain_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Take the variables that the builder reads out of the way, and the user's cache with them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in _OUR_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def engine_log() -> list[str]:
    """What the engine's loggers said; a test that asks for it expects them to speak."""
    return []


@pytest.fixture(autouse=True)
def silent_engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test in which the engine logs a warning that the test did not ask for."""
    collector = _Collector()
    expected = "engine_log" in request.fixturenames
    if expected:
        collector.lines = request.getfixturevalue("engine_log")
    loggers = [logging.getLogger(name) for name in _ENGINE_LOGGERS]
    for logger in loggers:
        logger.addHandler(collector)
    yield
    for logger in loggers:
        logger.removeHandler(collector)
    if collector.lines and not expected:
        pytest.fail("the engine logged: " + "; ".join(collector.lines))
