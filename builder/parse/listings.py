"""Blocks of code: what their fences ask for, as few spans as need be, captions above them."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from builder.book import ChapterFile, Included
from builder.diagnostics import Diagnostic
from builder.fences import Fence, fence_at
from builder.parse.captions import LISTING
from builder.parse.code_lines import mark_lines
from builder.parse.coloured import HIGHLIGHT, LANGUAGE, colour
from builder.parse.excerpts import BadExcerpt, excerpt
from builder.parse.tree import (
    AT,
    add_class,
    classes,
    offset_of,
    parents,
    replace,
    walk,
    with_class,
)
from builder.paths import path_in_book

_CODE = "code"
_KNOWN = frozenset(("class", "file", "hl", "id", "linenos", "lines", "region"))


def shape_code(body: Element) -> None:
    """Blocks of code: one ``pre``, its text in spans by meaning."""
    owners = parents(body)
    for block in with_class(body, HIGHLIGHT):
        pre = block.find("pre")
        if pre is not None:
            replace(owners[block], block, _plain(block, pre))


def fill_code(body: Element, file: ChapterFile) -> Iterator[Diagnostic]:
    """Give each block of code what its fence asks for: the text of a file, numbers, marks."""
    for pre in [each for each in walk(body, "pre") if _CODE in classes(each)]:
        fence = fence_at(file.source, offset_of(pre)) if pre.get(AT) else None
        if fence is not None and fence.options:
            yield from _check_options(fence)
            failed = tuple(_include(pre, fence, file)) if "file" in fence.options else ()
            yield from failed or mark_lines(pre, fence)


def shape_listings(body: Element) -> None:
    """Code with a caption is a listing: the caption comes first, and the id is the whole's."""
    for figure in walk(body, "figure"):
        code, caption = figure.find("pre"), figure.find("figcaption")
        if code is None or caption is None:
            continue
        add_class(figure, LISTING)
        if name := code.attrib.pop("id", ""):
            figure.attrib.setdefault("id", name)
        figure.remove(caption)
        figure.insert(0, caption)


def _plain(block: Element, pre: Element) -> Element:
    for span in [child for child in pre if child.tag == "span" and not child.text]:
        pre.remove(span)
    code, language = pre.find("code"), block.attrib.pop(LANGUAGE, "")
    if code is not None and language:
        colour(code, "".join(code.itertext()), language)
    names = [name for name in classes(block) if name != HIGHLIGHT]
    pre.attrib = {**block.attrib, "class": " ".join((_CODE, *names))}
    return pre


def _check_options(fence: Fence) -> Iterator[Diagnostic]:
    for name in fence.options:
        if name not in _KNOWN:
            message = f'a block of code has no option "{name}"'
            hint = f"there are: {', '.join(sorted(_KNOWN))}"
            yield Diagnostic("bad-code-option", message, fence.place(name), hint)
    for name in ("lines", "region"):
        if name in fence.options and "file" not in fence.options:
            message = f'"{name}" without a file'
            hint = f'name the file as well: {{file="pump.py" {name}="..."}}'
            yield Diagnostic("bad-code-option", message, fence.place(name), hint)


def _include(pre: Element, fence: Fence, file: ChapterFile) -> Iterator[Diagnostic]:
    """Put the code of a file into a block that has none of its own."""
    code = pre.find("code")
    assert code is not None
    if "".join(code.itertext()).strip():
        hint = "delete the one or the other"
        message = "a block of code that includes a file has lines of its own"
        yield Diagnostic("bad-code-option", message, fence.place("file"), hint)
        return
    try:
        text = excerpt(fence, _included(fence, file))
    except BadExcerpt as error:
        yield error.finding
        return
    suffix = PurePosixPath(fence.options["file"]).suffix.removeprefix(".")
    colour(code, text, fence.language or suffix)


def _included(fence: Fence, file: ChapterFile) -> Included | None:
    path = path_in_book(fence.options["file"], file.source.path)
    return next((each for each in file.included if each.path == path), None)
