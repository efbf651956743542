"""The words of the builder in an e-book of a language that they are not translated into."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.conftest import WriteBook
from tests.test_epub import X, epub_of

BOOK = {
    "book.toml": 'title = "Колодец"\nauthors = ["Нора"]\nlanguage = "ru"\npublisher = "Вода"\n'
    'rights = "Права"\nnumbered = ["figures"]\n[epub]\nlists = ["figures"]\n'
    "accessibility_page = true\n",
    "1-well.md": "# Колодец\n\nКувшин[^n] тут. [Вода]{index} и {index=2026} год.\n\n"
    "![Кувшин](jar.svg) \n/// caption\nКувшин.\n///\n\n"
    "- [x] Налить. @week 2\n- [ ] Пить.\n\n[^n]: Да.\n",
    "2-part.md": "---\nrole: part\n---\n# Часть\n",
    "appendix/3-words.md": "---\nkind: glossary\n---\n# Слова\n\nКувшин\n: Сосуд.\n",
    "back/index.md": "# Указатель\n",
    "jar.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}
_WORD = re.compile("[A-Za-z]{2}")
_TITLE = re.compile("(Part I|(Chapter|Appendix) [1A]): [а-яА-Я]+")


def foreign(element: Element, language: str = "") -> Iterator[str]:
    """English texts and labels in an element that are not said to be English."""
    language = element.get("lang", language)
    texts = [element.text, *(element.get(name) for name in ("alt", "title", "aria-label"))]
    yield from (text for text in texts if text and _WORD.search(text) and language != "en")
    for child in element:
        yield from foreign(child, language)
        if child.tail and _WORD.search(child.tail) and language != "en":
            yield child.tail


def test_english_words_are_said_to_be_english(write_book: WriteBook) -> None:
    """Labels of chapters, names of boxes, the cover's text, landmarks, contents, lists, index.

    Not the titles of chapters' files, which have a word of each language.
    """
    epub = epub_of(write_book(BOOK))
    found = [text for path in epub.pages() for text in foreign(epub.tree(path))]

    assert [text for text in found if not _TITLE.fullmatch(text)] == []
    assert len(epub.pages()) > 9


def test_words_of_the_author_stay_in_the_language_of_the_book(write_book: WriteBook) -> None:
    """Where they stand on a page whose name is English."""
    page = epub_of(write_book(BOOK)).tree("copyright.xhtml")
    languages = {"".join(each.itertext()): each.get("lang") for each in page.iter(f"{X}p")}

    assert languages["Колодец"] == languages["Права"] == "ru"
