"""Lines of code: their numbers, and marks on those that are meant."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic
from builder.fences import Fence
from builder.parse.tree import add_class, append_text, lines_of, move_content, new

# Code whose lines are marked or numbered; one line of it; its number.
LINED, NUMBERED, LINE, MARKED, NUMBER = "lined", "numbered", "code-line", "hl", "line-number"
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


def mark_lines(pre: Element, fence: Fence) -> Iterator[Diagnostic]:
    """Number the lines where ``linenos`` asks for it, and mark those that ``hl`` names."""
    code = pre.find("code")
    if code is None or not {"hl", "linenos"} & fence.options.keys():
        return
    lines = _lines_of_code(code)
    first = fence.options.get("linenos", "") or "1"
    if not first.isdecimal():
        hint = "write {linenos}, or the number of the first line: {linenos=10}"
        yield _bad_numbers(fence, "linenos", hint)
        first = "1"
    shown = range(int(first), int(first) + len(lines))
    marked = _numbers_in(fence.options.get("hl", ""))
    if "hl" in fence.options and (not marked or not marked <= {*shown}):
        hint = f'write numbers from {shown[0]} to {shown[-1]}, as in hl="2-3,7"'
        yield _bad_numbers(fence, "hl", hint)
    add_class(pre, LINED)
    if "linenos" in fence.options:
        add_class(pre, NUMBERED)
    code.clear()
    for number, line in zip(shown, lines, strict=True):
        made = new("mark" if number in marked else "span", class_=LINE)
        if number in marked:
            add_class(made, MARKED)
        if "linenos" in fence.options:
            made.append(new("span", str(number), class_=NUMBER, aria_hidden="true"))
        move_content(line, made)
        append_text(made, "\n")
        code.append(made)


def _lines_of_code(code: Element) -> list[Element]:
    """The lines up to the last that is not empty."""
    lines = lines_of(code)
    while len(lines) > 1 and not "".join(lines[-1].itertext()).strip():
        lines.pop()
    return lines


def _numbers_in(text: str) -> frozenset[int]:
    """The numbers in ``2-3,7``; none where it says anything else."""
    numbers: set[int] = set()
    for part in text.replace(",", " ").split():
        found = _RANGE.fullmatch(part)
        if not found:
            return frozenset()
        numbers.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    return frozenset(numbers)


def _bad_numbers(fence: Fence, option: str, hint: str) -> Diagnostic:
    message = f'not lines of the code: "{fence.options[option]}"'
    return Diagnostic("bad-code-option", message, fence.place(option), hint)
