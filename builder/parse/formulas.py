"""Formulas in the tree: as MathML for screens and as a drawing for paper."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.book import Output
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.bad_latex import BadLatex
from builder.parse.dollars import is_display, latex_of, split_at_formulas
from builder.parse.latex import math_of
from builder.parse.latex_drawing import drawing_of
from builder.parse.math_text import math_text
from builder.parse.prose import Prose
from builder.parse.tree import (
    AT,
    SAYS,
    WIDTH,
    classes,
    local_name,
    new,
    parents,
    replace,
    with_class,
)
from builder.source import Span

# A formula in both forms, and one that stands on a line of its own.
FORMULA, DISPLAY = "math", "display"
_LITERAL = frozenset(("code", "kbd", "pre", "samp"))


def restore_source(body: Element, prose: Prose) -> None:
    """Take what is no formula for what it is: what stands in code, addresses and attributes."""
    if prose.formulas:
        _restore(body, prose, is_literal=False)


def insert_formulas(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Put each formula where it was written; one that does not parse stands as it is."""
    if not prose.formulas:
        return
    for element in list(body.iter()):
        children = list(element)
        del element[:]
        element.text, findings = _expand(element, element.text, prose)
        yield from findings
        for child in children:
            tail, child.tail = child.tail, None
            element.append(child)
            child.tail, findings = _expand(element, tail, prose)
            yield from findings


def keep_formulas(tree: Element, output: Output) -> None:
    """Keep of each formula the form that an output shows."""
    owners = parents(tree)
    for formula in with_class(tree, FORMULA):
        if [local_name(child) for child in formula] == ["math", "svg"]:
            kept = formula[0 if output == "epub" else 1]
            kept.set(AT, formula.get(AT, "0"))
            if output == "epub" and is_equation(formula):
                kept.set(WIDTH, formula[1].get(WIDTH, "0"))
            replace(owners[formula], formula, kept)


def is_equation(element: Element) -> bool:
    """Whether an element is a formula for a line of its own."""
    return {FORMULA, DISPLAY} <= {*classes(element)}


def _restore(element: Element, prose: Prose, *, is_literal: bool) -> None:
    for key, value in element.items():
        element.set(key, prose.unmasked(value))
    is_literal |= element.tag in _LITERAL
    is_literal |= element.tag == "a" and prose.unmasked(element.text or "") == element.get("href")
    if is_literal and element.text:
        element.text = prose.unmasked(element.text)
    for child in element:
        _restore(child, prose, is_literal=is_literal)
        if is_literal and child.tail:
            child.tail = prose.unmasked(child.tail)


def _expand(
    parent: Element, text: str | None, prose: Prose
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Append the formulas in a text, with what is behind each; returns what is before the first."""
    texts, numbers = split_at_formulas(text or "")
    findings: list[Diagnostic] = []
    for number, behind in zip(numbers, texts[1:], strict=True):
        made = _formula(prose.formulas[number], prose)
        findings += made.findings
        made.value.tail = behind or None
        parent.append(made.value)
    return texts[0] or None, tuple(findings)


def _formula(span: Span, prose: Prose) -> Outcome[Element]:
    text = prose.source.text
    display = is_display(text, span)
    latex = latex_of(text, span)
    try:
        math = math_of(latex, "block" if display else "inline")
        drawing = drawing_of(math)
    except BadLatex as error:
        return Outcome(new("code", text[slice(*span)]), (_finding(error, latex, span, prose),))
    made = new("span", class_=f"{FORMULA} {DISPLAY}" if display else FORMULA)
    made.set(AT, str(span[0]))
    text = " ".join(math_text(math).split())
    made.set(SAYS, text)
    drawing.set(SAYS, text)
    made.extend((math, drawing))
    return Outcome(made)


def _finding(error: BadLatex, latex: str, span: Span, prose: Prose) -> Diagnostic:
    """What is wrong, at the place in the source where it is."""
    start, end = span
    part = latex[error.at : error.at + error.length]
    at = prose.source.text.find(part, start, end) if part else start
    # The same letters may stand before: count them off.
    for _ in range(latex.count(part, 0, error.at) if part else 0):
        at = prose.source.text.find(part, at + 1, end)
    place = prose.source.place(max(at, start), len(part) or end - start)
    return Diagnostic("bad-formula", error.message, place, error.hint)
