"""Parts of a book that the builder writes: series, short contents, colophon."""

from builder.render.colophon import epub_facts, printed_facts, series_line
from builder.render.epub.pages import copyright_page, title_page
from builder.render.pdf.chapter_html import Finish
from builder.render.pdf.plan import plan_book
from tests.conftest import WriteBook
from tests.pressed import Planned, plan

TOML = """
title = "A Book"
series = { name = "Field Guides", number = 3 }
colophon = true
[pdf]
contents_depth = 2
short_contents = true
"""
CHAPTERS = {"book.toml": TOML, "a.md": "# One\n\n## Below\n\nText.\n"}


def pages(planned: Planned) -> dict[str, str]:
    """The HTML of each run of pages."""
    facts = printed_facts(planned.book, planned.theme, planned.words)
    return {run.id: run.html({}) for run in plan_book(planned.book, planned.words, Finish(facts))}


def test_series_stands_on_the_half_title(write_book: WriteBook) -> None:
    """And not on the title page, which says enough."""
    html = pages(plan(write_book(CHAPTERS)))["title-pages"]

    assert html.count("Field Guides, 3") == 1
    assert html.index("Field Guides, 3") < html.index('id="title-page"')


def test_series_without_half_title(write_book: WriteBook) -> None:
    """It stands on the title page then."""
    root = write_book({**CHAPTERS, "book.toml": f"{TOML}half_title = false\n"})
    html = pages(plan(root))["title-pages"]

    assert html.index("Field Guides, 3") > html.index('id="title-page"')


def test_series_in_the_e_book(write_book: WriteBook) -> None:
    """The title page names it as well."""
    planned = plan(write_book(CHAPTERS))

    assert series_line(planned.book, planned.words) == "Field Guides, 3"
    assert b"Field Guides, 3" in title_page(planned.book, planned.words).data


def test_people_besides_the_authors(write_book: WriteBook) -> None:
    """The title page says what editors, translators and illustrators did, in both outputs."""
    people = """authors = [
      "Nora Vale",
      { name = "Sam Oduya", role = "ill" },
      { name = "Ada Finch", role = "edt" },
      { name = "Ben Holt", role = "edt" },
      { name = "Zoe Park", role = "pht" },
    ]"""
    planned = plan(write_book({**CHAPTERS, "book.toml": f'title = "A Book"\n{people}\n'}))
    printed = pages(planned)["title-pages"]
    shown = title_page(planned.book, planned.words).data.decode()

    for page in (printed, shown):
        assert page.index("Edited by Ada Finch, Ben Holt") < page.index("Illustrated by Sam Oduya")
        assert "Zoe Park" not in page.partition("<body")[2]


def test_short_contents_have_chapters_alone(write_book: WriteBook) -> None:
    """They stand before the full ones, which have the headings too."""
    html = pages(plan(write_book(CHAPTERS)))

    assert list(html)[1:3] == ["short-contents", "contents"]
    assert "Below" not in html["short-contents"]
    assert "Below" in html["contents"]


def test_short_contents_that_would_be_the_same(write_book: WriteBook) -> None:
    """Where the contents name chapters alone, there is nothing to shorten."""
    text = TOML.replace("contents_depth = 2", "contents_depth = 1")

    assert "short-contents" not in pages(plan(write_book({**CHAPTERS, "book.toml": text})))


def test_colophon_on_the_copyright_page(write_book: WriteBook) -> None:
    """Without a colophon of the author's; an e-book has no typefaces to name."""
    planned = plan(write_book(CHAPTERS))
    html = pages(planned)["title-pages"]
    imprint = copyright_page(planned.book, planned.words)

    assert "Set in Source Serif Pro, Source Sans Pro and IBM Plex Mono." in html
    assert imprint is not None
    assert b"Made with build-book" in imprint.data
    assert b"Set in" not in imprint.data


def test_colophon_of_the_author(write_book: WriteBook) -> None:
    """It is closed by what the builder says, which stands nowhere else."""
    planned = plan(write_book({**CHAPTERS, "back/colophon.md": "# Colophon\n\nBy hand.\n"}))
    html = pages(planned)

    assert "Set in" not in html["title-pages"]
    assert html["colophon"].index("By hand.") < html["colophon"].index("Set in Source Serif")
    assert copyright_page(planned.book, planned.words) is None


def test_nothing_is_said_unasked(write_book: WriteBook) -> None:
    """Without the key, the builder keeps quiet about itself."""
    root = write_book({**CHAPTERS, "book.toml": TOML.replace("colophon = true", "")})
    planned = plan(root)

    assert printed_facts(planned.book, planned.theme, planned.words) == ()
    assert epub_facts(planned.book, planned.words) == ()
