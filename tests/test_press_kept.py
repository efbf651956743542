"""What a change lays out: exactly the gatherings that depend on it; all others are kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, copytree

import pytest
from PIL import Image

from builder import drafts
from builder.book import Text
from builder.build import build
from builder.cache import DiskStore, MemoryStore
from builder.command.console import report_json
from builder.parse import survey
from builder.parse.chapter import Draft
from builder.pool import Pool
from builder.render.pdf.press import Press
from builder.render.pdf.setup import Setup
from builder.render.theme.folders import fonts_folder
from builder.request import Request
from tests.pressed import Pressed, press_book

CONFIG = 'title = "A Book"\n[pdf]\ntrim = "5x8"\n'
BOOK = {
    "book.toml": CONFIG,
    "a.md": "# Alpha\n\nWater comes from the well.\n",
    "b.md": "# Beta\n\nOf the pump see [](c.md).\n\n![A pump](pump.png)\n",
    "c.md": "# Gamma\n\nThe end.\n\n## Checklist\n\n- [ ] Dig.\n",
}
TEXT = {"title-pages", "contents", "a", "b", "c"}
LISTS = {"lists-1", "tracker", "index"}

Change = Callable[[Path], object]


@dataclass(frozen=True)
class First:
    """The first build of a small book: its folder, what was kept of it, and the files made."""

    root: Path
    cache: Path
    pressed: Pressed


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """A small book, built once for all tests."""
    root, cache = tmp_path_factory.mktemp("first") / "book", tmp_path_factory.mktemp("cache")
    root.mkdir()
    for name, text in BOOK.items():
        (root / name).write_text(text, encoding="utf-8")
    _paint(20)(root)
    return First(root, cache, press_book(root, DiskStore(cache)))


@pytest.fixture
def store(first: First, tmp_path: Path) -> DiskStore:
    """What was kept of the first build, to be used up."""
    return DiskStore(copytree(first.cache, tmp_path / "cache"))


def _write(name: str, text: str) -> Change:
    return lambda root: (root / name).write_text(text, encoding="utf-8")


def _replace(name: str, old: str, new: str) -> Change:
    return _write(name, BOOK[name].replace(old, new))


def _paint(width: int) -> Change:
    return lambda root: Image.new("L", (width, 10)).save(root / "pump.png")


def _add_font(root: Path) -> None:
    (root / "fonts").mkdir()
    font = next(fonts_folder("fontpkg_atkinson_hyperlegible").glob("*-Bold.ttf"))
    copy(font, root / "fonts" / "own.ttf")


@pytest.mark.parametrize(
    ("change", "laid"),
    [
        (lambda _: None, set()),
        (_write("notes.txt", "Not a part of the book."), set()),
        (_replace("a.md", "Water", "Milk"), {"a"}),
        (_replace("a.md", "Alpha", "Omega"), {"a", "contents", "tracker"}),
        (_replace("c.md", "Gamma", "Delta"), {"b", "c", "contents", *LISTS}),
        (_replace("c.md", "Dig", "Pump"), {"c", "lists-1"}),
        (_write("d.md", "# New\n\nText.\n"), {"d", "contents", "tracker"}),
        (_write("aa.md", "# New\n\nText.\n"), {"aa", "b", "c", "contents", *LISTS}),
        (lambda root: (root / "a.md").unlink(), {"b", "c", "contents", *LISTS}),
        (_paint(30), {"b"}),
        (_write("book.toml", f"{CONFIG}hyphenate = false\n"), TEXT),
        (_write("book.toml", CONFIG.replace("5x8", "6x9")), TEXT),
        (_write("theme.css", "p { color: #333333 }"), TEXT | LISTS),
        (_write("theme.css", "@media pdf { p { color: #333333 } }"), TEXT),
        (_write("theme.css", "@media epub { p { color: #333333 } }"), set()),
        (_write("theme.css", "/* nothing yet */"), set()),
        (_add_font, TEXT | LISTS),
    ],
    ids=[
        *("nothing", "other-file", "word", "title", "title-referred-to", "task"),
        *("chapter-behind", "chapter-between", "chapter-removed", "image"),
        *("hyphenate", "trim", "css", "css-pdf", "css-epub", "css-comment", "font"),
    ],
)
def test_a_change_lays_out_what_depends_on_it(
    first: First, store: DiskStore, tmp_path: Path, change: Change, laid: set[str]
) -> None:
    """No gathering more, and none less."""
    root = copytree(first.root, tmp_path / "book")
    change(root)

    assert {*press_book(root, store).laid} - {"blank"} == laid


def test_a_file_that_is_changed_back_lays_out_nothing(
    first: First, store: DiskStore, tmp_path: Path
) -> None:
    """What was laid out with either picture is kept."""
    root = copytree(first.root, tmp_path / "book")
    for width, laid in ((30, {"b"}), (20, set()), (30, set())):
        _paint(width)(root)
        assert {*press_book(root, store).laid} == laid


def test_a_chapter_that_is_kept_is_not_read(
    first: First, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a chapter that has not changed no tree is made: a long book is bound in no time."""
    root, store = copytree(first.root, tmp_path / "book"), MemoryStore()
    request = Request(root=root, out=tmp_path / "out", outputs=("pdf",), store=store, jobs=1)
    build(request, _quiet)
    read: list[str] = []

    def read_text(draft: Draft, *others: object) -> Text:
        read.append(draft.file.id)
        return survey.read_text(draft, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(drafts, "read_text", read_text)
    build(request, _quiet)
    assert read == []
    _replace("b.md", "pump see", "well see")(root)
    build(request, _quiet)
    assert read == []
    _replace("c.md", "Gamma", "Delta")(root)
    build(request, _quiet)
    assert read == ["b"]


def test_another_engine_lays_out_everything(first: First, store: DiskStore) -> None:
    """A new version of the engine, or of a library that it stands on, may break lines otherwise."""
    pressed = press_book(first.root, store, versions="weasyprint 999")

    assert {*pressed.laid} - {"blank"} == TEXT | LISTS


def test_another_engine_makes_anew_what_is_kept_by_name(tmp_path: Path) -> None:
    """A subset of a font may come out otherwise as well."""
    store, setup = MemoryStore(), Setup(tmp_path, (), ())
    made = [
        Press(setup, store, Pool(), _quiet, version).keep("subset-a", version.encode)
        for version in ("1", "2", "1")
    ]

    assert made == [b"1", b"2", b"1"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data, _: data[: len(data) // 2],
        lambda data, _: data[:-1] + bytes([data[-1] ^ 1]),
        lambda _, other: other,
        lambda _, __: b"",
    ],
    ids=["truncated", "damaged", "foreign", "empty"],
)
def test_an_entry_that_is_not_sound_is_a_miss(
    first: First, store: DiskStore, tmp_path: Path, spoil: Callable[[bytes, bytes], bytes]
) -> None:
    """Everything is laid out again, the same, and kept anew."""
    entries = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    kept = [path.read_bytes() for path in entries]
    for path, data, other in zip(entries, kept, kept[1:] + kept[:1], strict=True):
        path.write_bytes(spoil(data, other))
    mended = press_book(first.root, store)

    assert {*mended.laid} - {"blank"} == TEXT | LISTS
    assert mended.outputs == first.pressed.outputs
    assert press_book(first.root, store).laid == ()


def test_the_report_names_what_was_laid_out(first: First, store: DiskStore, tmp_path: Path) -> None:
    """For people and for programs, with the seconds of each stage."""
    root = copytree(first.root, tmp_path / "book")
    request = Request(root=root, out=tmp_path / "out", outputs=("pdf",), store=store, jobs=1)
    _replace("b.md", "pump see", "well see")(root)
    told = json.loads(report_json(build(request, _quiet), root, 0))

    assert told["laid_out"] == ["b"]
    assert {*told["timings"]} == {"read", "parse", "resolve", "lay out", "bind", "write"}


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return
