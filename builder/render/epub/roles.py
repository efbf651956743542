"""What a chapter is, in the vocabularies of EPUB (epub:type) and of DPUB-ARIA (role)."""

from xml.etree.ElementTree import Element

from builder.book import ChapterFile, Role
from builder.parse.headings import unique
from builder.parse.tree import classes, text_of, with_class
from builder.resolve.citation_style import BIBLIOREF

_MATTER: dict[Role, str] = {
    "front": "frontmatter",
    "part": "bodymatter",
    "chapter": "bodymatter",
    "appendix": "backmatter",
    "back": "backmatter",
}
# Class in the tree -> element, epub:type and role that go together (ARIA in HTML). A note, a
# tip and the like are no landmarks of a page, which an <aside> without a role would be. A
# pull-quote is not hidden from screen readers: they skip it by its role if asked to, and to
# hear of it is the reader's choice.
_PARTS = {
    "box": ("aside", "", "note"),
    "margin": ("aside", "", "note"),
    "tip": ("aside", "tip", "doc-tip"),
    "warning": ("section", "notice", "doc-notice"),
    "important": ("section", "notice", "doc-notice"),
    "caution": ("section", "notice", "doc-notice"),
    "exercise": ("section", "practice", "group"),
    "epigraph": ("blockquote", "epigraph", "doc-epigraph"),
    "pullquote": ("aside", "pullquote", "doc-pullquote"),
}
_HOLDERS = frozenset(("aside", "section", "blockquote"))


def matter_of(role: Role) -> str:
    """The division of the book that a file belongs to, as its body names it."""
    return _MATTER[role]


def semantics_of(file: ChapterFile) -> str:
    """The word that both vocabularies have for a chapter; empty where there is none.

    Every kind but one is a word of both; the role is the word with ``doc-`` before it.
    """
    if file.kind == "about-the-author":
        return ""
    if file.kind != "chapter":
        return file.kind
    return file.role if file.role in ("chapter", "appendix") else ""


def give_roles(tree: Element) -> None:
    """Say of boxes, exercises, epigraphs, pull-quotes and citations what they are."""
    for link in with_class(tree, BIBLIOREF):
        link.set("role", "doc-biblioref")
        link.set("epub:type", "biblioref")
    taken: set[str] = set()
    for element in list(tree.iter()):
        # The last class is the closest: "box warning".
        names = [name for name in classes(element) if name in _PARTS]
        if not names or element.tag not in _HOLDERS or element.get("role"):
            continue
        element.tag, kind, role = _PARTS[names[-1]]
        element.set("role", role)
        if kind:
            element.set("epub:type", kind)
        _name_by_title(element, taken)


def _name_by_title(element: Element, taken: set[str]) -> None:
    """Name a box by its title, where it has one: two of the same title are told apart."""
    title = next((child for child in element if child.get("class") == "box-title"), None)
    if title is not None and not element.get("aria-labelledby"):
        element.set("aria-label", unique(text_of(title), taken, " "))
