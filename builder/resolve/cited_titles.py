"""Titles that cite, in the words of the style: for contents, heads of pages and references."""

from dataclasses import replace

from builder.book import Chapter, Heading
from builder.parse.titles import find_titles
from builder.parse.tree import LEVELS, text_of, walk

_MARK = "@"


def with_cited_titles(chapter: Chapter) -> Chapter:
    """A chapter whose citations are written, with what it says of its titles true again."""
    survey = chapter.survey
    titles = (*(each.title for each in survey.headings), *survey.titles.values())
    if not any(_MARK in title for title in titles):
        return chapter
    text = chapter.read()
    words = {each.get("id", ""): text_of(each) for each in walk(text.body, *LEVELS)}
    headings = tuple(_renamed(each, words) for each in survey.headings)
    titles_by_id = find_titles(text.body, headings, text.checklists)
    before = {each.title: _renamed(each, words).title for each in survey.headings[:1]}
    title = before.get(survey.title, survey.title)
    return replace(
        chapter, survey=replace(survey, title=title, headings=headings, titles=titles_by_id)
    )


def _renamed(heading: Heading, words: dict[str, str]) -> Heading:
    return replace(heading, title=words.get(heading.anchor, heading.title))
