"""The words that the builder itself puts on a page: a file for each language in ``languages/``.

A translation is a file named after its language tag, ``de.toml`` or ``pt-br.toml``, with the names
of ``en.toml``. What it leaves out is in English.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from string import Formatter

LANGUAGES = Path(__file__).parent / "languages"
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; fields with braces are filled in by name.

    ``language`` is theirs, where it is not the one that they were asked for in.
    """

    contents: str
    short_contents: str
    typefaces: str
    typefaces_and: str
    made_with: str
    series: str
    checklist: str
    checklists: str
    page: str
    from_page: str
    cover: str
    cover_alt: str
    cover_alt_no_author: str
    title_page: str
    edited_by: str
    translated_by: str
    illustrated_by: str
    copyright_page: str
    start: str
    figure: str
    table: str
    listing: str
    equation: str
    figures: str
    tables: str
    listings: str
    part: str
    chapter: str
    appendix: str
    by: str
    footnote: str
    back_to_text: str
    done: str
    not_done: str
    date: str
    notes: str
    name: str
    tracker: str
    tracker_intro: str
    poster_intro: str
    how_to_fold: str
    index_of_lists: str
    all_checklists: str
    checklist_on: str
    from_page_and_list: str
    planner: str
    week_of_planner: str
    day_of_week: str
    any_day: str
    under_task: str
    in_all: str
    glossary: str
    used_in: str
    index: str
    index_signs: str
    index_in_note: str
    index_see: str
    index_see_also: str
    index_see_within: str
    index_see_also_within: str
    week: str
    day: str
    days: str
    minutes: str
    hours: str
    hours_and_minutes: str
    mark_between: str
    tasks: str
    one_task: str
    isbn: str
    published: str
    page_list: str
    page_in_print: str
    printed_edition: str
    landmarks: str
    note: str
    for_the_leader: str
    leaders_edition: str
    box_to_draw: str
    area_to_draw: str
    exercises: str
    lines_to_write: str
    access_text: str
    access_images: str
    access_no_images: str
    accessibility: str
    access_intro: str
    access_ways: str
    access_display: str
    access_aloud: str
    access_navigation: str
    access_structure: str
    access_pages: str
    access_pictures: str
    access_formulas: str
    access_math: str
    access_math_described: str
    access_hazards: str
    access_no_hazard: str
    access_moves: str
    access_conformance: str
    access_certified: str
    access_not_certified: str
    language: str = ""

    @property
    def lang(self) -> Mapping[str, str]:
        """The attribute of an element with such words alone: it says where they are foreign."""
        return {"lang": self.language} if self.language else {}


class WordsError(ValueError):
    """A catalogue that is not what its language needs, and why."""


@cache
def words_of(language: str, folder: Path = LANGUAGES) -> Words:
    """The words of a language tag; English where there is no translation yet."""
    tag = language.lower()
    there = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    path = there.get(tag) or there.get(tag.partition("-")[0])
    english = _table(LANGUAGES / f"{_ENGLISH}.toml")
    own = _table(path) if path else {}
    _check(own, english, path or folder)
    is_foreign = path is None and tag.partition("-")[0] != _ENGLISH
    return Words(**{**english, **own}, language=_ENGLISH if is_foreign else "")


def _table(path: Path) -> dict[str, str]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _check(own: Mapping[str, object], english: Mapping[str, str], path: Path) -> None:
    """Names that there are, each a text, with no other braces than the English one has."""
    known = {field.name for field in fields(Words)} - {"language"}
    for name, text in own.items():
        if name not in known:
            raise WordsError(f"{path.name}: no word is named {name}")
        if not isinstance(text, str):
            raise WordsError(f"{path.name}: {name} is not a text")
        if strange := _braces(text) - _braces(english[name]):
            raise WordsError(f"{path.name}: nothing fills in {{{min(strange)}}} in {name}")


def _braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
