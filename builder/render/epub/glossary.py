"""The glossary of the e-book: terms and meanings named as such, with links back to the text."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from builder.book import Book
from builder.glossary import TermUse
from builder.parse.tree import append_text, move_content, new, parents, walk, with_class
from builder.resolve.glossary_links import GLOSSREF
from builder.words import Words


def glossary_key(book: Book) -> str:
    """All that the links back depend on, but for words of the language."""
    return repr((book.term_uses, [(each.id, each.caption, each.title) for each in book.chapters]))


def give_glossary_roles(section: Element) -> None:
    """Say of links to the glossary that they are."""
    for link in with_class(section, GLOSSREF):
        link.set("epub:type", "glossref")
        link.set("role", "doc-glossref")


def complete_glossary(book: Book, words: Words, section: Element) -> None:
    """Name terms and their meanings, and end each meaning with where the term is used."""
    owners = parents(section)
    for term in walk(section, "dt"):
        word = new("dfn")
        word.set("epub:type", "glossterm")
        move_content(term, word)
        term.append(word)
    for meaning in walk(section, "dd"):
        meaning.set("epub:type", "glossdef")
    for entries in {owners[term]: None for term in walk(section, "dt")}:
        for terms, meaning in _groups(entries):
            uses = {use.chapter_id: use for each in terms for use in _uses(book, each)}
            if uses:
                meaning.append(_links_back(uses.values(), book, words))


def _uses(book: Book, term: Element) -> tuple[TermUse, ...]:
    return book.term_uses.get(term.get("id", ""), ())


def _groups(entries: Element) -> Iterator[tuple[list[Element], Element]]:
    """Terms that mean the same, with their last meaning."""
    terms: list[Element] = []
    meaning: Element | None = None
    for child in entries:
        if child.tag == "dt":
            if meaning is not None:
                yield terms, meaning
                terms, meaning = [], None
            terms.append(child)
        elif child.tag == "dd":
            meaning = child
    if meaning is not None:
        yield terms, meaning


def _links_back(uses: Iterable[TermUse], book: Book, words: Words) -> Element:
    chapters = {each.id: each for each in book.chapters}
    before, _, after = words.used_in.partition("{chapters}")
    made = new("p", class_="term-uses")
    if words.lang:
        made.append(new("span", before, **words.lang))
    else:
        made.text = before
    for number, use in enumerate(uses):
        if number:
            append_text(made, ", ")
        numbered = chapters[use.chapter_id]
        name = numbered.caption or numbered.title
        link = new("a", name, href=f"#{use.anchor}", role="doc-backlink")
        link.attrib |= numbered.lang if numbered.caption else {}
        made.append(link)
    append_text(made, after)
    return made
