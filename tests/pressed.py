"""Books laid out and bound by the press, stage by stage, for tests to look into."""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from builder.book import Book
from builder.cache import DiskStore, MemoryStore, Store
from builder.config import ChecklistOptions, ShapeName
from builder.decode import decode
from builder.pool import Pool
from builder.render.checklists import lay_checklists
from builder.render.checklists.common import Edition, LaidChecklists, write_checklists
from builder.render.checklists.picking import pick_chapters
from builder.render.pdf.book import LaidBook, lay_book, write_book
from builder.render.pdf.plan import blank_html
from builder.render.pdf.press import Press
from builder.render.pdf.setup import Setup, font_setup
from builder.render.theme import Theme, load_theme
from builder.render.trim import Trim, parse_trim
from builder.words import Words, words_of
from tests.casebook import build_folder
from tests.pdf_facts import Facts
from tests.pdf_oracle import Oracle, pieces_of

SHIPPED = Path(__file__).parents[1] / "book"
EVERYTHING = Path(__file__).parent / "books" / "everything"


@dataclass(frozen=True)
class Planned:
    """A book resolved for print, with all that its pages depend on."""

    book: Book
    theme: Theme
    trim: Trim
    words: Words

    @property
    def setup(self) -> Setup:
        """What the engine has to know."""
        fonts = tuple((font.name, font.folder) for font in self.theme.fonts)
        return Setup(self.book.root, fonts, self.theme.generics, self.theme.lineage)

    def edition(self, folios: Mapping[str, str]) -> Edition:
        """All its checklists, as its configuration wants them."""
        book = self.book
        options, picked = book.config.checklists, pick_chapters(book, ())
        return Edition(book, self.theme, self.words, options, picked, True, folios)


@dataclass(frozen=True)
class Pressed:
    """The files made, what they were bound from, and the gatherings laid out for them."""

    planned: Planned
    pdf: bytes
    checklists: bytes
    book: LaidBook
    set: LaidChecklists
    laid: tuple[str, ...]

    @property
    def outputs(self) -> tuple[bytes, bytes]:
        """Both files."""
        return self.pdf, self.checklists


class Shelf:
    """Books that all tests share, each made once, in whichever process is first to want it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pressed: dict[Path, Pressed] = {}
        self._facts: dict[tuple[Path, str], Facts] = {}

    @cached_property
    def store(self) -> Store:
        """What all books were made with."""
        return DiskStore(self._folder / "store")

    def pressed(self, root: Path) -> Pressed:
        """A book by the press."""
        if root not in self._pressed:
            with self._only_one(root):
                self._pressed[root] = press_book(root, self.store)
        return self._pressed[root]

    def facts(self, root: Path, kind: str = "pdf") -> Facts:
        """The file of a book (``pdf``) or of its checklists, looked into."""
        if (root, kind) not in self._facts:
            pressed = self.pressed(root)
            data = pressed.pdf if kind == "pdf" else pressed.checklists
            self._facts[root, kind] = Facts(data)
        return self._facts[root, kind]

    def oracle(self, root: Path, kind: str = "pdf") -> Facts:
        """The same file as the engine alone makes it."""
        name = f"oracle-{root.name}-{kind}"
        if (root, name) not in self._facts:
            pressed = self.pressed(root)
            with self._only_one(root):
                data = self.once(name, lambda: engine_book(pressed, kind))
            self._facts[root, name] = Facts(data)
        return self._facts[root, name]

    def form(self, root: Path, shape: ShapeName = "pages") -> bytes:
        """The checklists of a book to be filled in on a screen."""
        name, folios = f"form-{root.name}-{shape}", self.pressed(root).book.settled.folios
        with self._only_one(root):
            return self.once(name, lambda: press_form(root, shape, self.store, folios))

    def once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Bytes made by the first who wants them."""
        path = self._folder / name
        if not path.exists():
            path.write_bytes(make())
        return path.read_bytes()

    @contextmanager
    def _only_one(self, root: Path) -> Iterator[None]:
        with (self._folder / f"{root.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def plan(root: Path) -> Planned:
    """Read, parse and resolve a book for print."""
    book = build_folder(root).books["print"]
    config = decode((root / "book.toml").read_bytes(), "book.toml").value
    trim = parse_trim(book.config.pdf.trim)
    assert trim
    theme = load_theme(book.config.theme, root, config).value
    return Planned(book, theme, trim, words_of(book.config.language))


@contextmanager
def open_press(
    planned: Planned, store: Store | None = None, pool: Pool | None = None, versions: str = ""
) -> Iterator[Press]:
    """A press for a book."""
    store = MemoryStore() if store is None else store
    with (
        pool or Pool() as workers,
        Press(planned.setup, store, workers, _quiet, versions) as press,
    ):
        yield press


def press_book(
    root: Path, store: Store | None = None, pool: Pool | None = None, versions: str = ""
) -> Pressed:
    """Lay out and bind a book and its checklists."""
    planned = plan(root)
    book, words = planned.book, planned.words
    with open_press(planned, store, pool, versions) as press:
        laid = lay_book(book, planned.theme, planned.trim, words, press).value
        pdf = b"".join(write_book(book, laid, press))
        edition = planned.edition(laid.folios)
        made = lay_checklists("pages", edition, press).value
        checklists = b"".join(write_checklists(edition, made, press))
        return Pressed(planned, pdf, checklists, laid, made, tuple(press.laid))


def press_form(
    root: Path,
    shape: ShapeName,
    store: Store | None = None,
    folios: Mapping[str, str] = MappingProxyType({}),
    only: tuple[str, ...] = (),
    written: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The checklists of a book in a shape, to be filled in on a screen."""
    planned = plan(root)
    options = replace(planned.book.config.checklists, fillable=True)
    edition = replace(planned.edition(folios), written=written)
    return press_shape(edition, shape, options, planned, store, only)


def press_shape(
    edition: Edition,
    shape: ShapeName,
    options: ChecklistOptions,
    planned: Planned,
    store: Store | None = None,
    only: tuple[str, ...] = (),
) -> bytes:
    """The checklists of a book in a shape, with the options that are given."""
    picked = pick_chapters(planned.book, only, with_exercises=options.exercises)
    edition = replace(edition, options=options, picked=picked, is_whole=not only)
    with open_press(planned, store) as press:
        made = lay_checklists(shape, edition, press).value
        return b"".join(write_checklists(edition, made, press))


def engine_book(pressed: Pressed, kind: str) -> bytes:
    """What the engine alone makes of a settled book (``pdf``) or of its checklists."""
    laid = pressed.book if kind == "pdf" else pressed.set
    planned = pressed.planned
    with font_setup(planned.setup) as setup:
        assert setup.scratch
        os.environ["FONTCONFIG_FILE"] = str(setup.scratch / "fonts.conf")
        oracle = Oracle(planned.book.root)
        pieces = pieces_of(laid.settled.placed, laid.css, blank_html(planned.book))
        return oracle.join(pieces, laid.settled.folios)


def _quiet(_stage: str, _done: int, _total: int, _counted: str) -> None:
    return
