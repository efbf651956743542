"""The words that the builder itself puts on a page, by language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; fields with braces are filled in by name."""

    contents: str = "Contents"
    short_contents: str = "Contents at a glance"
    typefaces: str = "Set in {typefaces}."
    typefaces_and: str = "and"
    made_with: str = "Made with {program}."
    series: str = "{name}, {number}"
    checklist: str = "Checklist"
    checklists: str = "Checklists"
    page: str = "page {page}"
    from_page: str = "from page {page}"
    cover: str = "Cover"
    cover_alt: str = "Cover of {title} by {authors}"
    cover_alt_no_author: str = "Cover of {title}"
    title_page: str = "Title page"
    copyright_page: str = "Copyright"
    start: str = "Start of the text"
    figure: str = "Figure\u00a0{number}"
    table: str = "Table\u00a0{number}"
    listing: str = "Listing\u00a0{number}"
    equation: str = "Equation\u00a0{number}"
    figures: str = "Figures"
    tables: str = "Tables"
    listings: str = "Listings"
    part: str = "Part"
    chapter: str = "Chapter"
    appendix: str = "Appendix"
    by: str = "by"
    footnote: str = "Note"
    back_to_text: str = "Back to the text"
    done: str = "Done:"
    not_done: str = "Not done:"
    date: str = "Date"
    notes: str = "Notes"
    name: str = "Name"
    tracker: str = "Tracker"
    tracker_intro: str = "One box for every chapter. Tick it when its list is done."
    poster_intro: str = "One box for every task. Tick it when it is done."
    how_to_fold: str = (
        "Fold along the dashed lines and open again. Cut along the solid one. Fold lengthwise, "
        "push the ends together, and close it with the cover in front."
    )
    index_of_lists: str = "All the lists"
    all_checklists: str = "All checklists"
    checklist_on: str = "Checklist on page {page}"
    from_page_and_list: str = "from page {page}, checklist on page {checklist}"
    planner: str = "Planner"
    week_of_planner: str = "Week {week}"
    day_of_week: str = "Day {day}"
    any_day: str = "Any day"
    under_task: str = "under: {task}"
    in_all: str = "In all"
    glossary: str = "Glossary"
    used_in: str = "Used in {chapters}"
    index: str = "Index"
    index_signs: str = "Signs and numbers"
    index_see: str = "See {entry}"
    index_see_also: str = "See also {entry}"
    index_see_within: str = "see {entry}"
    index_see_also_within: str = "see also {entry}"
    week: str = "week {week}"
    day: str = "day {day}"
    days: str = "Day"
    minutes: str = "{minutes} min"
    hours: str = "{hours} h"
    hours_and_minutes: str = "{hours} h {minutes} min"
    mark_between: str = ", "
    tasks: str = "{count} tasks"
    one_task: str = "1 task"
    isbn: str = "ISBN {isbn}"
    published: str = "Published by {publisher}"
    page_list: str = "Pages of the printed book"
    page_in_print: str = "page {page} in print"
    printed_edition: str = "{title}, the printed book"
    landmarks: str = "Landmarks"
    note: str = "Note"
    for_the_leader: str = "For the leader"
    leaders_edition: str = "Leader\u2019s edition"
    box_to_draw: str = "Box to draw or write in"
    area_to_draw: str = "Area to draw or write in"
    exercises: str = "Exercises"
    lines_to_write: str = "Lines to write on"
    access_text: str = (
        "The text reflows to any size and can be read aloud from beginning to end; "
        "headings and a linked table of contents lead to every part."
    )
    access_images: str = "All images are described in words."
    access_no_images: str = "Some images are not described in words."
    accessibility: str = "Accessibility"
    access_intro: str = (
        "What this e-book offers to those who read it with their ears, their fingers or other"
        " eyes than most, as the program found it in the files when it made them."
    )
    access_ways: str = "Ways of reading"
    access_display: str = (
        "Type, its size, its colours and the space between lines can be changed, and the text"
        " takes the width that there is."
    )
    access_aloud: str = (
        "Everything that is written can be read aloud or in braille, in the order it stands in."
    )
    access_navigation: str = "Finding the way"
    access_structure: str = (
        "The contents lead to every part, headings divide the chapters, and notes and references"
        " are links."
    )
    access_pages: str = "The pages of the printed book are marked and listed: {source}."
    access_pictures: str = "Pictures"
    access_formulas: str = "Formulas"
    access_math: str = "Formulas are MathML, which screen readers speak and let explore."
    access_math_described: str = "Each also has a form in plain characters."
    access_hazards: str = "Hazards"
    access_no_hazard: str = "Nothing in it flashes, moves or makes a sound."
    access_moves: str = "It has pictures that move; whether they flash was not measured."
    access_conformance: str = "Conformance"
    access_certified: str = "{certifier} certifies that it meets {standard}."
    access_not_certified: str = "Nobody has certified that it meets a standard."


_CATALOGUE: Mapping[str, Words] = {"en": Words()}


def words_of(language: str) -> Words:
    """The words of a language tag; English where there is no translation yet."""
    tag = language.lower()
    return _CATALOGUE.get(tag) or _CATALOGUE.get(tag.partition("-")[0]) or _CATALOGUE["en"]
