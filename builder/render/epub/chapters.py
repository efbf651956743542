"""A chapter's tree -> the one section that its file in the e-book holds."""

from collections.abc import Mapping
from copy import deepcopy
from xml.etree.ElementTree import Element

from builder.book import Numbered
from builder.parse.headings import unique
from builder.parse.tree import move_content, new, walk, with_class
from builder.render.epub.blanks import drop_blanks
from builder.render.epub.checklists import draw_boxes
from builder.render.epub.columns import set_columns
from builder.render.epub.figures import name_figures, prepare_tables
from builder.render.epub.fitting import fit_formulas, fit_headings
from builder.render.epub.glossary import give_glossary_roles
from builder.render.epub.images import Picture, show_images
from builder.render.epub.margins import place_margin_notes
from builder.render.epub.notes import place_notes
from builder.render.epub.roles import give_roles, semantics_of
from builder.render.epub.sections import nest_sections
from builder.render.epub.xhtml import make_valid
from builder.render.leader import label_leaders_notes, label_leaders_text
from builder.words import Words

# Chapters of these kinds may do without a title that is seen.
_UNTITLED = frozenset(("dedication", "epigraph"))


def shape_chapter(
    numbered: Numbered, pictures: Mapping[str, Picture], to_root: str, words: Words
) -> Element:
    """The chapter as one section, complete but for its links into the book.

    ``to_root`` leads from the chapter's file to the folder of the package.
    """
    chapter = numbered.chapter
    checklists = frozenset(each.anchor for each in chapter.headings if each.is_checklist)
    body = deepcopy(chapter.body)
    label_leaders_text(body, words)
    section = nest_sections(body, checklists)
    section.set("id", numbered.id)
    _say_what_it_is(section, numbered)
    _set_title(section, numbered)
    place_notes(section, label_leaders_notes(chapter.notes, words), words)
    drop_blanks(section)
    draw_boxes(section, words)
    show_images(section, pictures, to_root)
    name_figures(section, numbered.id)
    prepare_tables(section)
    set_columns(section)
    fit_formulas(section)
    fit_headings(section)
    place_margin_notes(section)
    give_roles(section)
    give_glossary_roles(section)
    make_valid(section)
    return section


def caption_and_title(numbered: Numbered) -> str:
    """How the chapter's heading reads as one line: ``Step 7: Know what you want``."""
    return ": ".join(part for part in (numbered.caption, numbered.title) if part)


def _say_what_it_is(section: Element, numbered: Numbered) -> None:
    file = numbered.chapter.file
    kind = semantics_of(file)
    # A page of epigraphs says so in each of them.
    says_so_inside = next(with_class(section, kind), None) is not None
    section.set("class", f"{file.role} kind-{file.kind}")
    if kind and not says_so_inside:
        section.set("epub:type", kind)
        section.set("role", f"doc-{kind}")


def _set_title(section: Element, numbered: Numbered) -> None:
    """Give the section its name: by its heading, or where none is to be seen, by a label."""
    heading = next(walk(section, "h1"), None)
    if heading is None and numbered.chapter.file.kind in _UNTITLED:
        section.set("aria-label", numbered.title)
        return
    if heading is None:
        heading = new("h1", numbered.title)
        heading.tail, section.text = section.text, "\n"
        section.insert(0, heading)
    if not heading.get("id"):
        taken = {element.get("id", "") for element in section.iter()}
        heading.set("id", unique(f"{numbered.id}.title", taken))
    section.set("aria-labelledby", heading.get("id", ""))
    if numbered.caption:
        _add_caption(heading, numbered)


def _add_caption(heading: Element, numbered: Numbered) -> None:
    """Put "Step 7" into the heading, on a line of its own; the colon is for the ear alone."""
    title = new("span", class_="title")
    move_content(heading, title)
    label = new("span", numbered.caption, class_="label", **numbered.lang)
    label.append(new("span", ": ", class_="aloud"))
    heading.text = None
    heading.extend((label, title))
