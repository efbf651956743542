"""The cover: the author's image, or one made from title and author."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import msgspec

from builder.assets import BadImage, inspect_image
from builder.book import Book
from builder.cache import NO_STORE, Store, key
from builder.config import CONFIG_NAME
from builder.config.keys import toml_spans
from builder.decode import decode
from builder.diagnostics import Diagnostic, Outcome, Place, Severity
from builder.kept import recall
from builder.parse.references import outside_book
from builder.paths import is_inside
from builder.pool import NO_POOL, Job, Pool
from builder.render.epub.images import FOLDER, SUFFIXES, Artwork, fit_artwork
from builder.render.epub.resources import Resource
from builder.render.theme import Theme
from builder.render.theme.cover import CoverStyle
from builder.themes import OWN_FONTS
from builder.versions import engine_versions
from builder.words import Words

# What a cover is called, whatever it is.
COVER_NAMES = frozenset(f"cover{suffix}" for suffix in SUFFIXES.values())
# Title, subtitle and authors; and what they are drawn with.
_Job = tuple[str, str, str, CoverStyle]
# The author's own cover is only made smaller where shops would refuse it.
_MOST_PIXELS = 20_000_000
_LEAST_SIDE = 1400
_RASTER = ("image/jpeg", "image/png", "image/gif")


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover image and what it shows, in words."""

    resource: Resource
    alt: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A cover that was drawn, and the letters for which there was no font."""

    art: Artwork
    missing: str


def make_cover(book: Book, theme: Theme, words: Words, store: Store = NO_STORE) -> Outcome[Cover]:
    """The cover that ``book.toml`` names; where there is none, or it will not do, a drawn one."""
    return begin_cover(book, theme, words, store, NO_POOL)()


def begin_cover(
    book: Book, theme: Theme, words: Words, store: Store, pool: Pool
) -> Callable[[], Outcome[Cover]]:
    """The same, drawn meanwhile by a worker where one is there."""
    named = _read(book) if book.config.epub.cover else None
    if isinstance(named, Artwork):
        made = Outcome(_cover(named, book, words), tuple(_too_small(named, book)))
        return lambda: made
    drawing = _begin_drawing(book, theme, store, pool)

    def cover() -> Outcome[Cover]:
        drawn = drawing()
        found = (named,) if named else tuple(_not_shown(drawn.missing))
        return Outcome(_cover(drawn.art, book, words), found)

    return cover


def _begin_drawing(book: Book, theme: Theme, store: Store, pool: Pool) -> Callable[[], _Drawn]:
    config = book.config
    said = (config.title, config.subtitle, config.byline)
    style = _with_own_fonts(theme.cover, book, said)
    colours = (style.background, style.ink, style.accent)
    fonts = (style.title_font.read_bytes(), style.text_font.read_bytes())
    name = key("cover", engine_versions(), *said, *colours, *fonts)
    if (kept := recall(store, name, _Drawn)) is not None:
        return lambda: kept
    job = Job(CONFIG_NAME, msgspec.msgpack.encode((*said, style), enc_hook=str))
    begun = pool.begin(_draw, b"", job)

    def drawing() -> _Drawn:
        data = begun()
        store.put(name, data)
        return msgspec.msgpack.decode(data, type=_Drawn)

    return drawing


def _too_small(art: Artwork, book: Book) -> Iterator[Diagnostic]:
    facts = art.facts
    if facts.media_type in _RASTER and min(facts.width, facts.height) < _LEAST_SIDE:
        yield Diagnostic(
            "small-cover",
            f'the cover "{book.config.epub.cover}" has {facts.width} by {facts.height} pixels',
            _place(book),
            f"shops want {_LEAST_SIDE} at least on the shorter side; 1600 by 2560 suit all of them",
            Severity.WARNING,
        )


def _cover(art: Artwork, book: Book, words: Words) -> Cover:
    media_type = art.facts.media_type
    resource = Resource(
        path=f"{FOLDER}/cover{SUFFIXES[media_type]}",
        media_type=media_type,
        data=art.data,
        properties=("cover-image",),
    )
    title, authors = book.config.title, book.config.byline
    pattern = words.cover_alt if authors else words.cover_alt_no_author
    alt = book.config.epub.cover_alt or pattern.format(title=title, authors=authors)
    return Cover(resource, alt)


def _read(book: Book) -> Artwork | Diagnostic:
    name = book.config.epub.cover
    path = book.root / name
    if PurePosixPath(name).is_absolute() or not is_inside(path, book.root):
        return outside_book(name, "cover image", _place(book))
    try:
        return fit_artwork(path.read_bytes(), inspect_image(path), _MOST_PIXELS)
    except BadImage as error:
        message = f'not an image that can be shown: "{name}": {error}'
        return Diagnostic("bad-image", message, _place(book), "save it again as PNG or JPEG")
    except (OSError, ValueError):
        # ValueError is a name that no file can have, such as one with a NUL.
        hint = "correct the name, or delete it to have a cover made"
        return Diagnostic("missing-image", f'image not found: "{name}"', _place(book), hint)


def _place(book: Book) -> Place:
    source = decode((book.root / CONFIG_NAME).read_bytes(), CONFIG_NAME).value
    return toml_spans(source.text).value_place(source, ("epub", "cover"))


def _with_own_fonts(style: CoverStyle, book: Book, said: tuple[str, str, str]) -> CoverStyle:
    """The style with fonts of the book's folder for letters that those of the theme lack."""
    own = sorted((book.root / OWN_FONTS).glob("*.[ot]tf"))
    if not own:
        return style
    from builder.render.epub.kerning import missing_letters
    from builder.render.epub.typeset import normal

    def pick(font: Path, words: str) -> Path:
        fonts = (each for each in (font, *own) if not missing_letters(each, words))
        return next(fonts, font)

    title, *others = map(normal, said)
    return replace(
        style,
        title_font=pick(style.title_font, title),
        text_font=pick(style.text_font, " ".join(others)),
    )


def _draw(_: bytes, job: bytes) -> bytes:
    """What a worker does with a cover: draw it."""
    # Drawing takes Pillow's fonts, which a book with a cover of its own does not need.
    from builder.render.epub.cover_art import draw_cover, letters_not_shown

    drawn_of = msgspec.msgpack.decode(job, type=_Job, dec_hook=_path)
    return msgspec.msgpack.encode(_Drawn(draw_cover(*drawn_of), letters_not_shown(*drawn_of)))


def _path(_: type, name: str) -> Path:
    return Path(name)


def _not_shown(missing: str) -> Iterator[Diagnostic]:
    if missing:
        yield Diagnostic(
            "missing-glyph",
            f'the theme has no font to draw a cover with "{missing}"',
            None,
            "put a font that has them into the folder fonts/ of the book, or name an image: "
            'cover = "cover.png" under [epub] in book.toml',
        )
