"""Exercises in the printed set: behind the lists, to be filled in, and read again."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from builder.book import Book
from builder.diagnostics import BuildFailed
from builder.filled import read_filled
from builder.filled.summary import summary_text
from builder.render.checklists.picking import pick_chapters
from tests.casebook import build_folder
from tests.conftest import WriteBook
from tests.pdf_filler import Filler, Widget, seen, widgets_of
from tests.pdf_rules import broken_rules_of_forms
from tests.pressed import Pressed, press_book, press_form

BOOK = """\
# One

/// exercise | Try *this* {lines=2 scale="low 1-3 high"}
Write.

Two boxes. {boxes=2}
///

/// exercise {days=2}
- Walk
- Sleep {.leader}
- Rest
///

/// exercise | Plan {rows=2 #plan}
| When | What |
|------|------|
| Monday | |
///

- [ ] Drink water {scale="1-2"}
    - [ ] Walk {#walk days=2 lines=1}
"""
NO_LIST = "# Two\n\n/// exercise | Try this {grid=2 days=1}\nDraw.\n///\n"
CONFIG = 'title = "A Book"\n[checklists]\nexercises = true\n'


@pytest.fixture(scope="module")
def root(shared: Path) -> Path:
    """A book with exercises, in a chapter without a list too."""
    folder = shared / "exercises"
    folder.mkdir(exist_ok=True)
    for name, text in {"book.toml": CONFIG, "one.md": BOOK, "two.md": NO_LIST}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def form(root: Path, pressed: Pressed) -> bytes:
    """The set to fill in."""
    return press_form(root, "pages", folios=pressed.book.settled.folios)


@pytest.fixture(scope="module")
def pressed(root: Path) -> Pressed:
    """The set for a pen."""
    return press_book(root)


@pytest.fixture(scope="module")
def book(root: Path) -> Book:
    """The book itself."""
    return build_folder(root).books["print"]


def _answers(form: bytes) -> dict[str, str]:
    """What each field for an answer says of itself, by the name behind the kind."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = [(str(each.T).split("/", 2), str(each.TU)) for each in pdf.Root.AcroForm.Fields]
    return {name[2]: title for name, title in fields if name[1] == "answer"}


def test_every_blank_has_a_field(form: bytes) -> None:
    """Called after the exercise and what it is for, in the order of reading."""
    assert _answers(form) == {
        "one/task-drink-water/scale": "Drink water",
        "one/walk/days/1": "Walk, day 1",
        "one/walk/days/2": "Walk, day 2",
        "one/walk/lines": "Walk, Lines to write on",
        "one/try-this/box": "Try this, Box to draw or write in",
        "one/try-this/box-2": "Try this, Box to draw or write in 2",
        "one/try-this/scale": "Try this, low \u2013 high",
        "one/try-this/lines": "Try this, Lines to write on",
        "one/exercise/walk/1": "Walk, day 1",
        "one/exercise/walk/2": "Walk, day 2",
        "one/exercise/rest/1": "Rest, day 1",
        "one/exercise/rest/2": "Rest, day 2",
        "one/plan/table/1/2": "Plan, What, Monday",
        "one/plan/table/2/1": "Plan, When, 2",
        "one/plan/table/2/2": "Plan, What, 2",
        "two/try-this/days/1": "Try this, day 1",
        "two/try-this/area": "Try this, Area to draw or write in",
    }
    assert list(_answers(form))[-1] == "two/try-this/area"
    assert broken_rules_of_forms(form) == []


def test_pages_look_the_same(form: bytes, pressed: Pressed) -> None:
    """With fields and without them."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        count = len(pdf.pages)

    for page in range(count):
        one, other = seen(form, page, 72), seen(pressed.checklists, page, 72)
        assert one.size == other.size
        assert ImageChops.difference(one, other).getbbox() is None, f"page {page}"


def test_answers_are_read(form: bytes, book: Book, root: Path) -> None:
    """Ticks and texts come out, and stand there again when the set is printed anew."""
    filler = Filler(form)
    names = {name.partition("/answer/")[2]: name for name in filler.widgets}
    for name in ("one/try-this/scale/3", "one/try-this/scale/2", "one/exercise/walk/2"):
        filler.tick(names[name])
    filler.write(names["one/try-this/lines"], "Some words")
    filler.write(names["one/plan/table/1/2"], "Swim")
    saved = filler.save()
    filler.close()
    state = read_filled(Path("filled.pdf"), saved, (book,)).state

    assert state.fields == {
        "answer/one.exercise.walk.2": "x",
        "answer/one.plan.table.1.2": "Swim",
        "answer/one.try-this.lines": "Some words",
        "answer/one.try-this.scale": "2",
    }
    assert summary_text(state, book, 80).splitlines()[0].endswith("0 of 2 exercises")
    again = press_form(root, "pages", written=state.fields)
    assert read_filled(Path("again.pdf"), again, (book,)).state == state


def test_one_point_of_a_scale_is_chosen(form: bytes, book: Book) -> None:
    """Its ring is seen, and that of the point before has gone."""
    filler = Filler(form)
    points = {name[-1]: name for name in filler.widgets if "/try-this/scale/" in name}
    filler.tick(points["1"])
    filler.tick(points["3"])
    chosen = filler.save()
    filler.close()
    shown = {number: filler.widgets[name] for number, name in points.items()}
    inks = [
        {number: _ink(data, widget) for number, widget in shown.items()} for data in (form, chosen)
    ]

    assert inks[1]["3"] > 1.3 * inks[0]["3"]
    assert inks[1]["1"] == inks[0]["1"]
    assert _fields(chosen, book) == {"answer/one.try-this.scale": "3"}


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [("/3", "/Off", "3"), ("/Off", "/3", "3"), ("/Off", "/Off", ""), ("/2", "/Off", "")],
    ids=["value alone", "looks alone", "freed", "looks freed"],
)
def test_scale_is_read_as_any_reader_saves_it(
    root: Path, book: Book, value: str, shown: str, read: str
) -> None:
    """Where a reader writes the value alone, or what is seen alone, that counts."""
    written = {"answer/one.try-this.scale": "2"}
    with pikepdf.open(io.BytesIO(press_form(root, "pages", written=written))) as pdf:
        fields = [each for each in pdf.Root.AcroForm.Fields if "/try-this/scale" in str(each.T)]
        fields[0].V = pikepdf.Name(value)
        for kid in fields[0].Kids:
            kid.AS = pikepdf.Name(shown if shown in kid.AP.N else "/Off")
        pdf.save(saved := io.BytesIO())

    assert _fields(saved.getvalue(), book).get("answer/one.try-this.scale", "") == read


def test_blanks_of_tasks_have_fields(form: bytes, book: Book) -> None:
    """A scale, days and lines that stand in a task of a list, called after the task."""
    task = "one.task-drink-water"
    filler = Filler(form)
    names = {name.partition("/answer/")[2]: name for name in filler.widgets}
    filler.tick(names[f"{task.replace('.', '/')}/scale/2"])
    filler.tick(names["one/walk/days/1"])
    filler.write(names["one/walk/lines"], "Far")
    saved = filler.save()
    filler.close()

    assert _fields(saved, book) == {
        f"answer/{task}.scale": "2",
        "answer/one.walk.days.1": "x",
        "answer/one.walk.lines": "Far",
    }


def _fields(data: bytes, book: Book) -> dict[str, str]:
    return dict(read_filled(Path("filled.pdf"), data, (book,)).state.fields)


def _ink(data: bytes, widget: Widget) -> int:
    """How dark a page is where a widget stands."""
    picture = seen(data, widget.page, 144)
    left, bottom, right, top = (round(side * 2) for side in widget.rectangle)
    area = picture.crop((left, picture.height - top, right, picture.height - bottom))
    return sum((255 - level) * count for level, count in enumerate(area.histogram()))


def test_a_tick_is_as_wide_as_high(form: bytes) -> None:
    """Also where its box is not."""
    ticks = [each for name, each in widgets_of(form).items() if "/exercise/" in name]
    sides = [each.rectangle for each in ticks]

    assert all(
        right - left == pytest.approx(top - bottom, abs=0.1) for left, bottom, right, top in sides
    )


def test_chapter_with_exercises_alone_can_be_picked(root: Path, book: Book) -> None:
    """Where exercises are printed; else it is said that there is no list in it."""
    form = press_form(root, "pages", only=("Two",))

    assert list(_answers(form)) == ["two/try-this/days/1", "two/try-this/area"]
    with pytest.raises(BuildFailed) as failed:
        pick_chapters(book, ("two",))
    (finding,) = failed.value.findings
    assert finding.message == 'the chapter "Chapter 2, Two" has no checklist'
    assert "--exercises" in str(finding.hint)


@pytest.mark.parametrize("language", ["en", "he"])
def test_boxes_of_a_last_row_stand_below_others(write_book: WriteBook, language: str) -> None:
    """The first below the first, the second below the second."""
    config = f'language = "{language}"\n{CONFIG}'
    text = "# One\n\n/// exercise | Draw {boxes=5}\nDraw.\n///\n\n- [ ] Do.\n"
    form = press_form(write_book({"book.toml": config, "one.md": text}), "pages")
    boxes = [each.rectangle for name, each in widgets_of(form).items() if "/box" in name]
    lefts = [round(left) for left, *_ in boxes]
    inner = sorted(lefts[:3], reverse=language == "he")

    assert lefts == [*inner, *inner[:2]]
    assert len({*inner}) == 3
    assert max(right for *_, right, _ in boxes) - min(lefts) > 400
