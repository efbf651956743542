"""Numbers of chapters, parts and appendices, and the labels that stand before them."""

from collections import Counter
from collections.abc import Iterator

from builder.book import Chapter, Numbered, leaders_own
from builder.words import Words

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def number_chapters(
    chapters: tuple[Chapter, ...], chapter_label: str, words: Words
) -> tuple[Numbered, ...]:
    """Each chapter with its number.

    Chapters count on through the parts, and from 1 for each label: Step 1 to 20, Question 1
    to 5. A part's front matter sets the label of its chapters. Parts get roman numerals,
    appendices letters; front and back matter none, nor what is for the leader alone.
    """
    return tuple(_number(chapters, chapter_label, words))


def roman(number: int) -> str:
    """``4`` -> ``IV``."""
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _number(chapters: tuple[Chapter, ...], book_label: str, words: Words) -> Iterator[Numbered]:
    counts: Counter[str] = Counter()
    leaders = leaders_own(chapter.file for chapter in chapters)
    part_label = book_label
    for chapter in chapters:
        front, role = chapter.file.front_matter, chapter.file.role
        if role == "part":
            part_label = front.label or book_label
            label = words.part
        elif role == "appendix":
            label = front.label or words.appendix
        else:
            label = front.label or part_label
        given = front.number
        if role in ("front", "back") and given is True:
            given = None
        if given is True and chapter.file.source.path in leaders:
            # It counts for nobody, so that both editions number the others alike.
            yield Numbered(chapter, words.for_the_leader, "", words.language)
        elif given is True:
            counts[label] += 1
            number = _written(counts[label], role)
            yield Numbered(chapter, label, number, _language(label, words))
        elif given is False or given in (None, "none", ""):
            yield Numbered(chapter, "", "")
        else:
            # A number sets the count, from which the chapters behind it go on.
            counts[label] = given if isinstance(given, int) else counts[label]
            yield Numbered(chapter, label, str(given), _language(label, words))


def _language(label: str, words: Words) -> str:
    return words.language if label in (words.part, words.chapter, words.appendix) else ""


def _written(number: int, role: str) -> str:
    if role == "part":
        return roman(number)
    return chr(ord("A") + number - 1) if role == "appendix" and number <= 26 else str(number)
