"""Those who made the book besides its authors, as the title page names them."""

from builder.book import Book
from builder.words import Words


def contributor_lines(book: Book, words: Words) -> tuple[str, ...]:
    """A line for each kind of work that has words: editors, translators, illustrators."""
    lines = {"edt": words.edited_by, "trl": words.translated_by, "ill": words.illustrated_by}
    named = {
        role: ", ".join(person.name for person in book.config.people if person.role == role)
        for role in lines
    }
    return tuple(lines[role].format(names=names) for role, names in named.items() if names)
