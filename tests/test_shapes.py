"""Every shape of the checklists: each word that goes in comes out, and nothing leaves its page."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from builder.book import Book, Item, flat
from builder.build import build
from builder.config import ShapeName
from builder.parse.mark_spans import MARK
from builder.parse.tree import copy_of, remove, text_of, with_class
from builder.parse.tree import parents as owners_in
from builder.render.checklists import SHAPES, lay_checklists
from builder.render.checklists.common import write_checklists
from builder.render.checklists.formats import size_of
from builder.request import ChecklistsAsked, Request
from tests.conftest import WriteBook
from tests.far_letters import font_of
from tests.pdf_facts import Facts, squeeze
from tests.pdf_filler import widgets_of
from tests.pressed import Planned, open_press, plan, press_form

HEBREW, JAPANESE = "מלא את הכד במים", "今日は水を飲んで、瓶を洗って、家に持って帰る。"
SENTENCE = "This sentence goes on for as long as anybody can read it aloud. "
ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitaen" * 3
HARD = {
    "book.toml": 'title = "A Hard Book"\n[checklists]\nweeks = 2\n',
    "1.md": "# One\n\n- [ ] The only task.\n",
    "2.md": "# A title that is itself so long that it needs several lines\n\n"
    + "".join(f"- [ ] Task number {number} of sixty.\n" for number in range(1, 61)),
    "3.md": "# Nested\n\n- [ ] First.\n    - [ ] Second, under it.\n        - [ ] Third, deeper.\n"
    "            - [ ] Fourth, the deepest of all.\n- [ ] Fifth. @week 2 (~20 min)\n"
    "    - [ ] Sixth. @week 1 @day 3\n\n## Others\n\n- [x] Seventh.\n",
    "4.md": f"# Long\n\n- [ ] {SENTENCE * 9}\n- [ ] Say {ENDLESS}.\n- [ ] Short.\n",
    "5.md": "# Signs\n\n- [ ] Follow [the path](1.md), and [a link](https://example.org).[^n]\n"
    "- [ ] Type `make all` and `--an-option=with-a-value-that-has-no-end-and-goes-on`.\n"
    "- [ ] Run this:\n\n    ```sh\n    make --with-an-option=and-a-value && echo done\n    ```\n\n"
    "[^n]: A note below.\n",
    "6.md": f"# Letters\n\n- [ ] {HEBREW}\n- [ ] {JAPANESE}\n",
}


@pytest.fixture(scope="module")
def hard(shared: Path) -> Planned:
    """A book of everything that is hard to fit on a small page."""
    root = shared / "hard"
    (root / "fonts").mkdir(parents=True, exist_ok=True)
    for name, text in HARD.items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "fonts" / "far.ttf").write_bytes(font_of(HEBREW + JAPANESE))
    return plan(root)


def tasks_of(book: Book) -> list[Item]:
    """All tasks of a book in order."""
    return [
        item
        for numbered in book.chapters
        for checklist in numbered.chapter.checklists
        for item in flat(checklist.items)
    ]


def words_of_task(item: Item) -> str:
    """All that a task says but for its marks, and the page of what it refers to."""
    body = copy_of(item.body)
    owners = owners_in(body)
    for span in with_class(body, MARK):
        remove(owners[span], span)
    return text_of(body)


def lost(wanted: list[str], text: str) -> list[str]:
    """What is not in a text; letters from right to left may stand there as they are drawn."""
    squeezed = _letters(text)
    return [
        word
        for phrase in wanted
        for word in map(_letters, phrase.split())
        if word not in squeezed and word[::-1] not in squeezed
    ]


def _letters(text: str) -> str:
    """A text without what stands between its words, or at the ends of lines."""
    return "".join(letter for letter in squeeze(text) if letter not in ",.-")


def outside(data: bytes) -> list[str]:
    """The letters that lie on no page, or not wholly."""
    found = []
    for page in pypdfium2.PdfDocument(io.BytesIO(data)):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if left < 0 or bottom < 0 or right > width or top > height:
                found.append(text.get_text_range(index, 1))
    return found


@pytest.mark.parametrize("is_fillable", [False, True], ids=["pen", "screen"])
@pytest.mark.parametrize(
    ("shape", "per_sheet"), [*((shape, 1) for shape in SHAPES), ("pages", 2), ("planner", 2)]
)
def test_nothing_is_lost(
    hard: Planned, shape: ShapeName, per_sheet: int, is_fillable: bool
) -> None:
    """Long and many tasks, words without an end, code, far letters: all is on the sheets."""
    table = hard.book.config.checklists
    options = replace(table, per_sheet=2 if per_sheet == 2 else 1, fillable=is_fillable)
    edition = replace(hard.edition({}), options=options)
    with open_press(hard) as press:
        laid = lay_checklists(shape, edition, press)
        sheets = Facts(b"".join(write_checklists(edition, laid.value, press)))
        pages = b"".join(write_checklists(edition, replace(laid.value, sides=()), press))
    titles = [each.title for each in hard.book.chapters]
    wanted = [] if shape == "poster" else [words_of_task(item) for item in tasks_of(hard.book)]
    boxes = sheets.structure.text.count("/task/")
    ids = [item.id for item in tasks_of(hard.book)]

    assert laid.findings == ()
    assert lost([*titles, *wanted], sheets.structure.text) == []
    assert lost([*titles, *wanted], " ".join(Facts(pages).texts)) == []
    assert outside(pages) == []
    assert boxes == (len(ids) if is_fillable else 0)


@pytest.mark.parametrize(("language", "is_right"), [("en", False), ("he", True)])
def test_boxes_stand_where_the_lines_begin(
    write_book: WriteBook, language: str, is_right: bool
) -> None:
    """At the right of books that are read from there."""
    toml = f'title = "A Book"\nlanguage = "{language}"\n'
    form = press_form(write_book({"book.toml": toml, "1.md": "# One\n\n- [ ] Do.\n"}), "pages")
    (box,) = (each for name, each in widgets_of(form).items() if "/task/" in name)

    assert (box.rectangle[0] > size_of("a4").width / 2) == is_right


def test_cards_that_go_on_name_their_chapter(write_book: WriteBook) -> None:
    """In large print as well, where there is room for "Chapter 1" beside the number alone."""
    tasks = "".join(f"- [ ] Task {number}.\n" for number in range(1, 40))
    planned = plan(write_book({"1.md": f"# One\n\n{tasks}"}))
    options = replace(planned.book.config.checklists, large_print=True)
    with open_press(planned) as press:
        laid = lay_checklists("cards", replace(planned.edition({}), options=options), press)
        edition = replace(planned.edition({}), options=options)
        pages = b"".join(write_checklists(edition, replace(laid.value, sides=()), press))
    second = pypdfium2.PdfDocument(io.BytesIO(pages))[1].get_textpage().get_text_range()

    assert "Chapter 1" in second
    assert "2/" in second


@pytest.mark.parametrize("large_print", [False, True])
def test_long_list_begins_below_its_title(write_book: WriteBook, large_print: bool) -> None:
    """And not on the next page, where it does not fit on one anyway."""
    tasks = "".join(f"- [ ] Task {number}.\n" for number in range(1, 30))
    planned = plan(write_book({"1.md": f"# One\n\n{tasks}"}))
    options = replace(planned.book.config.checklists, paper="a5", large_print=large_print)
    edition = replace(planned.edition({}), options=options)
    with open_press(planned) as press:
        laid = lay_checklists("pages", edition, press)
        pages = b"".join(write_checklists(edition, laid.value, press))
    third = pypdfium2.PdfDocument(io.BytesIO(pages))[2].get_textpage().get_text_range()

    assert "One" in third
    assert "Task 1." in third


def test_tracker_is_whole_on_small_paper(write_book: WriteBook) -> None:
    """What has no room in its two columns goes on on the next page."""
    title = "A title of so many words that it takes three lines of a column"
    names = {f"{part}{number}": part for part in "abc" for number in range(6)}
    parts = {f"{part}.md": f"---\nrole: part\n---\n# Part {part}\n" for part in "abc"}
    chapters = {f"{name}.md": f"# {title} {name}\n\n- [ ] Do.\n" for name in names}
    toml = 'title = "A Book"\n[checklists]\npaper = "a5"\n'
    form = press_form(write_book({"book.toml": toml, **parts, **chapters}), "pages")
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(form)]
    first = next(number for number, text in enumerate(texts) if "Tracker" in text)
    tracker = squeeze(" ".join(text for text in texts[first:] if "Do." not in text))

    assert [name for name in names if f"column{name}" not in tracker] == []


@pytest.mark.parametrize("large_print", [False, True])
def test_poster_is_as_large_as_fits(write_book: WriteBook, large_print: bool) -> None:
    """In large print it does not stay at 18 points where there is room for more."""
    toml = f'title = "A Book"\n[checklists]\nlarge_print = {str(large_print).lower()}\n'
    form = press_form(write_book({"book.toml": toml, "1.md": "# One\n\n- [ ] Do.\n"}), "poster")
    (box,) = (each for name, each in widgets_of(form).items() if "/task/" in name)
    _, bottom, _, top = box.rectangle

    assert top - bottom > 30


@pytest.mark.parametrize(("large_print", "name"), [(False, "Chapter 1, One"), (True, "Chapter 1")])
def test_pages_that_go_on_name_their_chapter(
    write_book: WriteBook, large_print: bool, name: str
) -> None:
    """At the foot, and have lines for notes where the list ends, as the only page of one has."""
    tasks = "".join(f"- [ ] Task {number}.\n" for number in range(1, 30))
    planned = plan(write_book({"1.md": f"# One\n\n{tasks}"}))
    options = replace(planned.book.config.checklists, paper="a5", large_print=large_print)
    edition = replace(planned.edition({}), options=options)
    with open_press(planned) as press:
        laid = lay_checklists("pages", edition, press)
        pages = b"".join(write_checklists(edition, laid.value, press))
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pages)]

    assert name not in texts[2]
    assert all(name in text for text in texts[3:])
    assert "Notes" in texts[-1]


@pytest.mark.parametrize("shape", ["cards", "fold"])
def test_scales_are_round_on_small_pages(write_book: WriteBook, shape: ShapeName) -> None:
    """Ten numbers have room for a ring each."""
    task = '# One\n\n- [ ] Rate it. {scale="low 1-10 high"}\n'
    form = press_form(write_book({"1.md": task}), shape)
    rings = [each.rectangle for name, each in widgets_of(form).items() if "/scale/" in name]

    assert len(rings) == 10
    assert all(right - left > 12 for left, _, right, _ in rings)


@pytest.mark.parametrize(("paper", "lines"), [("a4", 14), ("a3", 20)])
def test_notes_take_half_of_large_paper(write_book: WriteBook, paper: str, lines: int) -> None:
    """There are more lines on a page of A3, and on A4 no more than are of use."""
    toml = f'title = "A Book"\n[checklists]\npaper = "{paper}"\n'
    form = press_form(write_book({"book.toml": toml, "1.md": "# One\n\n- [ ] Do.\n"}), "pages")
    (notes,) = (each for name, each in widgets_of(form).items() if "/notes/" in name)
    _, bottom, _, top = notes.rectangle

    assert round((top - bottom) / 72 * 25.4 / 9) == lines


@pytest.mark.parametrize("weeks", [None, 4])
def test_no_set_is_empty(write_book: WriteBook, tmp_path: Path, weeks: int | None) -> None:
    """Of a book without lists there are the sets that have something else on them."""
    shapes: tuple[ShapeName, ...] = ("pages", "cards", "fold", "poster", "planner", "booklet")
    request = Request(
        root=write_book({"1.md": "# One\n\nWords.\n"}),
        out=tmp_path / "out",
        outputs=("checklists",),
        checklists=ChecklistsAsked(shapes=shapes, weeks=weeks),
        jobs=1,
    )
    report = build(request, lambda *_: None)
    made = [each.path.stem.removeprefix("a-book-checklists") for each in report.artifacts]

    assert made == ["", "-poster", "-booklet"]
    assert [each.code for each in report.findings] == ["no-checklists"] * 3
