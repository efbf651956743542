"""Words in brackets with attributes, ``[pump]{index}``, and marks that are not seen.

An attribute ``index`` on anything at all is a mark for the index, ``term`` one for the glossary.
Their names are written to ``data-index`` and ``data-term`` once all attributes are in the tree.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX

from builder.parse.tree import BLOCKS, add_class, classes

# The class of a mark for the index, and the names of its entries: empty where the words that
# the mark is for are the name.
INDEX_MARK, INDEX = "index-mark", "data-index"
EXTENT, MAIN = "data-index-extent", "data-index-main"
SEE, ALSO, SORT = "data-index-see", "data-index-also", "data-index-sort"
INDEX_DATA = (INDEX, EXTENT, MAIN, SEE, ALSO, SORT)
# The term of the glossary that words are, and other forms of a term.
TERM, FORMS = "data-term", "data-term-forms"
_OPTIONS = {"see": SEE, "also": ALSO, "sort": SORT}
_BRACKETED = (
    r"(?<!!)\[(?!\^)((?:[^\[\]]|\[[^\[\]]*\])+)\]"
    r"\{[ ]*((?:[.#]|(?:index|term)\b|(?:class|dir|lang|title)=)[^{}]*)\}"
)
_MARK = r"\{[ ]*(index\b[^{}]*)\}"
# What stands right behind the end of an element belongs to that.
_BEHIND_TEXT = rf"(?<![*_)`~^=\]>\x03]){_MARK}"
_BEHIND_ELEMENT = rf"(?<=\x03){_MARK}"
_BEHIND_SIGNS = rf"(?<!\x02klzzwxh:\d{{4}}\x03){_MARK}"
# An element, and the span of the text that it stands for. The class that all patterns extend takes
# no text beside the match, which those of this kind do.
_Made = tuple[Element, int, int]
_NotMade = tuple[None, None, None]
_ATTRIBUTES = re.compile(r"\s*(\{:?[^{}\n]*\})\s*\Z")


def register(md: Markdown) -> None:
    """Teach Markdown the patterns."""
    # Behind code (190) and escapes (180), before references (170).
    md.inlinePatterns.register(_Words(_BRACKETED, md), "bracketed", 176)
    md.inlinePatterns.register(_Mark(_BEHIND_TEXT, md), "index-mark", 175)
    md.inlinePatterns.register(_NextMark(_BEHIND_ELEMENT, md), "next-index-mark", 174)
    # Behind all that ends in a sign of its own.
    md.inlinePatterns.register(_Mark(_BEHIND_SIGNS, md), "late-index-mark", 1)
    # Before attributes are looked for (9).
    md.treeprocessors.register(_MarksBeforeAttributes(md), "marks-before-attributes", 10)


def name_marks(root: Element, typeset: Callable[[str], str]) -> None:
    """Write what marks and terms say to their ``data-index``, ``data-term`` and the like."""
    for element in root.iter():
        if "index" in element.attrib:
            _name_mark(element, typeset)
        if "term" in element.attrib:
            term = element.attrib.pop("term") or ""
            element.set(TERM, "" if term == "term" else typeset(term))
        if element.tag == "dt" and "forms" in element.attrib:
            element.set(FORMS, typeset(element.attrib.pop("forms") or ""))


class _Words(InlineProcessor):
    """``[words]{.class}``: words with attributes."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Made:  # type: ignore[override]  # noqa: ARG002, N802
        """The words, in a span."""
        span = _with_attributes(m[2])
        span.text = m[1]
        return span, m.start(), m.end()


class _Mark(InlineProcessor):
    """``{index="pump"}``: a mark that is not seen."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Made:  # type: ignore[override]  # noqa: ARG002, N802
        """The mark, in an empty span."""
        span = _with_attributes(m[1])
        add_class(span, INDEX_MARK)
        return span, m.start(), m.end()


class _NextMark(_Mark):
    """One more mark, right behind another: without this it would take the place of that."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Made | _NotMade:  # type: ignore[override]  # noqa: N802
        """The mark; nothing where it belongs to the element before it."""
        before = data[: m.start()].rpartition(INLINE_PLACEHOLDER_PREFIX)[2].removesuffix("\x03")
        inline = self.md.treeprocessors["inline"]
        assert isinstance(inline, treeprocessors.InlineProcessor)
        element = inline.stashed_nodes.get(before)
        if isinstance(element, Element) and "index" in element.attrib:
            return super().handleMatch(m, data)
        return None, None, None


class _MarksBeforeAttributes(Treeprocessor):
    """Lets the attributes of a block stand before a mark at its end as well."""

    def run(self, root: Element) -> None:
        """Put them behind the mark."""
        for element in root.iter():
            if element.tag not in BLOCKS:
                continue
            marks = _marks_at_end(element)
            if not marks:
                continue
            at = len(element) - marks - 1
            before = (element.text if at < 0 else element[at].tail) or ""
            if found := _ATTRIBUTES.search(before):
                kept = before[: found.start()]
                if at < 0:
                    element.text = kept
                else:
                    element[at].tail = kept
                element[-1].tail = f" {found[1]}"


def _marks_at_end(element: Element) -> int:
    count = 0
    for child in reversed(element):
        if (child.tail or "").strip() or INDEX_MARK not in classes(child):
            break
        count += 1
    return count


def _with_attributes(text: str) -> Element:
    span = Element("span")
    for key, value in get_attrs_and_remainder(" ".join(text.split()))[0]:
        if key == ".":
            add_class(span, value or "")
        else:
            span.set(key, value or "")
    return span


def _name_mark(element: Element, typeset: Callable[[str], str]) -> None:
    names = element.attrib.pop("index") or ""
    element.set(INDEX, "" if names == "index" else typeset(names))
    for option, name in _OPTIONS.items():
        if option in element.attrib:
            element.set(name, typeset(element.attrib.pop(option) or ""))
    for extent in ("from", "to"):
        if extent in element.attrib:
            element.attrib.pop(extent)
            element.set(EXTENT, extent)
    if "main" in classes(element):
        kept = [name for name in classes(element) if name != "main"]
        element.attrib.pop("class")
        if kept:
            element.set("class", " ".join(kept))
        element.set(MAIN, "")
