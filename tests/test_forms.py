"""Fillable checklists: filled in by a reader's hands, they look and say what was done."""

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw

from builder.config import ShapeName
from builder.field_names import book_mark, field_name, name_again, parse_field_name
from builder.filled import read_filled
from builder.render.checklists import SHAPES
from builder.render.form import Form, form_of
from builder.state.compare import state_of
from tests.pdf_filler import Filler, Widget, seen, widgets_of
from tests.pdf_rules import broken_rules, broken_rules_of_forms
from tests.pressed import EVERYTHING, SHIPPED, Shelf, press_form

SENTENCE = "A line that goes on and on, until it has to be broken somewhere. "
BOOK = """\
# One

- [ ] Drink water, *slowly*
    - [x] Wash the glass
- [ ] Walk {#steps}
"""
DPI = 72


@pytest.fixture(scope="module")
def form(shared: Path) -> bytes:
    """The checklists of a small book to fill in."""
    root = shared / "form"
    root.mkdir(exist_ok=True)
    (root / "book.toml").write_text('title = "A Book"\n', encoding="utf-8")
    (root / "one.md").write_text(BOOK, encoding="utf-8")
    return press_form(root, "pages")


def values_of(data: bytes) -> dict[str, str]:
    """What is in each field, by the name without the mark of the book."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields: Any = pdf.Root.AcroForm.Fields
        return {str(each.T).partition("/")[2]: str(each.V) for each in fields}


def widget(form: bytes, name: str) -> Widget:
    """The field whose name ends like this."""
    return next(each for full, each in widgets_of(form).items() if full.endswith(f"/{name}"))


def fill(form: bytes, ticks: tuple[str, ...], texts: Mapping[str, str]) -> bytes:
    """A form filled in and saved."""
    filler = Filler(form)
    for name in ticks:
        filler.tick(widget(form, name).name)
    for name, text in texts.items():
        filler.write(widget(form, name).name, text)
    saved = filler.save()
    filler.close()
    return saved


def ink_in(picture: Image.Image, field: Widget) -> int:
    """How many pixels within a field are dark, at 72 dpi."""
    left, bottom, right, top = field.rectangle
    height = picture.height
    edge = 3 if right - left > 12 else 2
    inner = (
        int(left) + edge,
        int(height - top) + edge,
        int(right) - edge,
        int(height - bottom) - edge,
    )
    return sum(picture.crop(inner).histogram()[:128])


@pytest.mark.parametrize("root", [EVERYTHING, SHIPPED], ids=["everything", "shipped"])
def test_forms_keep_the_rules(shelf: Shelf, root: Path) -> None:
    """Fields are in the form, on the page and in the structure, each with its looks."""
    assert broken_rules(shelf.form(root)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_can_be_filled_in(shelf: Shelf, shape: ShapeName) -> None:
    """Every task has a box, wherever the shape puts it: it is clicked, seen and read."""
    form, book = shelf.form(EVERYTHING, shape), shelf.pressed(EVERYTHING).planned.book
    boxes = {name: each for name, each in widgets_of(form).items() if "/task/" in name}
    tasks = {task.id: task.done for task in state_of(book).tasks}
    chosen = [next(iter(boxes)), list(boxes)[-1]]
    filler = Filler(form)
    for name in chosen:
        filler.tick(name)
    filled = filler.save()
    filler.close()

    assert broken_rules_of_forms(form) == []
    for name in chosen:
        page = boxes[name].page
        before, after = (ink_in(seen(data, page, DPI), boxes[name]) for data in (form, filled))
        assert abs(after - before) > 4
        id_ = parse_field_name(name).id  # type: ignore[union-attr] # one of ours
        tasks[id_] = not tasks[id_]
    read = read_filled(Path("filled.pdf"), filled, (book,))
    assert {task.id: task.done for task in read.state.tasks} == tasks
    assert read.findings == ()


def test_each_task_has_a_box(form: bytes) -> None:
    """Fields are called after what they are for, and ticked as in the manuscript."""
    assert values_of(form) == {
        "chapter/one": "/Off",
        "date/one": "",
        "task/one/task-drink-water-slowly": "/Off",
        "task/one/task-wash-the-glass": "/Yes",
        "task/one/steps": "/Off",
        "notes/one": "",
    }


def test_field_says_the_task(form: bytes) -> None:
    """A screen reader, and whoever points at the box, gets the words of the task."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields: Any = pdf.Root.AcroForm.Fields

        assert [str(each.TU) for each in fields] == [
            "Chapter 1, One",
            "Date, One",
            "Drink water, slowly",
            "Wash the glass",
            "Walk",
            "Notes, One",
        ]


def test_tabulator_goes_as_one_reads(form: bytes) -> None:
    """From field to field, down the page."""
    on_page = [each for each in widgets_of(form).values() if each.page == 2]
    filler = Filler(form)
    order = filler.tab_order(2, len(on_page))
    filler.close()

    assert order == [each.name for each in on_page]
    assert [each.rectangle[3] for each in on_page] == sorted(
        (each.rectangle[3] for each in on_page), reverse=True
    )


def test_names_come_back() -> None:
    """A field's name tells what it is for, whatever the id, however often it is there."""
    mark = book_mark("urn:isbn:9783161484100")
    for id_ in ("one", "one.task-a", "a/b.c%d", "ö.水"):
        name = field_name(mark, "task", id_)
        again = parse_field_name(name_again(name, "2/3"))

        assert "." not in name
        assert again
        assert (again.book, again.kind, again.id) == (mark, "task", id_)


@pytest.mark.parametrize("name", ["", "Text1", "b1/task", "b1/task/", "b1/other/one", "/task/one"])
def test_names_of_others_are_known(name: str) -> None:
    """The fields of other programs are not taken for ours."""
    assert parse_field_name(name) is None


@pytest.mark.parametrize("root", [EVERYTHING, SHIPPED], ids=["everything", "shipped"])
def test_page_looks_as_without_fields(shelf: Shelf, root: Path) -> None:
    """With fields the pages have the same size and the same pixels, but for ticks."""
    form, plain = shelf.form(root), shelf.pressed(root).checklists
    values = values_of(form)
    ticked = [
        each
        for name, each in widgets_of(form).items()
        if values.get(name.partition("/")[2]) == "/Yes"
    ]
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        count = len(pdf.pages)

    for page in range(count):
        one, other = seen(form, page, DPI), seen(plain, page, DPI)
        assert one.size == other.size
        for picture in (one, other):
            draw = ImageDraw.Draw(picture)
            for each in (each for each in ticked if each.page == page):
                left, bottom, right, top = each.rectangle
                box = (left - 6, one.height - top - 9, right + 6, one.height - bottom + 9)
                draw.rectangle(box, fill=255)
        assert ImageChops.difference(one, other).getbbox() is None, f"page {page}"


def test_reader_sees_what_is_filled_in(form: bytes) -> None:
    """A click ticks a box and another one frees it; text is saved as it was typed."""
    notes = "Two lines,\nas “written” – Привет, 你好"
    filled = fill(
        form, ("steps", "task-wash-the-glass"), {"notes/one": notes, "date/one": "24.11."}
    )

    assert values_of(filled) == {
        "chapter/one": "/Off",
        "date/one": "24.11.",
        "task/one/task-drink-water-slowly": "/Off",
        "task/one/task-wash-the-glass": "/Off",
        "task/one/steps": "/Yes",
        "notes/one": notes.replace("\n", "\r\n"),
    }


def test_tick_is_seen(form: bytes) -> None:
    """A ticked box shows ink, one that is not ticked shows none, text shows on its lines."""
    filled = fill(form, ("steps",), {"notes/one": "Some words"})
    before, after = (seen(data, 2, DPI) for data in (form, filled))
    ticked, free = widget(form, "steps"), widget(form, "task-drink-water-slowly")

    assert ink_in(before, ticked) == 0
    assert ink_in(after, ticked) > 15
    assert ink_in(after, free) == 0
    assert ink_in(after, widget(form, "task-wash-the-glass")) > 10
    assert ink_in(before, widget(form, "notes/one")) == 0
    assert ink_in(after, widget(form, "notes/one")) > 30


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_other_readers_see_it(form: bytes, tmp_path: Path) -> None:
    """What one reader saved another shows."""
    path = tmp_path / "filled.pdf"
    path.write_bytes(fill(form, ("steps",), {"notes/one": "Some words"}))
    command = ["pdftoppm", "-gray", "-r", str(DPI), "-f", "3", "-l", "3", str(path)]
    subprocess.run([*command, str(tmp_path / "page")], check=True)
    (made,) = tmp_path.glob("page*.pgm")
    with Image.open(made) as picture:
        assert ink_in(picture, widget(form, "steps")) > 15
        assert ink_in(picture, widget(form, "task-drink-water-slowly")) == 0
        assert ink_in(picture, widget(form, "notes/one")) > 30


def test_much_text_is_set_smaller(form: bytes) -> None:
    """Notes longer than their lines are all seen: readers set them as large as there is room."""
    filled = fill(form, (), {"notes/one": SENTENCE * 60})
    field = widget(form, "notes/one")
    left, bottom, right, _ = field.rectangle
    lowest = Widget(field.name, 2, (left, bottom, right, bottom + 10))

    assert ink_in(seen(filled, 2, DPI), field) > 3000
    assert ink_in(seen(filled, 2, DPI), lowest) == 0


def test_state_stands_in_the_fields(shared: Path, form: bytes) -> None:
    """What was written before stands there again, is seen, and can be told from what is new."""
    long = SENTENCE * 12
    written = {"date/one": "24.11.", "notes/one": f"Ärger\n{long}", "chapter/one": "x"}
    again = press_form(shared / "form", "pages", written=written)
    field = widget(form, "notes/one")

    assert values_of(again) == values_of(form) | written | {"chapter/one": "/Yes"}
    assert broken_rules(again) == []
    assert ink_in(seen(again, 2, DPI), field) > 1500
    assert ink_in(seen(again, 2, DPI), widget(form, "date/one")) > 20
    assert ink_in(seen(again, 1, DPI), widget(form, "chapter/one")) > 15


@pytest.mark.usefixtures("form")
def test_foreign_letters_are_left_to_the_reader(shared: Path) -> None:
    """Letters that the font of the fields does not have are drawn by who shows them."""
    again = press_form(shared / "form", "pages", written={"notes/one": "Привет"})
    with pikepdf.open(io.BytesIO(again)) as pdf:
        fields: Any = pdf.Root.AcroForm.Fields

        assert "/AP" not in fields[-1]
    assert values_of(again)["notes/one"] == "Привет"


def test_no_form_adds_nothing() -> None:
    """What is printed for a pen has no attributes of fields."""
    assert Form().box("task", "one.a", "Do", is_done=True) == {}
    assert Form(written={"notes/one": "a"}).lines("notes", "one", "Notes") == {}
    assert form_of("urn:a", {"notes/one": "a"}).lines("notes", "one", "Notes")["value"] == "a"


def test_same_form_same_bytes(form: bytes, shared: Path) -> None:
    """Made again, the file is the same."""
    assert press_form(shared / "form", "pages") == form
