"""The shipped book, built whole: every step and question in all outputs, the same bytes always."""

import hashlib
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pypdfium2
import pytest

from builder.book import Book, Item, Numbered
from builder.build import build
from builder.parse.blanks import DAYS, DAYS_A_ROW
from builder.parse.chapter import draft_chapter
from builder.parse.checklists import LIST, numbers_of
from builder.parse.footnotes import NOTEREF
from builder.parse.markdown import make_markdown
from builder.parse.survey import survey_chapter
from builder.parse.tree import SAYS, classes, parents, parse_html, remove, text_of, with_class
from builder.read import read_manuscript
from builder.render.colophon import epub_facts
from builder.request import Request
from builder.resolve.book import resolve_book
from builder.words import words_of
from tests.casebook import build_folder

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
WORDS = words_of("en")
EVERYTHING = ROOT / "tests" / "books" / "everything"
_SVG = "{http://www.w3.org/2000/svg}"
_IN_PRINT = re.compile(r"[(,]\s*page\s+\w+ in print\)?")
# What stands there is gathered from all chapters.
_GATHERED = ("index",)
# How references name pages, in brackets or, where they stand in some, behind a comma; and how a
# chapter and the page of its checklist name each other.
_PAGES = re.compile(
    r"\(\s*page\s+\w+\s*\)|,\s+page\s+\w+|(?:Checklist\s+on|from)\s+page(?:\s+(?:\d+|[ivxlc]{2,})\b)?"
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The three files of the shipped book, by kind."""
    out = tmp_path_factory.mktemp("shipped")
    report = build(Request(root=BOOK, out=out), lambda *_: None)

    assert report.findings == ()
    return {artifact.kind: artifact.path for artifact in report.artifacts}


@pytest.fixture(scope="module")
def book() -> Book:
    """The shipped book as resolved for print."""
    manuscript = read_manuscript(BOOK).value
    words = words_of(manuscript.config.language)
    converter = make_markdown(manuscript.config.language)
    drafts = [draft_chapter(file, converter).value for file in manuscript.files]
    chapters = [survey_chapter(draft, "print", words).value for draft in drafts]
    return resolve_book(manuscript, chapters, words).value


def _letters(text: str) -> str:
    """Text without spaces, hyphens and what line ends do to it."""
    return "".join(char for char in text if char.isalnum())


def _pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    # In print, references are followed by their pages.
    return _letters(re.sub(r"\(page\s+\d+\s*\)", "", text))


def _epub_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return _letters("".join(text_of(parse_html(archive.read(page).decode())) for page in pages))


def _tasks(items: tuple[Item, ...]) -> list[str]:
    return [text for item in items for text in (item.text, *_tasks(item.items))]


def test_every_chapter_of_a_part_has_its_checklist(book: Book) -> None:
    """Counted from the manuscript: as many steps and questions as there are files."""
    files = sorted(
        path for path in BOOK.glob("*/*.md") if path.parent.name.startswith(("part", "q"))
    )
    numbered = [
        each for each in book.chapters if each.number and each.chapter.file.role == "chapter"
    ]

    assert len(numbered) == sum(path.stem != "00-part" for path in files)
    assert all(any(each.is_main for each in one.chapter.checklists) for one in numbered)


def test_every_task_is_in_every_output(book: Book, outputs: Mapping[str, Path]) -> None:
    """Each chapter's title and each task of its lists, in book, EPUB and printed set."""
    texts = {
        kind: (_epub_text if kind == "epub" else _pdf_text)(path) for kind, path in outputs.items()
    }
    wanted = [
        _letters(text)
        for numbered in book.chapters
        for checklist in numbered.chapter.checklists
        for text in (numbered.title, *_tasks(checklist.items))
    ]

    assert len(wanted) > len(book.chapters)
    for kind, text in texts.items():
        assert [each for each in wanted if each not in text] == [], kind


def test_every_page_of_the_book_is_listed_in_the_e_book(outputs: Mapping[str, Path]) -> None:
    """The blank ones too, by their numbers and in their order."""
    document = pypdfium2.PdfDocument(outputs["pdf"])
    with zipfile.ZipFile(outputs["epub"]) as archive:
        ncx = fromstring(archive.read("EPUB/toc.ncx"))
    pages = ncx.iter("{http://www.daisy.org/z3986/2005/ncx/}pageTarget")

    assert [page[0][0].text for page in pages] == [
        document.get_page_label(page) for page in range(len(document))
    ]


def test_a_page_of_the_set_for_every_chapter(book: Book, outputs: Mapping[str, Path]) -> None:
    """The index, the tracker, then one page for each chapter with a list."""
    pages = len(pypdfium2.PdfDocument(outputs["checklists"]))

    assert pages == 2 + sum(bool(each.chapter.checklists) for each in book.chapters)


def test_same_bytes_elsewhere_and_later(outputs: Mapping[str, Path], tmp_path: Path) -> None:
    """Another folder, another process, another hash seed, no system fonts: the same files."""
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(BOOK, copy)
    nothing = tmp_path / "no-fonts.conf"
    nothing.write_text("<fontconfig/>", encoding="utf-8")
    command = [sys.executable, "-c", "from builder.cli import main; raise SystemExit(main())"]
    options = ["--book", str(copy), "--out", str(tmp_path / "made"), "--no-cache", "--jobs", "1"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "FONTCONFIG_FILE": str(nothing)}
    subprocess.run([*command, *options], check=True, env=environment, cwd=tmp_path)

    for path in outputs.values():
        made = tmp_path / "made" / path.name
        assert _digest(made) == _digest(path), path.name


def _letter_counts(text: str) -> Counter[str]:
    """Each letter and digit, however it is cased, joined or placed, as often as it is there."""
    return Counter(
        char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum()
    )


def _manuscript_text(numbered: Numbered) -> str:
    """What the author wrote in a chapter, the chapter's label, and the numbers of its notes."""
    chapter = numbered.chapter
    notes = (text_of(note.body) for note in chapter.notes)
    numbers = {note.anchor: str(note.number) for note in chapter.notes}
    trees = (chapter.body, *(note.body for note in chapter.notes))
    calls = (
        numbers[link.get("href", "")[1:]] for tree in trees for link in with_class(tree, NOTEREF)
    )
    numbered_tasks = _task_numbers(numbered)
    whole = (numbered.caption, text_of(chapter.body), numbered_tasks)
    return " ".join((*whole, *notes, *numbers.values(), *calls))


def _outlines(numbered: Numbered) -> str:
    """What formulas say and drawings in the text are called, which in print are outlines."""
    chapter = numbered.chapter
    trees = (chapter.body, *(note.body for note in chapter.notes))
    formulas = (each.get(SAYS, "") for tree in trees for each in tree.iter())
    names = (each.text or "" for tree in trees for each in tree.iter(f"{_SVG}title"))
    return " ".join((*formulas, *names))


def _task_numbers(numbered: Numbered) -> str:
    """The numbers of tasks, which are text everywhere."""
    lists = with_class(numbered.chapter.body, LIST)
    return " ".join(str(number or "") for each in lists for _, number in numbers_of(each))


def _days(numbered: Numbered) -> str:
    """The numbers of days to tick, which the e-book has not."""
    return "".join(map(text_of, with_class(numbered.chapter.body, "blank-days")))


def _list_numbers(numbered: Numbered) -> str:
    """The numbers of items, which are text in print alone."""
    found = []
    for items in numbered.chapter.body.iter("ol"):
        if "task-list" not in classes(items):
            first = int(items.get("start", "1"))
            found += [str(first + at) for at, _ in enumerate(items.findall("li"))]
    return " ".join(found)


def _drawn_text(numbered: Numbered) -> str:
    """The words in drawings: of the printed page they are a part, in the e-book they are not."""
    drawings = (BOOK / each.path for each in numbered.chapter.images if each.path.endswith(".svg"))
    return "".join(part for drawing in map(_tree, drawings) for part in _shown_text(drawing))


def _shown_text(drawing: Element) -> Iterator[str]:
    """But for what another theme shows in its place."""
    for child in drawing:
        if child.get("display") == "none":
            continue
        yield from child.itertext() if child.tag == f"{_SVG}text" else _shown_text(child)


def _habit_heads(numbered: Numbered) -> str:
    """The word over the habits in each of their tables, which are lists in the e-book."""
    lists = [each for each in numbered.chapter.body.iter() if DAYS in each.attrib]
    tables = sum(-(-int(each.attrib[DAYS]) // int(each.attrib[DAYS_A_ROW])) for each in lists)
    numbers = "".join(str(day + 1) for each in lists for day in range(int(each.attrib[DAYS])))
    return words_of("en").days * tables + numbers


def _tree(path: Path) -> Element:
    return fromstring(path.read_bytes())


def _epub_bodies(path: Path) -> dict[str, str]:
    """The text of each file of the e-book, by its name."""
    with zipfile.ZipFile(path) as archive:
        pages = [Path(name) for name in archive.namelist() if name.startswith("EPUB/text/")]
        trees = {page.stem: fromstring(archive.read(str(page))) for page in pages}
    for tree in trees.values():
        # Where the e-book leads back to from its glossary.
        owners = parents(tree)
        for uses in with_class(tree, "term-uses"):
            remove(owners[uses], uses)
    texts = {name: "".join(tree[1].itertext()) for name, tree in trees.items()}
    # The link that the builder puts behind a checklist.
    return {name: text.replace(WORDS.all_checklists, "") for name, text in texts.items()}


def _pdf_chapters(path: Path, book: Book) -> dict[str, str]:
    """The text of each chapter in the outline, without margins and the pages of references."""
    document = pypdfium2.PdfDocument(path)
    outline = [
        (_letters(each.get_title()), each.get_dest().get_index()) for each in document.get_toc()
    ]
    starts: dict[str, int] = {}
    for numbered in book.chapters:
        title = _letters(numbered.title)
        found = next((at for at, (line, _) in enumerate(outline) if line.endswith(title)), None)
        if found is not None:
            starts[numbered.id] = outline[found][1]
            outline = outline[found + 1 :]
    ends = [*starts.values(), len(document)][1:]
    texts = {
        name: "".join(map(_text_block, (document[at] for at in range(start, end))))
        for (name, start), end in zip(starts.items(), ends, strict=True)
    }
    return {name: _PAGES.sub("", text) for name, text in texts.items()}


def _text_block(page: pypdfium2.PdfPage) -> str:
    """What stands on a page between the running head and the folio.

    A picture that has a page of its own has its caption at the foot instead of these.
    """
    height, text = page.get_height(), page.get_textpage()
    block: str = text.get_text_bounded(bottom=height * 0.12, top=height * 0.905)
    return block if block.strip() else text.get_text_range()


def test_every_word_is_in_its_chapter_and_once(book: Book, outputs: Mapping[str, Path]) -> None:
    """Letter for letter, in e-book and print: none lost, doubled, or moved to another chapter.

    The index says the same in both, page for page.

    In print, a checklist has a page with the title of its chapter, and words in drawings are text.
    """
    bodies, pages = _epub_bodies(outputs["epub"]), _pdf_chapters(outputs["pdf"], book)
    for numbered in book.chapters:
        if numbered.chapter.file.kind in _GATHERED:
            continue
        written = _letter_counts(_manuscript_text(numbered))
        assert _letter_counts(bodies[numbered.id]) + _letter_counts(_days(numbered)) == written, (
            numbered.id
        )
        if numbered.id in pages:
            has_list = any(each.is_main for each in numbered.chapter.checklists)
            head = f"{numbered.caption} {numbered.title}" if has_list else ""
            printed = written + _letter_counts(
                head + _drawn_text(numbered) + _habit_heads(numbered) + _list_numbers(numbered)
            )
            assert _letter_counts(pages[numbered.id]) == printed, numbered.id

    assert _letter_counts(bodies["index"]) == _letter_counts(pages["index"])
    assert len(pages) >= len(book.chapters) - 1


def test_every_word_of_everything_is_in_its_chapter_and_once(tmp_path: Path) -> None:
    """The same for the book of all constructs: glossary, colophon and bibliography as well.

    Print repeats the heads of tables and counts what it lists, but loses nothing.
    """
    request = Request(root=EVERYTHING, out=tmp_path, outputs=("pdf", "epub"))
    made = {each.kind: each.path for each in build(request, lambda *_: None).artifacts}
    books = build_folder(EVERYTHING).books
    bodies, pages = _epub_bodies(made["epub"]), _pdf_chapters(made["pdf"], books["print"])
    for numbered in books["print"].chapters:
        written = _letter_counts(_manuscript_text(numbered)) - _letter_counts(_outlines(numbered))
        written += _letter_counts(_facts(books["print"], numbered))
        assert not written - _letter_counts(pages[numbered.id]), numbered.id
    assert _letter_counts(bodies["index"]) == _letter_counts(pages["index"])
    for numbered in books["epub"].chapters:
        if numbered.chapter.file.kind in _GATHERED:
            continue
        title = "" if numbered.chapter.headings else numbered.title
        facts = _facts(books["epub"], numbered)
        written = _letter_counts(f"{_manuscript_text(numbered)} {title} {facts}")
        text = _IN_PRINT.sub("", bodies[numbered.id])

        assert _letter_counts(text) + _letter_counts(_days(numbered)) == written, numbered.id


def _facts(book: Book, numbered: Numbered) -> str:
    """What the builder says of itself behind a colophon, in print and e-book alike."""
    facts = epub_facts(book, WORDS) if numbered.chapter.file.kind == "colophon" else ()
    return " ".join(facts)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
