"""What the builder says of itself in a colophon: the typefaces, and the program."""

from builder import __version__
from builder.book import Book
from builder.render.theme import Theme
from builder.words import Words

PROGRAM = "build-book"


def printed_facts(book: Book, theme: Theme, words: Words) -> tuple[str, ...]:
    """The sentences of the printed book; none where it does not ask for them."""
    if not book.config.colophon:
        return ()
    typefaces = _listed([font.name for font in theme.fonts], words)
    return (words.typefaces.format(typefaces=typefaces), *_made_with(words))


def epub_facts(book: Book, words: Words) -> tuple[str, ...]:
    """The sentences of the e-book, whose typefaces the reader chooses."""
    return _made_with(words) if book.config.colophon else ()


def has_colophon(book: Book) -> bool:
    """Whether the author brings a colophon, which the sentences then close."""
    return any(each.chapter.file.kind == "colophon" for each in book.chapters)


def series_line(book: Book, words: Words) -> str:
    """The series and the book's number in it, as on the half title; empty where there is none."""
    series = book.config.series
    if series is None:
        return ""
    if not series.number:
        return series.name
    return words.series.format(name=series.name, number=series.number)


def _made_with(words: Words) -> tuple[str, ...]:
    return (words.made_with.format(program=f"{PROGRAM} {__version__}"),)


def _listed(names: list[str], words: Words) -> str:
    *others, last = names
    return f"{', '.join(others)} {words.typefaces_and} {last}" if others else last
