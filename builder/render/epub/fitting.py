"""What large type would break or push off the page of a phone gives way to the line.

What has the class ``letters-N`` is set so small that N letters have room in the element around it
of the class ``fitted``, but never larger than it is; the style sheet says so for readers that
know how wide that element is. In all others a long word is broken.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from builder.parse.tree import (
    WIDTH,
    add_class,
    move_content,
    new,
    parents,
    text_of,
    walk,
    with_class,
)

# Letters on the line of a phone in type twice as large as usual, and of how many ems one is.
LARGE_LINE, _LETTER = 18, 0.58
# The letters on such a line in a quotation, a box or a list.
_INNER_LINE = 10
# The steps that there are, and how far a table may give way: to the usual size.
STEPS = (10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40, 48, 56)
_MOST_IN_TABLES = 36
# How large the style sheet sets headings.
_SIZES: Mapping[str, float] = {"h1": 1.7, "h2": 1.25, "h3": 1.05}
TITLE_SIZE = 2.2
# Behind an equation stands its number.
_NUMBER = 6
# Where a line may end: at spaces, behind hyphens and dashes, and in scripts without spaces.
_MAY_END = re.compile(r"[\s\u00ad\u200b\u2010-\u2015/-]|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")


def class_for(letters: int) -> str:
    """The class of the first step that has room for so many letters."""
    step = next((each for each in STEPS if each >= letters), STEPS[-1])
    return f"letters-{step}"


def letters_class(text: str, size: float) -> str:
    """The class for a text of this size in ems; empty where its longest word has room."""
    longest = longest_word(text)
    return class_for(longest) if longest * size > LARGE_LINE else ""


def longest_word(text: str) -> int:
    """The letters of the longest piece of a text in which no line may end."""
    return max(map(len, _MAY_END.sub(" ", _WIDE.sub(" ", text)).split()), default=0)


def fit_headings(section: Element) -> None:
    """Let the words of headings give way, those of a chapter's label and title apart."""
    for heading in walk(section, *_SIZES):
        if not (name := letters_class(text_of(heading), _SIZES[heading.tag])):
            continue
        add_class(heading, "fitted")
        holder = next(with_class(heading, "title"), None)
        if holder is None:
            holder = new("span")
            move_content(heading, holder)
            heading.append(holder)
        add_class(holder, name)


def fit_table(table: Element, owner: Element, letters: int) -> None:
    """Let a table give way whose columns have so many letters beside each other."""
    if letters <= _MOST_IN_TABLES:
        add_class(table, class_for(letters))
        _frame(table, owner)


def fit_formulas(section: Element) -> None:
    """Let formulas on lines of their own give way."""
    owners = parents(section)
    for equation in with_class(section, "equation"):
        widths = [float(each.get(WIDTH, "0")) for each in equation.iter()]
        number = _NUMBER if "numbered" in equation.get("class", "") else 0
        letters = round(max(widths) / _LETTER * 1.1) + number
        owner = owners[equation]
        if letters > (LARGE_LINE if owner.tag == "section" else _INNER_LINE):
            add_class(equation, class_for(letters))
            _frame(equation, owner)


def _frame(element: Element, owner: Element) -> None:
    frame = new("div", class_="fitted")
    frame.tail, element.tail = element.tail, None
    owner[list(owner).index(element)] = frame
    frame.append(element)
