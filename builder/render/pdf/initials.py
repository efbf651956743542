"""The first letter of a chapter, for themes that set it as a drop cap."""

from xml.etree.ElementTree import Element

from builder.parse.tree import classes, new, text_of

INITIAL = "initial"
# A drop cap has three lines beside it; of a shorter paragraph, it would reach into what follows.
_LEAST = 125


def mark_initial(body: Element) -> None:
    """Mark the letter that a chapter's first paragraph begins with, and the signs before it.

    A motto may stand above it.
    """
    first = next((child for child in body if "epigraph" not in classes(child)), None)
    if first is None or first.tag != "p" or len(text_of(first)) < _LEAST:
        return
    text = (first.text or "").lstrip()
    at = next((index for index, sign in enumerate(text) if sign.isalnum()), None)
    if at is None or any(sign.isspace() for sign in text[:at]):
        return
    letter = new("span", text[: at + 1], class_=INITIAL)
    first.text, letter.tail = None, text[at + 1 :]
    first.insert(0, letter)
