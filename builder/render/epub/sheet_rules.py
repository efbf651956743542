"""Rules of the style sheet that pages ask for: sizes that give way, and styles of one element.

A page has no style of its own: what an author or the builder asks of one element is a class, named
after what it does, and the one sheet of the book says it.
"""

import hashlib
import string
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from builder.parse.tree import add_class
from builder.render.epub.fitting import STEPS, class_for

# Of such signs is what can stand in a sheet as it is; strings, addresses and functions cannot.
_NAMES = frozenset(string.ascii_lowercase + "-")
_VALUES = frozenset(string.ascii_letters + string.digits + " .,%#-")
# The room that a line has for letters of the usual width, in hundredths of what is around it.
_ROOM = 172
# How small the title of the book is at least, where a reader does not know how wide the page is.
_TITLE_SIZES = {10: 0.8, 12: 0.7, 14: 0.6, 16: 0.6, 18: 0.6}
# A property and its value.
_Declaration = tuple[str, str]


def letter_rules() -> str:
    """What each of the classes ``letters-N`` does, unless a theme says otherwise."""
    sizes = {step: f"font-size: min(1em, {_ROOM / step:.1f}cqi)" for step in STEPS}
    usual = [f".{class_for(step)} {{ {size} }}" for step, size in sizes.items()]
    titles = [
        f".title-page .{class_for(step)} {{ font-size: {known}em; {sizes[step]} }}"
        for step, known in _TITLE_SIZES.items()
    ]
    return _lines((*usual, *titles))


def style_rules(styles: Iterable[str]) -> str:
    """What the classes of styles do, as strong as the attributes that they stand for."""
    rules = {
        f".{name}.{name} {{ {'; '.join(': '.join(each) for each in found)} }}"
        for style in styles
        if (found := _declarations(style)) and (name := _name_of(found))
    }
    return _lines(sorted(rules))


def styles_in(section: Element) -> frozenset[str]:
    """The styles of elements that the sheet can say."""
    styles = {each.get("style", "") for each in section.iter()}
    return frozenset(style for style in styles if _declarations(style))


def move_styles(section: Element) -> None:
    """Give elements the classes of their styles instead."""
    for element in section.iter():
        if found := _declarations(element.get("style", "")):
            del element.attrib["style"]
            add_class(element, _name_of(found))


def _declarations(style: str) -> tuple[_Declaration, ...]:
    """What a style says; nothing where any of it is not plain."""
    parts = [part.partition(":") for part in style.split(";") if part.strip()]
    found = tuple((name.strip(), " ".join(value.split())) for name, _, value in parts)
    is_plain = all(
        name and value and _NAMES.issuperset(name) and _VALUES.issuperset(value)
        for name, value in found
    )
    return found if is_plain else ()


def _name_of(declarations: tuple[_Declaration, ...]) -> str:
    """``set-width-50percent``; where more is said, a number that is its own."""
    name, value = declarations[0]
    plain = value.replace("%", "percent")
    if len(declarations) == 1 and plain.isalnum():
        return f"set-{name}-{plain.lower()}"
    return f"set-{hashlib.sha256(repr(declarations).encode()).hexdigest()[:8]}"


def _lines(rules: Iterable[str]) -> str:
    return "".join(f"{rule}\n" for rule in rules)
