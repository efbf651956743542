"""Words from left to right in books that are read from the right, and the other way round."""

import io

import pypdfium2
import pytest
import tinyhtml5

from builder.parse.markup import inner_markup
from builder.render.pdf.directions import has_both_directions, keep_order
from tests.conftest import WriteBook
from tests.pdf_filler import widgets_of
from tests.pressed import press_form

_PAGE = '<!DOCTYPE html><html dir="{}"><body>{}</body></html>'


@pytest.mark.parametrize(
    ("direction", "html", "wanted"),
    [
        ("rtl", "<p>שלום לכם, two words here, עולם.</p>", None),
        ("rtl", "<p>One sentence</p>", None),
        ("rtl", "<p>One sentence.</p>", '<p><span dir="ltr">One sentence.</span></p>'),
        ("rtl", "<p>5 tasks</p>", '<p><span dir="ltr">5 tasks</span></p>'),
        (
            "rtl",
            "<p>An <em>important</em> end.</p>",
            '<p><span dir="ltr">An <em>important</em> end.</span></p>',
        ),
        (
            "rtl",
            "<p>ראו One <b>two</b> (page <a>3</a>) גם.</p>",
            '<p>ראו <span dir="ltr">One <b>two</b> (page <a>3</a>)</span> גם.</p>',
        ),
        (
            "rtl",
            "<p>אחת One <b>two</b> three, שתיים <i>x</i> y.</p>",
            '<p>אחת <span dir="ltr">One <b>two</b> three</span>, שתיים '
            '<span dir="ltr"><i>x</i> y</span>.</p>',
        ),
        (
            "rtl",
            '<p>לקום. <span class="mark">20 min</span></p>',
            '<p>לקום. <span class="mark"><span dir="ltr">20 min</span></span></p>',
        ),
        (
            "rtl",
            '<p>ראו <i>One</i>, two <span class="last-words">and three.</span></p>',
            '<p>ראו <span dir="ltr"><i>One</i>, two <span class="last-words">and three</span>'
            '</span><span class="last-words">.</span></p>',
        ),
        ("rtl", "<p>קוד <code>--now</code></p>", '<p>קוד <code dir="ltr">--now</code></p>'),
        ("rtl", "<li><span>One</span><span>Two</span>\n<div>שלום</div></li>", None),
        ("ltr", "<p>See (<em>שלום</em>) and <em>שלום</em> here.</p>", None),
        (
            "ltr",
            "<p>See <em>שלום</em> עולם here.</p>",
            '<p>See <span dir="rtl"><em>שלום</em> עולם</span> here.</p>',
        ),
    ],
)
def test_phrases_of_the_other_direction_stay_whole(
    direction: str, html: str, wanted: str | None
) -> None:
    """They get an element of their own where the engine would turn their parts around."""
    root = tinyhtml5.parse(_PAGE.format(direction, html), namespace_html_elements=False)
    keep_order(root)

    assert inner_markup(root.find("body")) == (wanted or html)


def test_pages_of_one_direction_are_left_alone() -> None:
    """Nothing is looked for where nothing can be found."""
    assert not has_both_directions(_PAGE.format("ltr", "<p>Words, and a letter: é.</p>"))
    assert has_both_directions(_PAGE.format("rtl", "<p>Words.</p>"))
    assert has_both_directions(_PAGE.format("ltr", "<p>שלום</p>"))


def test_an_english_task_of_a_hebrew_book_runs_from_left_to_right(write_book: WriteBook) -> None:
    """Its last words, which are held together, stand behind the others, and the full stop last."""
    task = "Entirely English, this task of many words has a comma."
    toml = 'title = "A Book"\nlanguage = "he"\n'
    form = press_form(write_book({"book.toml": toml, "1.md": f"# One\n\n- [ ] {task}\n"}), "cards")
    found = [line for page in pypdfium2.PdfDocument(io.BytesIO(form)) for line in _lines(page)]

    assert " ".join(found).count(task) == 1


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    """The lines of a page as they are seen, each from left to right."""
    text = page.get_textpage()
    seen: dict[int, list[tuple[float, str]]] = {}
    for index in range(text.count_chars()):
        left, bottom, _, _ = text.get_charbox(index, loose=True)
        seen.setdefault(round(bottom), []).append((left, text.get_text_range(index, 1)))
    lines = [seen[bottom] for bottom in sorted(seen, reverse=True)]
    return ["".join(letter for _, letter in sorted(line)).strip() for line in lines]


def test_date_stands_above_its_line(write_book: WriteBook) -> None:
    """The word does not touch the line that is there to write on."""
    toml = 'title = "A Book"\nlanguage = "he"\n'
    form = press_form(write_book({"book.toml": toml, "1.md": "# One\n\n- [ ] Do.\n"}), "pages")
    (field,) = (each for name, each in widgets_of(form).items() if "/date/" in name)
    text = pypdfium2.PdfDocument(io.BytesIO(form))[field.page].get_textpage()
    _, bottom, _, _ = text.get_charbox(text.get_text_range().index("Date"))

    assert bottom > field.rectangle[1] + 4
