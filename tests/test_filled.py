"""What readers saved of fillable checklists is read, whatever program they used."""

import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from builder.book import Book
from builder.diagnostics import BuildFailed
from builder.filled import Filled, read_filled
from builder.filled.records import state_csv
from builder.filled.summary import summary_text
from builder.state import state_text
from tests.casebook import build_folder
from tests.pdf_filler import Filler
from tests.pressed import press_form

FILES = {
    "book.toml": 'title = "A Book"\n',
    "one.md": "# One\n\n- [ ] Drink water\n    - [x] Wash the glass\n- [ ] Walk {#steps}\n",
    "two.md": "# Two\n\n- [ ] Sleep\n",
}
WATER, GLASS, STEPS, SLEEP = (
    "one.task-drink-water",
    "one.task-wash-the-glass",
    "one.steps",
    "two.task-sleep",
)
Edit = Callable[[pikepdf.Pdf, dict[str, Any]], None]


def write(root: Path, **changed: str) -> Path:
    """The book, with some of its files otherwise."""
    root.mkdir(exist_ok=True, parents=True)
    for name, text in {**FILES, **{f"{key}.md": text for key, text in changed.items()}}.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def form(shared: Path) -> bytes:
    """The checklists of the book to fill in."""
    return press_form(write(shared / "filled"), "pages")


@pytest.fixture(scope="module")
def book(shared: Path) -> Book:
    """The book itself."""
    return build_folder(write(shared / "filled")).books["print"]


def edited(data: bytes, edit: Edit, **options: Any) -> bytes:
    """The file changed through its objects; fields by what they are for."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields: Any = pdf.Root.AcroForm.Fields
        edit(pdf, {str(each.T).partition("/")[2]: each for each in fields})
        saved = io.BytesIO()
        pdf.save(saved, **options)
        return saved.getvalue()


def read(data: bytes, book: Book) -> Filled:
    """What stands in a file."""
    return read_filled(Path("filled.pdf"), data, (book,))


def done(data: bytes, book: Book) -> set[str]:
    """The ids of the tasks that are done."""
    return {task.id for task in read(data, book).state.tasks if task.done}


def refused(data: bytes, book: Book) -> str:
    """The code with which a file is refused."""
    with pytest.raises(BuildFailed) as failure:
        read(data, book)
    assert failure.value.exit_code == 2
    return failure.value.findings[0].code


def test_as_handed_out(form: bytes, book: Book) -> None:
    """A form that nobody touched says what the manuscript says."""
    filled = read(form, book)

    assert [(task.id, task.done, task.task, task.chapter) for task in filled.state.tasks] == [
        (WATER, False, "Drink water", "one"),
        (GLASS, True, "Wash the glass", "one"),
        (STEPS, False, "Walk", "one"),
        (SLEEP, False, "Sleep", "two"),
    ]
    assert filled.state.book == book.config.urn
    assert filled.state.fields == {}
    assert filled.findings == ()


@pytest.mark.parametrize("flags", [0, 1], ids=["whole", "incremental"])
def test_filled_by_hand(form: bytes, book: Book, flags: int) -> None:
    """What a reader ticks and writes comes out, saved as a whole or behind the file."""
    filler = Filler(form)
    names = {name.partition("/")[2]: name for name in filler.widgets}
    filler.tick(names["task/one/steps"])
    filler.tick(names["task/one/task-wash-the-glass"])
    filler.tick(names["chapter/two"])
    filler.write(names["notes/one"], "Two lines,\nПривет, 你好\n")
    filler.write(names["date/two"], "24 November")
    saved = filler.save(flags)
    filler.close()

    assert done(saved, book) == {STEPS}
    assert read(saved, book).state.fields == {
        "chapter/two": "x",
        "date/two": "24 November",
        "notes/one": "Two lines,\nПривет, 你好",
    }
    assert saved.startswith(form) == bool(flags)


def _by_name(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    fields["task/one/steps"].V = fields["task/one/steps"].AS = Name.Yes


def _by_look_alone(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    fields["task/one/steps"].AS = Name.Yes


def _without_value(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    _by_look_alone(_pdf, fields)
    del fields["task/one/steps"].V


def _by_value_alone(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    fields["task/one/steps"].V = Name.Yes


def _by_text(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    fields["task/one/steps"].V = String("Yes")
    fields["task/one/steps"].AS = Name.Yes


def _by_another_state(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    """Some readers draw their own looks, and call them as they like."""
    field = fields["task/one/steps"]
    field.AP.N = Dictionary(On=field.AP.N.Yes, Off=field.AP.N.Off)
    field.V = field.AS = Name.On


def _with_kid(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    """Others part the field from the place where it is seen."""
    field = fields["task/one/steps"]
    looks = Dictionary(AS=Name.Yes, Subtype=Name.Widget, Parent=field, Rect=field.Rect)
    field.Kids = Array([pdf.make_indirect(looks)])
    field.V = Name.Yes
    del field.AS


def _below_another(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    """Where two files were joined, fields may come to stand below one, and inherit from it."""
    field = fields["task/one/steps"]
    _by_name(pdf, fields)
    above = pdf.make_indirect(Dictionary(Kids=Array([field]), FT=field.FT))
    del field.FT
    field.Parent = above
    others = [each for each in fields.values() if each.objgen != field.objgen]
    pdf.Root.AcroForm.Fields = Array([above, *others])


def _lost_by_form(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    """Where pages were taken out or joined, the form may name no fields."""
    _by_name(pdf, fields)
    pdf.Root.AcroForm.Fields = Array([])


def _form_taken_away(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    _by_name(pdf, fields)
    del pdf.Root.AcroForm


def _with_flags_that_are_none(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    """Of a box, no flag says anything: what stands there may be anything."""
    _by_name(pdf, fields)
    fields["task/one/steps"].Ff = String("none")


def _going_round(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
    """A field that stands below itself ends nothing."""
    _by_name(pdf, fields)
    field = fields["notes/two"]
    field.Kids = Array([field])
    field.Parent = field


@pytest.mark.parametrize(
    "edit",
    [
        _by_name,
        _by_look_alone,
        _without_value,
        _by_value_alone,
        _by_text,
        _by_another_state,
        _with_kid,
        _below_another,
        _lost_by_form,
        _form_taken_away,
        _with_flags_that_are_none,
        _going_round,
    ],
    ids=lambda edit: edit.__name__.strip("_"),
)
@pytest.mark.parametrize("streams", ["generate", "disable"])
@pytest.mark.filterwarnings("ignore:This document has .* form widget")
def test_readers_save_in_many_ways(form: bytes, book: Book, edit: Edit, streams: str) -> None:
    """A tick is a tick however it is written, in object streams and out of them."""
    mode = getattr(pikepdf.ObjectStreamMode, streams)
    saved = edited(form, edit, object_stream_mode=mode)

    assert done(saved, book) == {GLASS, STEPS}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"\xfe\xff\x04\x1f\x04\x40\x00\r\x4f\x60", "Пр\n你"),
        (b"\xef\xbb\xbf\xc3\x84rger", "Ärger"),
        (b"\xc4rger \x8d\x8e", "Ärger “”"),
        (b"One\r\nTwo  \r\r", "One\nTwo"),
        (b"\xfe\xff\xd8\x00", None),
        (b"", ""),
    ],
)
def test_notes_in_any_encoding(form: bytes, book: Book, value: bytes, text: str | None) -> None:
    """UTF-16, UTF-8, PDFDocEncoding, and what is neither; in a string or a stream."""
    for make in (String, None):

        def edit(
            pdf: pikepdf.Pdf, fields: dict[str, Any], make: type[String] | None = make
        ) -> None:
            fields["notes/one"].V = make(value) if make else pdf.make_stream(value)

        found = read(edited(form, edit), book).state.fields.get("notes/one", "")

        assert text is None or found == text


def test_twice_on_the_page(form: bytes, book: Book) -> None:
    """Where a task stands on two pages, one of its boxes is enough to tick or to free it."""

    def edit(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
        for name, state in (
            ("task/one/steps", Name.Yes),
            ("task/one/task-wash-the-glass", Name.Off),
        ):
            first = fields[name]
            again = pdf.make_indirect(Dictionary(first))
            again.T = String(f"{first.T} 2")
            again.V = again.AS = state
            pdf.Root.AcroForm.Fields.append(again)

    assert done(edited(form, edit), book) == {STEPS}


def test_notes_in_two_places(form: bytes, book: Book) -> None:
    """Where there are two places for the same notes, what stands in both counts, once."""

    def edit(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
        first = fields["notes/one"]
        first.V = String("One")
        for number, text in enumerate(("", "Two", "One")):
            again = pdf.make_indirect(Dictionary(first))
            again.T, again.V = String(f"{first.T} 1/2 panel {number}"), String(text)
            pdf.Root.AcroForm.Fields.append(again)

    assert read(edited(form, edit), book).state.fields == {"notes/one": "One\nTwo"}


def test_another_book_is_refused(form: bytes, shared: Path) -> None:
    """The fields of a book with another identifier say nothing of this one."""
    root = write(shared / "other-filled")
    (root / "book.toml").write_text('title = "Another Book"\n', encoding="utf-8")
    other = build_folder(root).books["print"]

    assert refused(form, other) == "other-book"


def test_no_form_is_refused(form: bytes, book: Book) -> None:
    """A file that was flattened has no fields, and one of another program has none of ours."""

    def flatten(pdf: pikepdf.Pdf, _fields: dict[str, Any]) -> None:
        pdf.flatten_annotations("all")

    def rename(_pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
        for number, field in enumerate(fields.values()):
            field.T = String(f"Text{number}")

    assert refused(edited(form, flatten), book) == "no-fields"
    assert refused(edited(form, rename), book) == "no-fields"


def test_unreadable_is_refused(form: bytes, book: Book) -> None:
    """What is no PDF, only the beginning of one, or locked is said to be so."""
    locked = pikepdf.Encryption(owner="a", user="b")

    assert refused(b"", book) == "damaged-pdf"
    assert refused(b"<html>", book) == "damaged-pdf"
    assert refused(form[: len(form) // 3], book) in ("damaged-pdf", "no-fields")
    assert refused(edited(form, _by_name, encryption=locked), book) == "encrypted-pdf"


def test_locked_without_a_password(form: bytes, book: Book) -> None:
    """A file that anybody may open is read."""
    locked = pikepdf.Encryption(owner="a", user="")

    assert done(edited(form, _by_name, encryption=locked), book) == {GLASS, STEPS}


def test_repaired_file_is_named(form: bytes, book: Book) -> None:
    """What could be read of a damaged file is told, and that there may have been more."""
    damaged = form.replace(b"startxref", b"startxxxx")

    assert len(read(damaged, book).state.tasks) == 4
    assert [finding.code for finding in read(damaged, book).findings] == ["damaged-pdf"]


def test_damage_is_survived(form: bytes, book: Book) -> None:
    """Wherever a byte has changed, the file is read or refused."""
    for place in range(0, len(form), max(1, len(form) // 150)):
        data = bytearray(form)
        data[place] ^= 0x15
        with suppress(BuildFailed):
            assert read(bytes(data), book).state.book == book.config.urn


def test_book_that_went_on(form: bytes, shared: Path) -> None:
    """Tasks that have gone and new ones are named; one that moved is the same."""
    root = write(
        shared / "later",
        one="# One\n\n- [ ] Drink tea\n- [ ] Walk {#steps}\n",
        two="# Two\n\n- [ ] Sleep\n- [ ] Drink water\n",
    )
    later = build_folder(root).books["print"]
    filled = read(edited(form, _by_name), later)

    assert {task.id: task.done for task in filled.state.tasks} == {
        STEPS: True,
        SLEEP: False,
        "two.task-drink-water": False,
        GLASS: True,
    }
    assert [finding.code for finding in filled.findings] == ["unknown-task", "new-task"]
    assert "Wash the glass" in filled.findings[0].message
    assert "Drink tea" in filled.findings[1].message


def test_part_of_a_book(shared: Path, book: Book) -> None:
    """A form of one chapter says nothing of the others, and they are not new."""
    form = press_form(shared / "filled", "pages", only=("two",))
    filled = read(form, book)

    assert [task.id for task in filled.state.tasks] == [SLEEP]
    assert filled.findings == ()


def test_records(form: bytes, book: Book) -> None:
    """As JSON a state, as CSV a table, for people bars."""

    def edit(pdf: pikepdf.Pdf, fields: dict[str, Any]) -> None:
        _by_name(pdf, fields)
        fields["notes/one"].V = String('=1+1, "x"\rmore')
        fields["date/one"].V = String("24.11.")

    state = read(edited(form, edit), book).state

    assert json.loads(state_text(state))["tasks"][2] == {
        "id": STEPS,
        "chapter": "one",
        "task": "Walk",
        "done": True,
        "notes": "",
    }
    assert state_csv(state).split("\r\n") == [
        "id,chapter,task,done,notes",
        f"{WATER},one,Drink water,false,",
        f"{GLASS},one,Wash the glass,true,",
        f"{STEPS},one,Walk,true,",
        f"{SLEEP},two,Sleep,false,",
        "date/one,one,,,24.11.",
        'notes/one,one,,,"\'=1+1, ""x""\nmore"',
        "",
    ]
    assert summary_text(state, book, 80).splitlines() == [
        "Chapter 1, One [#############-------] 2 of 3 24.11., notes",
        "Chapter 2, Two [--------------------] 0 of 1",
        "in all         [##########----------] 2 of 4",
    ]


def test_long_titles_are_cut(form: bytes, shared: Path) -> None:
    """A narrow terminal shows the bars in any case, one below the other."""
    root = write(shared / "long", one=FILES["one.md"].replace("# One", "# One of many, and long"))
    book = build_folder(root).books["print"]
    lines = summary_text(read(form, book).state, book, 50).splitlines()

    assert lines[0] == "Chapter 1, One of... [######--------------] 1 of 3"
    assert len({line.index("[") for line in lines}) == 1
