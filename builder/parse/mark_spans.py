"""The marks of tasks in a tree: ``<span class="mark">`` behind the sentence, and their words."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from builder.book import Marks
from builder.diagnostics import Diagnostic, Severity
from builder.parse.marks import DAYS_A_WEEK, MOST_DAYS, MOST_WEEKS, Problem, Split, split_marks
from builder.parse.prose import Prose
from builder.parse.tree import AT, new, offset_of, with_class
from builder.source import Source
from builder.words import Words

MARK = "mark"
_PROBLEM, _WRONG = "data-mark-problem", "data-wrong-mark"
_BOX = re.compile(r"\[[ xX]\] +")
# Raw HTML and blocks of code that Markdown has put aside, on a line of their own.
_ASIDE = re.compile("\n[ \t]*\x02wzxhzdk:")
_UNITS = ("week", "day", "minutes")
_SAYINGS: Mapping[Problem, tuple[str, str]] = {
    "period": (
        'not a week or day: "{wrong}"',
        rf"write @week and a number from 1 to {MOST_WEEKS}, or @day and one to {MOST_DAYS}; "
        r"for the text write \@",
    ),
    "time": (
        'not a time: "{wrong}"',
        r"write (~20 min), (~2 h) or (~1 h 30 min); for the text write \(~",
    ),
    "day": (
        'a day that the week does not have: "{wrong}"',
        rf"behind a week write @day and a number from 1 to {DAYS_A_WEEK}",
    ),
    "twice": ('a second mark of its kind: "{wrong}"', "keep one"),
    "within": (
        'a mark within the sentence: "{wrong}"',
        r"move it behind the sentence; for the text write \@",
    ),
    "alone": ('a task of marks alone: "{wrong}"', "write in front of them what is to be done"),
}


def take_marks(root: Element, prose: Prose) -> None:
    """Put the marks of each task into a span, in a tree of Markdown's before inlines."""
    for item in root.iter("li"):
        holder = item if (item.text or "").strip() or not len(item) else item[0]
        if holder.tag in ("li", "p") and (box := _BOX.match((holder.text or "").lstrip())):
            _take(holder, box[0], prose)


def marks_of(task: Element) -> Marks:
    """The marks in what a task says."""
    for span in with_class(task, MARK):
        values = (span.get(f"data-{unit}", "") for unit in _UNITS)
        return Marks(*(int(value) if value.isdecimal() else None for value in values))
    return Marks()


def name_marks(tree: Element, words: Words) -> None:
    """Give every mark of a tree its words."""
    for span in with_class(tree, MARK):
        span.text = words.mark_between.join(mark_words(marks_of(span), words))
        span.attrib.update(words.lang)


def mark_words(marks: Marks, words: Words) -> Iterator[str]:
    """What marks say: the week, the day, the time."""
    if marks.week is not None:
        yield words.week.format(week=marks.week)
    if marks.day is not None:
        yield words.day.format(day=marks.day)
    if marks.minutes is not None:
        yield time_words(marks.minutes, words)


def time_words(minutes: int, words: Words) -> str:
    """A time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return words.minutes.format(minutes=rest)
    if not rest:
        return words.hours.format(hours=hours)
    return words.hours_and_minutes.format(hours=hours, minutes=rest)


def check_marks(body: Element, source: Source) -> Iterator[Diagnostic]:
    """What was meant for a mark and is none; the notes of it are taken out of the tree."""
    for element in body.iter():
        problem, wrong = element.attrib.pop(_PROBLEM, ""), element.attrib.pop(_WRONG, "")
        for message, hint in (saying for name, saying in _SAYINGS.items() if name == problem):
            at = max(source.text.find(wrong, offset_of(element)), offset_of(element))
            place = source.place(at, len(wrong))
            said = message.format(wrong=wrong)
            yield Diagnostic("wrong-mark", said, place, hint, Severity.WARNING)


def _take(holder: Element, box: str, prose: Prose) -> None:
    text = (holder.text or "").lstrip().removeprefix(box)
    aside = _ASIDE.search(text)
    first, rest = (text[: aside.start()], text[aside.start() :]) if aside else (text, "")
    split = split_marks(first)
    if split.problem:
        holder.set(_PROBLEM, split.problem)
        holder.set(_WRONG, split.wrong)
    if not split.written:
        return
    span = _span(split, offset_of(holder), prose)
    span.tail = (split.attributes + rest) or None
    holder.text = f"{box}{split.sentence} "
    holder.insert(0, span)


def _span(split: Split, start: int, prose: Prose) -> Element:
    span = new("span", class_=MARK)
    at = prose.source.text.find(split.written[-1], start)
    span.set(AT, str(max(at, start)))
    marks = split.marks
    for unit, value in zip(_UNITS, (marks.week, marks.day, marks.minutes), strict=True):
        if value is not None:
            span.set(f"data-{unit}", str(value))
    return span
