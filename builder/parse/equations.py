"""Equations: formulas that stand on a line of their own."""

from xml.etree.ElementTree import Element

from builder.parse.formulas import is_equation
from builder.parse.tree import AT, append_text, new, parents, replace, walk

EQUATION, BODY, NUMBER = "equation", "equation-body", "equation-number"
# The text behind an equation goes on in the paragraph before it.
_CONTINUED = "continued"


def shape_equations(body: Element) -> None:
    """Take equations out of their paragraphs; what a paragraph is called, its last one is."""
    owners = parents(body)
    for paragraph in walk(body, "p"):
        if any(is_equation(child) for child in paragraph):
            replace(owners[paragraph], paragraph, *_split(paragraph))
    for item in walk(body, "li", "dd"):
        for child in [each for each in item if is_equation(each)]:
            replace(item, child, _equation(child))


def _split(paragraph: Element) -> list[Element]:
    """The paragraph as texts and equations in turn, without those that are empty."""
    parts = [_text_of(paragraph, is_first=True)]
    append_text(parts[-1], paragraph.text or "")
    for child in list(paragraph):
        tail, child.tail = child.tail, None
        if is_equation(child):
            _end(parts[-1])
            parts += [_equation(child), _text_of(paragraph, is_first=False)]
            append_text(parts[-1], (tail or "").lstrip())
        else:
            parts[-1].append(child)
            child.tail = tail
    made = [part for part in parts if len(part) or (part.text or "").strip()]
    last = next(part for part in reversed(made) if part.tag == "div")
    for key, value in paragraph.items():
        if key == "class":
            last.set("class", f"{EQUATION} {value}")
        elif key != AT:
            last.set(key, value)
    for part in made[:-1]:
        part.tail = "\n"
    return made


def _end(paragraph: Element) -> None:
    """No white space at its end."""
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").rstrip() or None
    else:
        paragraph.text = (paragraph.text or "").rstrip() or None


def _text_of(paragraph: Element, *, is_first: bool) -> Element:
    made = new("p") if is_first else new("p", class_=_CONTINUED)
    made.set(AT, paragraph.get(AT, "0"))
    return made


def _equation(formula: Element) -> Element:
    made = new("div", class_=EQUATION)
    made.set(AT, formula.get(AT, "0"))
    holder = new("span", class_=BODY)
    holder.append(formula)
    formula.tail = None
    made.append(holder)
    return made
