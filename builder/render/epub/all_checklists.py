"""All checklists together behind the text of the e-book, linked to and from their chapters."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from xml.etree.ElementTree import Element

from builder.book import (
    Book,
    Chapter,
    ChapterFile,
    Entry,
    FrontMatter,
    Item,
    Numbered,
    Survey,
    Text,
)
from builder.cache import NO_STORE, Store, key
from builder.parse.checklists import BOX, DONE, LIST, TASK
from builder.parse.headings import unique
from builder.parse.leader import LEADER
from builder.parse.packed import pack_tree, unpack_tree
from builder.parse.tree import AT, classes, copy_of, new, parents, with_class
from builder.source import Source
from builder.versions import engine_versions
from builder.words import Words

_NAME = "all-checklists"


def with_all_checklists(book: Book, words: Words, store: Store = NO_STORE) -> Book:
    """The book with one more chapter at its end, which has the checklists of all others.

    A link stands behind the checklist of each chapter, and leads to the same there; a book
    without checklists, and one that does without that chapter, stays as it is.
    """
    listed = [numbered for numbered in book.chapters if numbered.chapter.survey.has_tasks]
    if not listed or not book.config.epub.checklists:
        return book
    name = unique(_NAME, {numbered.id for numbered in book.chapters})
    last = _last_chapter(name, listed, words, store)
    linked = tuple(
        _linked(each, name, words) if each.chapter.survey.has_tasks else each
        for each in book.chapters
    )
    entry = Entry(name, name, "", words.checklists, "back")
    return replace(book, chapters=(*linked, last), contents=(*book.contents, entry))


def is_written(numbered: Numbered) -> bool:
    """Whether a chapter is that of all checklists, which no file of the manuscript holds."""
    return not numbered.chapter.file.source.path


def _last_chapter(name: str, listed: Iterable[Numbered], words: Words, store: Store) -> Numbered:
    chapters = tuple(listed)
    file = ChapterFile(Source("", ""), FrontMatter(), "back", "chapter", name, 0)
    images = tuple(image for each in chapters for image in each.chapter.images)
    depends = (part for each in chapters for part in (each.chapter.key, each.full_title))
    read = cache(partial(_text, name, chapters, words, store))
    survey = Survey(title=words.checklists, images=images)
    chapter = Chapter(file, survey, key(_NAME, name, words.language, *depends), read)
    return Numbered(chapter, "", "", words.language)


def _text(name: str, chapters: Iterable[Numbered], words: Words, store: Store) -> Text:
    body = new("body")
    body.append(new("h1", words.checklists, id=f"{name}.title", **words.lang))
    for numbered in chapters:
        body.extend([*_kept_lists(numbered, name, store)])
    return Text(body)


def _kept_lists(numbered: Numbered, name: str, store: Store) -> Element:
    """What a chapter brings, in an element; the trees of chapters that did not change stay shut."""
    title = (numbered.caption, numbered.title, numbered.language)
    kept = key(_NAME, engine_versions(), numbered.chapter.key, numbered.id, name, *title)
    data = store.get(kept)
    if data is not None and (lists := unpack_tree(data)) is not None:
        return lists
    made = new("div")
    made.extend(_lists_of(numbered, name))
    store.put(kept, pack_tree(made))
    return made


def _lists_of(numbered: Numbered, name: str) -> Iterator[Element]:
    """The heading of a chapter, which leads to it, and its lists, its own first."""
    checklists = sorted(numbered.chapter.checklists, key=lambda each: not each.is_main)
    heading = new("h2", id=f"{name}.{numbered.id}")
    heading.append(_link_to(numbered))
    yield heading
    for checklist in checklists:
        if not checklist.is_main and len(checklists) > 1:
            yield new("h3", checklist.title)
        yield from _lists(checklist.items)


def _link_to(numbered: Numbered) -> Element:
    """A link with caption and title, the caption in an element where it is foreign."""
    link = new("a", href=f"#{numbered.id}")
    if numbered.caption and numbered.lang:
        link.append(new("span", numbered.caption, **numbered.lang))
        link[0].tail = f": {numbered.title}"
    else:
        link.text = ": ".join(part for part in (numbered.caption, numbered.title) if part)
    return link


def _lists(items: Iterable[Item]) -> Iterator[Element]:
    """The tasks as they are listed in the chapter, numbered where they are."""
    for is_numbered, group in groupby(items, key=lambda item: item.number is not None):
        made, following = new("ol" if is_numbered else "ul", class_=LIST), 1
        for item in group:
            task = _task(item)
            if item.number not in (None, following):
                task.set("value", str(item.number))
            made.append(task)
            following = (item.number or 0) + 1
        yield made


def _task(item: Item) -> Element:
    """A task as it stands in a chapter, without its id."""
    made = copy_of(item.body)
    for element in made.iter():
        element.attrib.pop(AT, None)
    is_leaders = LEADER in classes(made)
    names = [TASK, *([DONE] if item.is_done else []), *([LEADER] if is_leaders else [])]
    made.tag, made.attrib = "li", {"class": " ".join(names)}
    holder = made[0] if len(made) and made[0].tag == "p" and not (made.text or "").strip() else made
    box = new("span", class_=BOX)
    box.tail, holder.text = holder.text, None
    holder.insert(0, box)
    made.extend(_lists(item.items))
    return made


def _linked(numbered: Numbered, name: str, words: Words) -> Numbered:
    work = partial(_with_link, f"{name}.{numbered.id}", words)
    chapter = numbered.chapter.reworked(work, _NAME, name, words.all_checklists, words.language)
    return replace(numbered, chapter=chapter)


def _with_link(target: str, words: Words, text: Text) -> Text:
    """The text of a chapter with a link behind its checklist, or the last list that it has."""
    body = copy_of(text.body)
    main = [each.anchor for each in text.checklists if each.is_main]
    last = (main or [each.anchor for each in text.checklists])[-1]
    checklist = next(each for each in with_class(body, LIST) if each.get("id") == last)
    link = new("p", class_="to-all-checklists")
    link.append(new("a", words.all_checklists, href=f"#{target}", **words.lang))
    link.tail, checklist.tail = checklist.tail, "\n"
    owner = parents(body)[checklist]
    owner.insert(list(owner).index(checklist) + 1, link)
    return replace(text, body=body)
