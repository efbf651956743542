"""The marks of a task as they are written at its end, taken out of its text.

``@week 2``, ``@day 3`` and ``(~20 min)`` may stand behind the sentence, in any order. Between the
end of a sentence or another mark and the end of the task a time needs no brackets: ``~2 h``.
Within a sentence it does, for there ``~2 h`` says "about two hours".
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from builder.book import Marks

Problem = Literal["period", "time", "day", "twice", "within", "alone"]

MOST_WEEKS, MOST_DAYS, DAYS_A_WEEK = 104, 728, 7

_ATTRIBUTES = re.compile(r"(?:\s+\{:?[^{}\n]*\})+\s*\Z")
_POINTS = re.compile(r"[.!?…]+\Z")
_ENDED = re.compile(r"[.!?…:;。！？][)\]}\"'*_`”’»]*\Z")
_PERIOD = re.compile(r"(?:\A|\s)(@(?P<unit>week|day)[ \t]*(?P<number>\d{1,9}))\Z", re.IGNORECASE)
_TIME = re.compile(r"(?:\A|\s)(\(~(?P<time>[^()]{1,40})\))\Z")
_BARE_TIME = re.compile(r"\s(~(?P<time>\d[^()~@]{0,40}))\Z")
_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_DURATION = re.compile(
    rf"\s*(?:(?P<hours>{_NUMBER})\s*(?:h|hrs?|hours?))?"
    r"\s*(?:(?P<minutes>\d{1,4})\s*(?:min|mins|minutes?))?\s*",
    re.IGNORECASE,
)
# Figures and units of time, and nothing else: it was meant for a time.
_LIKE_A_TIME = re.compile(
    r"(?=.*(?:h|min))(?:[\d\s.,:½¼¾/–-]|h|hrs?|hours?|mins?|minutes?|or|to|and)*",
    re.IGNORECASE,
)
_LIKE_A_PERIOD = re.compile(r"(?:\A|\s)(@(?:week|day)s?\b[ \t]*[^\s@]*)\Z", re.IGNORECASE)
_WITHIN = re.compile(r"(?:\A|\s)(@(?:week|day)[ \t]*\d+)\b", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?:(?!`).)+\1", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Split:
    """A task's text told apart: its sentence, its marks, and the attributes behind them.

    ``written`` are the marks as they stand there, the last first; ``wrong`` is what was meant
    for a mark and is none.
    """

    sentence: str
    marks: Marks = field(default_factory=Marks)
    written: tuple[str, ...] = ()
    attributes: str = ""
    problem: Problem | None = None
    wrong: str = ""


def split_marks(text: str) -> Split:
    """Tell the text of a task apart."""
    attributes = _ATTRIBUTES.search(text)
    behind = attributes[0] if attributes else ""
    whole = text[: len(text) - len(behind)].rstrip()
    points = _POINTS.search(whole)
    found = _peeled(Split(whole[: points.start()].rstrip() if points else whole))
    if points and not found.written:
        # The points end the sentence itself, or what was meant for a mark.
        found = replace(_peeled(Split(whole)), wrong=found.wrong, problem=found.problem)
    elif points and not _ENDED.search(found.sentence):
        found = replace(found, sentence=found.sentence + points[0])
    if found.written and not found.sentence:
        return Split(text, problem="alone", wrong=found.written[-1])
    if not found.problem and (within := _WITHIN.search(_CODE.sub(_blank, found.sentence))):
        found = replace(found, problem="within", wrong=within[1])
    return replace(found, attributes=behind)


def _blank(code: re.Match[str]) -> str:
    return "`" * len(code[0])


def _peeled(split: Split) -> Split:
    """The same with the marks at its end taken off, one by one, up to what is no mark."""
    while True:
        taken = _last(split)
        if taken is None:
            return split
        if taken.problem:
            return taken
        split = taken


def _last(split: Split) -> Split | None:
    """The same with its last mark taken off; None where it ends with none."""
    text = split.sentence
    if period := _PERIOD.search(text):
        return _with_period(split, period)
    if like := _LIKE_A_PERIOD.search(text):
        return replace(split, problem="period", wrong=like[1])
    if time := _TIME.search(text):
        return _with_time(split, time)
    bare = _BARE_TIME.search(text)
    before = text[: bare.start()].rstrip() if bare else ""
    if bare and (_ENDED.search(before) or _PERIOD.search(before)):
        return _with_time(split, bare)
    return None


def _with_period(split: Split, found: re.Match[str]) -> Split:
    unit, number = found["unit"].lower(), int(found["number"])
    if not 1 <= number <= (MOST_WEEKS if unit == "week" else MOST_DAYS):
        return replace(split, problem="period", wrong=found[1])
    marks = split.marks
    if (marks.week if unit == "week" else marks.day) is not None:
        return replace(split, problem="twice", wrong=found[1])
    made = replace(marks, week=number) if unit == "week" else replace(marks, day=number)
    if made.week and made.day and made.day > DAYS_A_WEEK:
        days = (mark for mark in (found[1], *split.written) if mark.lower().startswith("@day"))
        return replace(split, problem="day", wrong=next(days))
    return _without(split, found, made)


def _with_time(split: Split, found: re.Match[str]) -> Split | None:
    minutes = _minutes(found["time"])
    if minutes is None:
        is_meant = _LIKE_A_TIME.fullmatch(found["time"])
        return replace(split, problem="time", wrong=found[1]) if is_meant else None
    if split.marks.minutes is not None:
        return replace(split, problem="twice", wrong=found[1])
    return _without(split, found, replace(split.marks, minutes=minutes))


def _without(split: Split, found: re.Match[str], marks: Marks) -> Split:
    sentence = split.sentence[: found.start()].rstrip()
    return replace(split, sentence=sentence, marks=marks, written=(*split.written, found[1]))


def _minutes(time: str) -> int | None:
    """``1 h 30 min`` in minutes; None where it is no time, or none at all."""
    found = _DURATION.fullmatch(time)
    if not found or not (found["hours"] or found["minutes"]):
        return None
    hours, minutes = (found["hours"] or "0").replace(",", "."), int(found["minutes"] or 0)
    if found["hours"] and (minutes >= 60 or (minutes and "." in hours)):
        return None
    return round(float(hours) * 60) + minutes or None
