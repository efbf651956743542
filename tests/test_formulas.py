"""Formulas: what is drawn and what is said of them, beside the text cases."""

import pytest

from builder.parse.bad_latex import BadLatex
from builder.parse.dollars import formula_end, masked, unmasked
from builder.parse.latex import math_of
from builder.parse.latex_drawing import drawing_of
from builder.parse.markup import markup
from builder.parse.math_text import math_text
from builder.parse.tree import NAMESPACES
from tests.pressed import EVERYTHING, Shelf


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("E=mc^2", "E = mc²"),
        (r"\frac{a}{b+1}", "a/(b+1)"),
        (r"\sqrt[3]{x_1}", "³√(x₁)"),
        (r"\sin\theta", "sin θ"),
        (r"\hat{n}'", "n\u0302′"),
        (r"\sum_{i=1}^n i", "∑_(i = 1)ⁿi"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1 2; 3 4)"),
    ],
)
def test_contents_say_a_formula_in_letters(latex: str, text: str) -> None:
    """As one would write it by hand on one line."""
    assert " ".join(math_text(math_of(latex, "inline")).split()) == text


def test_a_drawing_is_the_same_every_time() -> None:
    """It has no ids that count up, and nothing of the one before it."""
    first = markup(drawing_of(math_of("x^2", "inline")))
    drawing_of(math_of(r"\int_0^1 \sqrt{y}", "block"))

    assert markup(drawing_of(math_of("x^2", "inline"))) == first
    assert " id=" not in first


def test_a_drawing_stands_on_the_baseline() -> None:
    """A letter with a descender reaches below it, one without does not."""
    style = drawing_of(math_of("y", "inline")).get("style", "")
    depth = float(style.partition("vertical-align: ")[2].removesuffix("em"))
    flat = drawing_of(math_of("k", "inline")).get("style", "")

    assert -0.3 < depth < -0.15
    assert flat.endswith(("0.010em", "0.012em", "0.000em"))


@pytest.mark.parametrize(
    ("latex", "display", "name"),
    [
        (r"\lim_{x \to 0} x", "block", "munder"),
        (r"\lim_{x \to 0} x", "inline", "msub"),
        (r"\limsup_n x", "block", "munder"),
        (r"\max_x^y x", "block", "munderover"),
        ("x_1", "block", "msub"),
    ],
)
def test_limits_stand_below_their_word_in_a_display(latex: str, display: str, name: str) -> None:
    """In a line of text there is no room for that."""
    first = math_of(latex, display)[0][0]

    assert first.tag == f"{{{NAMESPACES['math']}}}{name}"
    assert (first[0].get("movablelimits") == "true") is (name != "msub")


def test_nothing_but_mathematics_comes_out() -> None:
    """Whatever the converter hands through, no element links, loads or styles."""
    math = math_of(r"\mathrm{a} \color{red}{b} \text{<b>}", "inline")

    assert all(element.tag.startswith(f"{{{NAMESPACES['math']}}}") for element in math.iter())
    assert not {"href", "style", "id"} & {key for each in math.iter() for key in each.attrib}


@pytest.mark.parametrize("latex", ["{" * 500 + "x" + "}" * 500, "x" * 6000, "\\", "^", "&", "\x00"])
def test_what_no_one_means_is_refused_and_nothing_breaks(latex: str) -> None:
    """It is an author's mistake, however strange."""
    with pytest.raises(BadLatex):
        drawing_of(math_of(latex, "block"))


@pytest.mark.parametrize("text", ["a $x$ b", "$$\nx\n$$", "$x$$y$", "none"])
def test_marks_are_as_long_as_what_they_stand_for(text: str) -> None:
    """So all offsets stay, and what is no formula after all can be taken back."""
    formulas = []
    at = text.find("$")
    while at >= 0:
        end = formula_end(text, at)
        formulas.append((at, end))
        at = text.find("$", end)
    made = masked(text, formulas)

    assert len(made) == len(text)
    assert "$" not in made
    assert unmasked(made, text, formulas) == text


def test_a_formula_is_tagged_with_its_source(shelf: Shelf) -> None:
    """A screen reader hears the LaTeX, and that it is a formula."""
    tags = [tag for tag in shelf.facts(EVERYTHING).structure.walk() if tag.kind == "/Formula"]
    said = {dict(tag.attributes)["/Alt"] for tag in tags}

    assert {"E = mc^2", r"\sqrt[3]{x_1}", "x > 0"} <= said
