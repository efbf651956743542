"""Titles and people as the package document names them, and as catalogues sort them."""

from dataclasses import dataclass

from builder.config import Author, Config

_ARTICLES = {
    "de": "der die das ein eine",
    "en": "a an the",
    "es": "el la los las un una",
    "fr": "le la les un une",
    "it": "il lo la i gli le un uno una",
    "nl": "de het een",
    "pt": "o a os as um uma",
}
# In these languages the family name comes first already.
_FAMILY_FIRST = frozenset(("hu", "ja", "ko", "vi", "zh"))
_ENDS = tuple("?!.…:;–—")


@dataclass(frozen=True, slots=True)
class Person:
    """A maker of the book: ``element`` is creator or contributor, ``order`` counts within these."""

    id: str
    element: str
    name: str
    role: str
    file_as: str
    order: int


def full_title(config: Config) -> str:
    """Title and subtitle in one, because e-readers show one title only."""
    return _with_subtitle(config.title, config)


def title_as_sorted(config: Config) -> str:
    """The same with a leading article behind the title; empty where it sorts as it stands."""
    article, _, rest = config.title.partition(" ")
    if not rest or article.casefold() not in _ARTICLES.get(_primary(config), "").split():
        return ""
    return _with_subtitle(f"{rest}, {article}", config)


def people_of(config: Config) -> tuple[Person, ...]:
    """The authors as creators, everyone else as a contributor; with no author, all create."""
    authors = [person for person in config.people if person.role == "aut"] or [*config.people]
    others = [person for person in config.people if person not in authors]
    return (
        *(_person("creator", author, number, config) for number, author in enumerate(authors, 1)),
        *(_person("contributor", other, number, config) for number, other in enumerate(others, 1)),
    )


def _with_subtitle(title: str, config: Config) -> str:
    if not config.subtitle:
        return title
    joint = " " if title.endswith(_ENDS) else ": "
    return f"{title}{joint}{config.subtitle}"


def _person(element: str, author: Author, number: int, config: Config) -> Person:
    file_as = author.file_as or _name_as_sorted(author.name, config)
    return Person(f"{element}-{number}", element, author.name, author.role, file_as, number)


def _name_as_sorted(name: str, config: Config) -> str:
    """``Virginia Woolf`` -> ``Woolf, Virginia``; a name of other than two words is left alone.

    Where a longer name divides, only its bearer knows: van, de, García Márquez.
    """
    parts = name.split()
    if len(parts) != 2 or _primary(config) in _FAMILY_FIRST:
        return ""
    return f"{parts[1]}, {parts[0]}"


def _primary(config: Config) -> str:
    return config.language.lower().partition("-")[0]
