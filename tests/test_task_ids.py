"""The ids of tasks stay: whatever is added, moved, marked or renumbered around them."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.book import ChapterFile, FrontMatter, Item, flat
from builder.parse.chapter import draft_chapter
from builder.parse.survey import survey_chapter
from builder.read.roles import id_of
from builder.source import Source
from builder.words import words_of
from tests.casebook import build_folder, converter_of
from tests.conftest import WriteBook

_PHRASES = (
    "Fill the jar",
    "Fill the jar 2",
    "Fill the jar.",
    "Fill the *jar*!",
    "Carry it home along the river, past the mill and over the bridge",
    "Carry it home along the river, past the mill and over the hill",
    "水を飲む",
    "!!!",
    "List",
    "Ask `Sam`",
)
_NEW = (
    "Sing",
    "Dance 2",
    "Carry it home along the river, past the mill and over it",
    "猫",
    "A list",
)
_MARKS = ("", " @week 2", " (~20 min)", ". @day 3 (~2 h)")
SEEDS = range(30)


@dataclass(frozen=True, slots=True)
class _Line:
    """A task as it is written: its words, how deep it is nested, its marks."""

    words: str
    depth: int = 0
    marks: str = ""


def _items(text: str) -> tuple[Item, ...]:
    file = ChapterFile(Source("a.md", text), FrontMatter(), "chapter", "chapter", "a", 0)
    draft = draft_chapter(file, converter_of("en"))
    chapter = survey_chapter(draft.value, "print", words_of("en")).value
    return tuple(item for each in chapter.checklists for item in flat(each.items))


def _ids(lines: Iterable[_Line], head: str = "# A\n\n") -> list[str]:
    text = "\n".join(f"{'    ' * each.depth}- [ ] {each.words}{each.marks}" for each in lines)
    return [item.id for item in _items(f"{head}{text}\n")]


def _lines(chance: random.Random, phrases: Iterable[str], repeats: int = 1) -> list[_Line]:
    made: list[_Line] = []
    pool = [*phrases] * repeats
    chance.shuffle(pool)
    for words in pool:
        deepest = made[-1].depth + 1 if made else 0
        made.append(_Line(words, chance.randint(0, min(deepest, 2))))
    return made


def _by_words(lines: Iterable[_Line], ids: Iterable[str]) -> Mapping[tuple[str, int], str]:
    """The id of each task, by its words and how many of the same words went before."""
    seen: Counter[str] = Counter()
    found = {}
    for line, name in zip(lines, ids, strict=True):
        found[line.words, seen[line.words]] = name
        seen[line.words] += 1
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_task_of_a_chapter_has_an_id_of_its_own(seed: int) -> None:
    """Those of the same words as well."""
    ids = _ids(_lines(random.Random(seed), _PHRASES, 3))

    assert len(set(ids)) == len(ids) == 3 * len(_PHRASES)


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_stay_when_other_tasks_are_added(seed: int) -> None:
    """Before, between, under and behind; equal tasks stay told apart as they were."""
    chance = random.Random(seed)
    before = _lines(chance, _PHRASES, 2)
    after = list(before)
    for words in _NEW:
        at = chance.randint(0, len(after))
        after.insert(at, _Line(words, after[at - 1].depth if at else 0))
    kept = _by_words(after, _ids(after))

    assert {key: kept[key] for key in kept if key[0] not in _NEW} == _by_words(before, _ids(before))


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_stay_when_tasks_are_moved(seed: int) -> None:
    """Up, down, deeper, under another heading, to another week; the words make the id."""
    chance = random.Random(seed)
    # Differing in signs alone, tasks are equal; each of the others is there once.
    phrases = [each for each in _PHRASES if each not in ("Fill the jar.", "Fill the *jar*!")]
    before = _lines(chance, phrases)
    after = [
        _Line(line.words, line.depth, chance.choice(_MARKS)) for line in _lines(chance, phrases)
    ]
    head = "# A\n\n## Task fill the jar\n\n## Task !!!\n\n"

    assert _by_words(after, _ids(after, head)) == _by_words(before, _ids(before))


def test_marks_and_signs_are_no_part_of_an_id() -> None:
    """To move a task to another week, or to add a full stop, keeps what was ticked."""
    said = ["Fill the jar", "Fill the jar.", "**Fill** the jar!", "Fill the jar. @week 2 (~2 h)"]

    assert {_items(f"# A\n\n- [ ] {each}\n")[0].id for each in said} == {"a.task-fill-the-jar"}


def test_other_words_make_another_id() -> None:
    """And the same id is never that of other words."""
    said = ["Fill the jar", "Fill the jar 2", "Fill a jar", "x " * 40 + "a", "x " * 40 + "b"]

    assert len({_items(f"# A\n\n- [ ] {each}\n")[0].id for each in said}) == len(said)


def test_references_count_by_what_they_lead_to() -> None:
    """So tasks that are nothing else keep their ids when moved, or chapters are renumbered."""
    text = "# A\n\n- [ ] [](01-jar.md)\n- [ ] See [](../b/02-well.md#rope) [](#rope)\n"
    ids = [item.id for item in _items(text)]

    assert ids == ["a.task-jar", "a.task-see-rope-rope"]
    assert [item.id for item in _items(text.replace("01-jar", "2 Jar"))] == ids


@pytest.mark.parametrize("gap", ["", "\n"])
def test_an_id_that_is_given_stays_with_the_task(gap: str) -> None:
    """Also where blank lines stand between the tasks."""
    items = _items(
        f"# A\n\n- [ ] Fill the jar. {{#jar}}\n{gap}- [ ] Carry it. @week 2 {{#carry}}\n"
    )

    assert [item.id for item in items] == ["a.jar", "a.carry"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("01-the-pump.md", "17-the-pump.md"),
        ("3. The Pump.md", "the-pump.md"),
        ("part-1/02-the-pump.md", "water/2_the-pump.md"),
        ("01-water/part.md", "02-water/part.md"),
    ],
)
def test_a_chapter_that_is_renumbered_keeps_its_id(before: str, after: str) -> None:
    """It is the name of the file without the number, wherever the file lies."""
    assert id_of(before) == id_of(after)


def test_chapters_of_one_name_keep_their_ids_when_folders_are_renumbered(
    write_book: WriteBook,
) -> None:
    """Their folders' names tell them apart, without numbers."""
    text = "# The pump\n\n- [ ] Fill the jar.\n"

    def ids(*folders: str) -> set[str]:
        root: Path = write_book({f"{folder}/01-intro.md": text for folder in folders})
        book = build_folder(root).books["print"]
        for folder in folders:
            (root / folder / "01-intro.md").unlink()
        return {each.chapter.checklists[0].items[0].id for each in book.chapters}

    assert ids("01-water", "02-stone") == ids("02-water", "05-stone")
