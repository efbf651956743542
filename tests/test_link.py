"""Binding: whatever is bound, the file keeps the rules of ISO 32000-1."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from shutil import which
from subprocess import run

import pikepdf
import pytest

from builder.render.pdf.leaf import Leaf, furniture_stream
from builder.render.pdf.link import link, slot
from builder.render.pdf.outline import Mark
from builder.render.pdf.part import DOCUMENT, Part
from builder.render.pdf.records import read_records, relocate, write_record
from builder.render.pdf.xmp import Description
from tests.conftest import WriteBook
from tests.pdf_facts import Facts
from tests.pdf_rules import broken_rules, cross_references
from tests.pressed import EVERYTHING, SHIPPED, Shelf, press_book
from tests.random_books import random_book

WORDS = Description(
    "A (title) \\ with Übung and 水",
    ("Zoë (ed.)", "B"),
    "A & <B>",
    ("one", "two"),
    "en",
    "tests",
    "tests",
    date(2026, 3, 1),
)
NAMES = ("a", "b(c)", "d\\e", "é", "水", "zz", "A", "~", "über", "ﬁ")


def fake_leaf(chance: Random, name: str, pages: int, objects: int, label: tuple[str, int]) -> Leaf:
    """A part made by hand: on each page one element; beside them objects that say nothing."""
    first = pages + 2
    ids = [f"{name}/{chance.choice(NAMES)}{page}" for page in range(pages)]
    records = b"".join(_records(pages, objects, ids))
    part = Part(
        tuple(first + 3 * page for page in range(pages)),
        tuple(first + 3 * page + 2 for page in range(pages)),
        tuple((each, first + 3 * page + 2) for page, each in enumerate(ids)),
        (),
        first + 3 * pages + objects,
    )
    marks = [
        Mark(chance.randint(1, 4), chance.choice(NAMES), page, 1.5, 99.25, chance.random() < 0.7)
        for page in range(pages)
        for _ in range(chance.randint(0, 2))
    ]
    anchors = [
        (f"{chance.choice(NAMES)}{chance.randint(0, 40)}", page, 10.0, 0.1 + page)
        for page in range(pages)
        for _ in range(chance.randint(0, 3))
    ]
    contents = (chance.choice((b"", b"0 0 5 5 re f", b"%x\n" * 200)) for _ in range(pages))
    furniture = tuple(map(furniture_stream, contents))
    return Leaf(name, part, lambda: records, {}, furniture, tuple(anchors), tuple(marks), label)


def _records(pages: int, objects: int, ids: list[str]) -> Iterator[bytes]:
    first = pages + 2
    numbers = [first + 3 * page for page in range(pages)]
    kids = b" ".join(b"\0R%d\0" % number for number in numbers)
    yield write_record(pages, b"<</Type/Pages/Parent 2 0 R/Count %d/Kids[%s]>>" % (pages, kids))
    owners = b" ".join(
        b"\0N%d\0 [\0R%d\0]" % (page, number + 2) for page, number in enumerate(numbers)
    )
    yield write_record(pages + 1, b"<</Limits[\0N0\0 \0N%d\0]/Nums[%s]>>" % (pages - 1, owners))
    for page, number in enumerate(numbers):
        yield write_record(
            number,
            b"<</Type/Page/Parent \0R%d\0/MediaBox[0 0 100 100]/Tabs/S/Resources<<>>"
            b"/Contents[\0R%d\0 \0R%d\0]/StructParents \0N%d\0>>" % (pages, number + 1, page, page),
        )
        content = b"/P<</MCID 0>>BDC\nEMC\n"
        yield write_record(number + 1, b"<</Length %d>>" % len(content), content)
        written = ids[page].encode("utf-16-be").hex().encode()
        yield write_record(
            number + 2,
            b"<</Type/StructElem/S/P/P %d 0 R/K[0]/Pg \0R%d\0/ID<feff%s>>>"
            % (DOCUMENT, number, written),
        )
    for extra in range(objects):
        yield write_record(first + 3 * pages + extra, b"<</Page \0R%d\0>>" % first)


def bound(leaves: list[Leaf], keep: Callable[[str, Callable[[], bytes]], bytes]) -> bytes:
    """The leaves as a file."""
    return b"".join(link(leaves, (), WORDS, keep))


def make_now(_name: str, make: Callable[[], bytes]) -> bytes:
    """No cache."""
    return make()


def made_up(seed: int) -> list[Leaf]:
    """Parts of all sizes; some have more objects than one object stream takes."""
    chance = Random(seed)
    leaves, number = [], 1
    for part in range(chance.randint(1, 9)):
        pages = chance.choice((1, 2, 3, 40))
        style = "r" if part < 2 else "D"
        number = 1 if part == 2 else number
        objects = chance.choice((0, 1, 399, 400, 401, 1300))
        leaves.append(fake_leaf(chance, f"part-{part}", pages, objects, (style, number)))
        number += pages
    return leaves


@pytest.mark.parametrize("seed", range(12))
def test_parts_of_all_sizes_bind_by_the_rules(seed: int) -> None:
    """Made-up parts, with names and bookmarks of every kind, make a sound file."""
    assert broken_rules(bound(made_up(seed), make_now)) == []


@pytest.mark.parametrize("seed", range(4))
def test_parts_keep_their_pages_in_order(seed: int) -> None:
    """Page labels count through all parts, and all places lie on pages of their own part."""
    leaves = made_up(seed)
    facts = Facts(bound(leaves, make_now))
    starts = [sum(len(leaf.part.pages) for leaf in leaves[:index]) for index in range(len(leaves))]
    expected: dict[str, int] = {}
    for start, leaf in zip(starts, leaves, strict=True):
        for name, page, *_ in leaf.anchors:
            expected.setdefault(name, start + page)

    assert {name: place[0] for name, place in facts.destinations.items()} == expected
    arabic = [label for label in facts.labels if label.isdecimal()]
    assert arabic == [str(number) for number in range(1, len(arabic) + 1)]


@pytest.mark.parametrize("seed", range(4))
def test_outline_is_told_by_levels(seed: int) -> None:
    """Each bookmark lies below the nearest one before it with a lower level."""
    leaves = made_up(seed)
    marks = [mark for leaf in leaves for mark in leaf.marks]
    depths: list[int] = []
    path: list[int] = []
    for mark in marks:
        path = [level for level in path if level < mark.level]
        depths.append(len(path))
        path.append(mark.level)
    found = Facts(bound(leaves, make_now)).outline

    assert [(mark.depth, mark.title) for mark in found] == [
        (depth, mark.title) for depth, mark in zip(depths, marks, strict=True)
    ]


def test_kept_parts_are_bound_as_new_ones() -> None:
    """A part that was moved before is taken from the cache, and the file is the same."""
    kept: dict[str, bytes] = {}
    asked: list[str] = []

    def keep(name: str, make: Callable[[], bytes]) -> bytes:
        asked.append(name)
        if name not in kept:
            kept[name] = make()
        return kept[name]

    leaves = made_up(1)

    assert bound(leaves, keep) == bound(leaves, keep) == bound(leaves, make_now)
    assert len(kept) == len(leaves) == len(set(asked))


def test_part_has_room_to_grow() -> None:
    """An object more seldom moves the parts behind, and there is always room for all."""
    counts = range(100, 20_000)
    moving = [count for count in counts if slot(count) != slot(count + 1)]

    assert all(slot(count) > count + count // 400 + 1 for count in counts)
    assert len(moving) < len(counts) / 60


def test_metadata_says_what_the_book_is() -> None:
    """Title, authors and date come back as they were given, in both places."""
    pdf = pikepdf.open(io.BytesIO(bound(made_up(0), make_now)))

    assert str(pdf.docinfo["/Title"]) == WORDS.title
    assert str(pdf.docinfo["/Author"]) == "Zoë (ed.), B"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260301"
    with pdf.open_metadata() as packet:
        assert packet["dc:title"] == WORDS.title
        assert packet["dc:creator"] == list(WORDS.authors)
        assert packet["pdfuaid:part"] == "1"


def test_records_come_back() -> None:
    """What is written as a record is read as it was."""
    written = [(1, b"<<>>", None), (7, b"<</A 1>>", b""), (9, b"", b"\0\xff")]
    records = b"".join(write_record(*each) for each in written)

    assert list(read_records(records)) == written


def test_relocation_touches_marks_alone() -> None:
    """References and keys move by the base; strings and numbers stay."""
    moved = relocate(b"<</A \0R3\0/B \0N0\0/C 3 0 R/D(3 0 R)>>", 100)

    assert moved == b"<</A 103 0 R/B 100/C 3 0 R/D(3 0 R)>>"


@pytest.mark.parametrize("kind", ["pdf", "checklists"])
@pytest.mark.parametrize("root", [EVERYTHING, SHIPPED], ids=["everything", "shipped"])
def test_real_books_bind_by_the_rules(shelf: Shelf, root: Path, kind: str) -> None:
    """The files that are built from the repository's books are sound."""
    assert broken_rules(shelf.facts(root, kind).data) == []


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_random_books_bind_by_the_rules(write_book: WriteBook, seed: int) -> None:
    """Small books made up from a seed come out sound."""
    pressed = press_book(write_book(random_book(seed)))

    assert broken_rules(pressed.pdf) == []
    assert broken_rules(pressed.checklists) == []


@pytest.mark.skipif(which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("root", [EVERYTHING, SHIPPED], ids=["everything", "shipped"])
def test_qpdf_finds_nothing(shelf: Shelf, root: Path, tmp_path: Path) -> None:
    """An outside tool reads the file without a word of complaint."""
    path = tmp_path / "book.pdf"
    path.write_bytes(shelf.facts(root).data)
    checked = run(["qpdf", "--check", path], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_damage_is_noticed() -> None:
    """The rules of these tests do find what is broken."""
    data = bound(made_up(3), make_now)
    number = next(each for each, entry in cross_references(data).items() if entry[0] == 1)
    renumbered = re.sub(rb"\n%d 0 obj" % number, rb"\n%d 0 obj" % (number + 1), data, count=1)

    assert broken_rules(renumbered) != []
