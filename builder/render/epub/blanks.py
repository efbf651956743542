"""Blanks on a screen: what takes a pen is left out, what says something stays."""

from xml.etree.ElementTree import Element

from builder.parse.blanks import DAYS, DAYS_A_ROW, FOR_A_PEN
from builder.parse.tree import parents, remove, walk, with_class


def drop_blanks(tree: Element) -> None:
    """Leave out lines, boxes, grids and days: nobody can write on them in an e-book.

    A row of rules would be cut by the page at any height and would look like scene breaks;
    the exercise's own words say what is to be written, and the reader has a notebook. Scales,
    tables and the lists of habits have words of their own, and stay.
    """
    owners = parents(tree)
    for name in FOR_A_PEN:
        for blank in with_class(tree, name):
            remove(owners[blank], blank)
    for habits in walk(tree, "ul", "ol"):
        for key in (DAYS, DAYS_A_ROW):
            habits.attrib.pop(key, None)
