"""Nothing for the leader is in the reader's printed sets, of whatever shape, or lists of tasks."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.build import build
from builder.config import Edition, ShapeName
from builder.render.checklists import SHAPES
from builder.request import ChecklistsAsked, Request, stamp_of
from builder.tasks import FORMATS, FormatName, list_tasks
from builder.tasks.listing import Listing
from builder.words import words_of
from tests.casebook import build_folder
from tests.test_leader import HUSHED, HUSHED_BYTES, pdf_objects, pdf_words

EDITIONS: tuple[Edition, ...] = ("reader", "leader")
ONE = """\
# One

- [ ] For all. @week 1
- [ ] Whisper a task. @week 1 {.leader}
    - [ ] Whisper below.
- [ ] Not *whispered*{.leader} more.[^all]

[^all]: For all, *whispered*{.leader}.

//// exercise | For all *in a whisper*{.leader} {lines=1 days=2}
- For all
- Whisper a habit {.leader}

Whisper an answer. {scale="whisper 1-2 shout" .leader}

| For all | And |
|---------|-----|
| whisper {.leader} | |

/// leader
Whisper in an exercise. {lines=1}
///
////

/// exercise | Whisper an exercise {.leader rows=2}
| Whisper | And |
|---------|-----|
|         |     |
///
"""
TWO = "---\nedition: leader\n---\n# Whispers\n\n- [ ] Whisper in a chapter. @week 2\n"


@pytest.fixture(scope="module")
def root(shared: Path) -> Path:
    """A book of which the leader has more."""
    folder = shared / "hushed"
    folder.mkdir(exist_ok=True)
    for name, text in {"book.toml": 'title = "A"\n', "one.md": ONE, "two.md": TWO}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def sets(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[Edition, Mapping[str, Path]]:
    """The set in every shape, as a form, with exercises; by edition and name of the shape."""
    shapes: tuple[ShapeName, ...] = tuple(SHAPES)
    asked = ChecklistsAsked(shapes=shapes, exercises=True, fillable=True)
    made: dict[Edition, Mapping[str, Path]] = {}
    for edition in EDITIONS:
        out = tmp_path_factory.mktemp(edition)
        wanted = Request(
            root=root, out=out, outputs=("checklists",), checklists=asked, edition=edition
        )
        artifacts = build(wanted, lambda *_: None).artifacts
        made[edition] = {shape: each.path for shape, each in zip(shapes, artifacts, strict=True)}
    return made


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_has_any_of_it(
    sets: Mapping[Edition, Mapping[str, Path]], shape: ShapeName
) -> None:
    """Neither as text nor in names of fields and what they say, of tasks and of exercises."""
    assert HUSHED.search(pdf_words(sets["leader"][shape]))
    assert any(HUSHED_BYTES.search(data) for data in pdf_objects(sets["leader"][shape]))
    assert not HUSHED.search(pdf_words(sets["reader"][shape]))
    assert [data for data in pdf_objects(sets["reader"][shape]) if HUSHED_BYTES.search(data)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_no_list_of_tasks_has_any_of_it(root: Path, name: FormatName) -> None:
    """In whatever form it is."""
    texts = []
    for edition in EDITIONS:
        book = build_folder(root, edition).books["print"]
        listing = Listing(
            urn=book.config.urn,
            title=book.config.title,
            words=words_of("en"),
            tasks=list_tasks(book.chapters, {}),
            stamp=stamp_of(None, None),
            start=None,
            columns=80,
        )
        texts.append(FORMATS[name](listing))

    assert [bool(HUSHED.search(text)) for text in texts] == [False, True]
