"""Running heads and folios, laid out apart from the text."""

from builder.render.pdf.furniture import furniture_html
from builder.render.pdf.gathering import Furniture, PageKind

TEXT = PageKind("", is_blank=False, is_right=True, strings=(("head", "One"),))
BLANK = PageKind("", is_blank=True, is_right=False, strings=())


def _pages(*kinds: PageKind) -> int:
    return furniture_html(Furniture("a", "en", kinds, (), "right", 1)).count("<div")


def test_a_page_of_notes_behind_the_text_has_a_folio() -> None:
    """The engine makes it of its own accord and calls it blank."""
    assert _pages(TEXT, BLANK) == 2


def test_a_blank_page_within_the_text_has_none() -> None:
    """The side on which the next page opens leaves it out."""
    assert _pages(TEXT, BLANK, TEXT) == 2
