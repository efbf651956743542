"""The marks of a task: week, day and time, told apart from its sentence."""

import pytest

from builder.book import Marks
from builder.parse.marks import split_marks


@pytest.mark.parametrize(
    ("text", "sentence", "marks"),
    [
        ("Fill the jar. @week 2", "Fill the jar.", Marks(week=2)),
        ("Fill the jar @week 2", "Fill the jar", Marks(week=2)),
        ("Fill the jar @Week2", "Fill the jar", Marks(week=2)),
        ("Fill the jar @day 3", "Fill the jar", Marks(day=3)),
        ("Fill the jar @week 2 @day 3", "Fill the jar", Marks(week=2, day=3)),
        ("Fill the jar @day 3 @week 2", "Fill the jar", Marks(week=2, day=3)),
        ("Fill the jar (~20 min)", "Fill the jar", Marks(minutes=20)),
        ("Fill the jar. (~20min) @week 1", "Fill the jar.", Marks(week=1, minutes=20)),
        ("Fill the jar (~2 h)", "Fill the jar", Marks(minutes=120)),
        ("Fill the jar (~1 h 30 min)", "Fill the jar", Marks(minutes=90)),
        ("Fill the jar (~1.5 hours)", "Fill the jar", Marks(minutes=90)),
        ("Fill the jar (~1,5 h)", "Fill the jar", Marks(minutes=90)),
        ("Fill the jar. ~2 h", "Fill the jar.", Marks(minutes=120)),
        ("Fill the jar @week 1 ~2 h", "Fill the jar", Marks(week=1, minutes=120)),
        ("Fill the jar. ~2 h @week 1", "Fill the jar.", Marks(week=1, minutes=120)),
        ("Fill the jar\n@week 2\n(~20 min)", "Fill the jar", Marks(week=2, minutes=20)),
        # A point behind the marks ends the sentence.
        ("Fill the jar @week 2.", "Fill the jar.", Marks(week=2)),
        ("Really fill the jar (~20 min)!", "Really fill the jar!", Marks(minutes=20)),
        ("Fill the jar. @week 2.", "Fill the jar.", Marks(week=2)),
        ("Fill `it` @day 2", "Fill `it`", Marks(day=2)),
        ("Fill *it* @day 2.", "Fill *it*.", Marks(day=2)),
        ('Say "fill it!" @day 2.', 'Say "fill it!"', Marks(day=2)),
        ("Mix H~2~O (~5 min)", "Mix H~2~O", Marks(minutes=5)),
    ],
)
def test_marks_are_taken_out_of_the_sentence(text: str, sentence: str, marks: Marks) -> None:
    """In any order, behind the sentence, with or without a point of their own."""
    split = split_marks(text)

    assert (split.sentence, split.marks, split.problem) == (sentence, marks, None)


@pytest.mark.parametrize(
    "text",
    [
        "Fill the jar.",
        "Meet @ noon",
        "Write to nora@example.org",
        "Write to nora@week.example 2",
        "Write to <nora@day 3>",
        "Rest @weekend 2",
        "Ask @daisy",
        r"Fill the jar \@week 2",
        r"Fill the jar \(~20 min)",
        r"Fill the jar (\~20 min)",
        "Fill the jar (20 min)",
        "Run (~20 km)",
        "Ask friends (~20)",
        "Walk (~20 min) to the river",
        "Walk (~20 min on foot)",
        "Wait ~2 h",
        "Wait ~2 h.",
        "It costs ~20",
        "Say `@week 2`",
        "Say `@week 2` aloud",
        "Read [the book](~20 min)",
        "Take a bottle.(~20 min)",
    ],
)
def test_other_text_is_no_mark(text: str) -> None:
    """Mail, prose, code, escapes, figures of other things: they stay, and nothing is said."""
    split = split_marks(text)

    assert (split.sentence, split.marks, split.problem) == (text, Marks(), None)


@pytest.mark.parametrize(
    ("text", "problem", "wrong"),
    [
        ("Fill it @week 0", "period", "@week 0"),
        ("Fill it @week 105", "period", "@week 105"),
        ("Fill it @day 999999999999", "period", "@day 999999999999"),
        ("Fill it @week two", "period", "@week two"),
        ("Fill it @week two.", "period", "@week two"),
        ("Fill it @weeks 2", "period", "@weeks 2"),
        ("Fill it @week", "period", "@week"),
        ("Fill it @week.", "period", "@week"),
        ("Fill it @day -1", "period", "@day -1"),
        ("Fill it @week 1.5", "period", "@week 1.5"),
        ("Fill it (~0 min)", "time", "(~0 min)"),
        ("Fill it (~20-30 min)", "time", "(~20-30 min)"),
        ("Fill it (~1 h 90 min)", "time", "(~1 h 90 min)"),
        ("Fill it (~1.5 h 10 min)", "time", "(~1.5 h 10 min)"),
        ("Fill it (~min)", "time", "(~min)"),
        ("Fill it @week 2 @week 3", "twice", "@week 2"),
        ("Fill it (~2 h) (~3 h)", "twice", "(~2 h)"),
        ("Fill it @day 8 @week 2", "day", "@day 8"),
        ("Fill it @week 2 if it rains", "within", "@week 2"),
        ("@week 2 Fill it", "within", "@week 2"),
        ("@week 2", "alone", "@week 2"),
        ("(~2 h) @week 2", "alone", "(~2 h)"),
    ],
)
def test_what_was_meant_for_a_mark_is_named(text: str, problem: str, wrong: str) -> None:
    """Numbers that are none, two of a kind, marks within a sentence; the text stays."""
    split = split_marks(text)

    assert (split.problem, split.wrong) == (problem, wrong)
    assert wrong in split.sentence


def test_good_marks_behind_a_wrong_one_count() -> None:
    """Only what is wrong stays in the sentence."""
    split = split_marks("Fill it @week two (~5 min)")

    assert (split.sentence, split.marks) == ("Fill it @week two", Marks(minutes=5))
    assert (split.problem, split.wrong) == ("period", "@week two")


def test_attributes_stay_behind_the_marks() -> None:
    """An id or a class is given at the very end."""
    split = split_marks("Fill it. @week 2 {#fill .wide}")

    assert (split.sentence, split.attributes) == ("Fill it.", " {#fill .wide}")
    assert split.marks == Marks(week=2)
