"""The exercises of a chapter as they are printed in the set, with fields where it is a form."""

from xml.etree.ElementTree import Element

from builder.book import Numbered
from builder.parse.boxes import EXERCISE
from builder.parse.headings import unique
from builder.parse.leader import words_for_all
from builder.parse.tree import text_of, walk, with_class
from builder.render.checklists.answers import Answers
from builder.render.checklists.common import Edition
from builder.render.checklists.lines import set_tree
from builder.render.form import Form
from builder.slugs import slug

_ID_LENGTH, _LABEL_LENGTH = 40, 80


def exercises_of(edition: Edition, numbered: Numbered, form: Form) -> tuple[Element, ...]:
    """The exercises of a chapter, in order; none where they are not wanted."""
    if not edition.options.exercises:
        return ()
    found = [*with_class(numbered.chapter.body, EXERCISE)]
    inner = {within for each in found for within in with_class(each, EXERCISE)} - {*found}
    taken: set[str] = set()
    made = []
    for exercise in [each for each in found if each not in inner]:
        id_ = _id_of(exercise, numbered.id, taken)
        tree = set_tree(edition, numbered, exercise)
        Answers(form, edition.words, id_, _label(tree)).give_fields(tree)
        made.append(tree)
    return tuple(made)


def _id_of(exercise: Element, chapter_id: str, taken: set[str]) -> str:
    """The id of an exercise: its own, or one made of the words that every edition has."""
    title = next(with_class(exercise, "box-title"), None)
    words = slug(words_for_all(title)) if title is not None else ""
    name = exercise.get("id") or f"{chapter_id}.{words[:_ID_LENGTH].rstrip('-') or EXERCISE}"
    return unique(name, taken, ".")


def _label(exercise: Element) -> str:
    """What screen readers call an exercise: its title, else its first words."""
    title = next(with_class(exercise, "box-title"), None)
    first = title if title is not None else next(walk(exercise, "p"), exercise)
    text = text_of(first)
    return text if len(text) <= _LABEL_LENGTH else f"{text[:_LABEL_LENGTH].rsplit(' ', 1)[0]} ..."
