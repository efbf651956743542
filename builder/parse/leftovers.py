"""Marks that Markdown left as they stand, because they mean nothing to it."""

import difflib
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from builder.diagnostics import Diagnostic, Severity
from builder.parse.markdown import BLOCK_TYPES
from builder.parse.prose import Prose
from builder.parse.tree import AT, UNCLOSED, offset_of

_BLOCK_MARK = re.compile(r"^[ \t]*(/{3,})[ \t]*([\w-]*)[ \t]*(?:\|.*)?$", re.MULTILINE)
_DANGLING_LINK = re.compile(r"\[(?P<text>[^\[\]\n]+)\]\[(?P<name>[^\[\]\n]*)\]")
_TAG = re.compile(r"<([A-Za-z][\w-]*)")
_NAMES = (*BLOCK_TYPES, "caption")


def find_in_prose(
    tree: Element, pattern: re.Pattern[str], prose: Prose
) -> Iterator[tuple[int, re.Match[str]]]:
    """What a pattern finds in the text of a tree and, as it is, in the source; with its offset."""
    if not pattern.search("\n".join(tree.itertext())):
        # Nearly always so, and seen at once.
        return
    cursor = 0
    for element, text in _prose_of(tree):
        for found in pattern.finditer(text):
            at = prose.plain.find(found[0], max(cursor, offset_of(element)))
            cursor = max(cursor, at + 1)
            is_escaped = prose.plain[at - 1 : at] == "\\"
            if at >= 0 and not is_escaped:
                yield at, found


def _prose_of(tree: Element) -> Iterator[tuple[Element, str]]:
    """Every text outside code in order, with the nearest element that has a place."""
    yield from _prose_in(tree, tree)


def _prose_in(element: Element, placed: Element) -> Iterator[tuple[Element, str]]:
    if element.tag in ("code", "pre", "kbd", "samp"):
        return
    placed = element if element.get(AT) else placed
    if element.text:
        yield placed, element.text
    for child in element:
        yield from _prose_in(child, placed)
        if child.tail:
            yield placed, child.tail


def check_blocks(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Blocks that are never closed, and lines of slashes that open or close nothing."""
    for block in body.iter():
        if name := block.attrib.pop(UNCLOSED, ""):
            yield _unclosed(name, offset_of(block), prose)
    opened: list[str] = []
    for element, text in _prose_of(body):
        for mark in _BLOCK_MARK.finditer(text):
            if not mark[2] and mark[1] in opened:
                # It ends a block that is reported already.
                opened.remove(mark[1])
                continue
            if mark[2]:
                opened.append(mark[1])
            yield _stray(mark, offset_of(element), prose)


def check_links_defined(body: Element, prose: Prose) -> Iterator[Diagnostic]:
    """Links by name whose address is nowhere."""
    for offset, link in find_in_prose(body, _DANGLING_LINK, prose):
        name = link["name"] or link["text"]
        yield Diagnostic(
            "undefined-link",
            f'the link "{link[0]}" has no target',
            prose.source.place(offset, len(link[0])),
            f"add a line with its address: [{name}]: https://...",
        )


def check_raw_html(raw_html: Iterable[str], prose: Prose) -> Iterator[Diagnostic]:
    """Raw HTML that is never closed: what follows it is not read as Markdown any more."""
    for raw in raw_html:
        tag = _TAG.match(raw)
        at = prose.text.find(raw.strip()) if tag and "\n\n" in raw.strip() else -1
        if tag and at >= 0 and len(_opening(tag[1], raw)) > len(_closing(tag[1], raw)):
            yield Diagnostic(
                "unclosed-html",
                f"<{tag[1]}> is never closed, so what follows is not read as Markdown",
                prose.source.place(prose.source_offset(at), len(tag[0])),
                f"write </{tag[1]}> where it ends",
                Severity.WARNING,
            )


def _opening(name: str, raw: str) -> list[str]:
    return re.findall(rf"<{name}\b", raw, re.IGNORECASE)


def _closing(name: str, raw: str) -> list[str]:
    return re.findall(rf"</{name}\b", raw, re.IGNORECASE)


def _unclosed(name: str, inside: int, prose: Prose) -> Diagnostic:
    opening = re.compile(rf"^[ \t>]*(/{{3,}})[ \t]*{re.escape(name)}\b.*$", re.MULTILINE)
    found = [*opening.finditer(prose.plain)]
    # In code that is never closed, what stands in the block may be what comes before it.
    near = [each for each in found if each.start() <= inside][-1:] or found[:1]
    at = near[0].start(1) if near else inside
    slashes = near[0][1] if near else "///"
    return Diagnostic(
        "unclosed-block",
        f'the block "{name}" is never closed',
        prose.source.place(at, len(slashes) + 1 + len(name)),
        f"end it with a line {slashes}",
    )


def _stray(mark: re.Match[str], near: int, prose: Prose) -> Diagnostic:
    line = mark[0].strip()
    at = max(prose.plain.find(line, near), near)
    place = prose.source.place(at, len(line))
    slashes, name = mark[1], mark[2]
    if not name:
        hint = "delete it, or see whether the block that it should end has as many slashes"
        return Diagnostic("stray-block-end", f'"{slashes}" ends no block', place, hint)
    if name.lower() in _NAMES:
        hint = "options stand in the lines below, indented by four spaces: `attrs: {id: name}`"
        return Diagnostic("invalid-block", f'a block that does not parse: "{line}"', place, hint)
    near_names = difflib.get_close_matches(name.lower(), _NAMES, n=1)
    known = f"there are: {', '.join(_NAMES)}"
    hint = f'did you mean "{near_names[0]}"?' if near_names else known
    return Diagnostic("unknown-block", f'no block is named "{name}"', place, hint)
