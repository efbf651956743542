"""Page furniture: running heads and folios, laid out apart from the text they stand around.

The text does not depend on its page numbers, so a gathering is laid out without margin
boxes, and its furniture as a document of empty pages that repeats what decides it: the
name of each page and the strings set on it (CSS Paged Media Level 3, 4; CSS Generated
Content for Paged Media, 1).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import tinycss2

from builder.render.html import fill
from builder.render.pdf.gathering import Furniture, PageKind

_EDGES = ("top", "right", "bottom", "left")
_CORNERS = tuple(f"{a}-{b}-corner" for a in ("top", "bottom") for b in ("left", "right"))
_SIDES = tuple(
    f"{edge}-{place}"
    for edge in _EDGES
    for place in (
        ("left", "center", "right") if edge in ("top", "bottom") else ("top", "middle", "bottom")
    )
)
MARGIN_BOXES = frozenset((*_CORNERS, *_SIDES))
# What a margin box may say for it to come out the same on an empty page.
_PLAIN_FUNCTIONS = frozenset(("string", "counter", "leader", "rgb", "rgba", "hsl", "calc", "var"))
_NO_PAINT = (
    "@page { background: none !important; border-color: transparent !important;"
    " marks: none !important }"
    "html, body { background: none !important }"
)


@cache
def without_furniture(css: str) -> str:
    """CSS for the text alone: every margin box taken out of its page rules."""
    return "".join(_rules(css, keep_boxes=False, total=0))


def furniture_css(css: Iterable[str], total: int) -> tuple[str, ...]:
    """CSS for furniture alone; ``counter(pages)`` becomes ``total``."""
    return (*("".join(_rules(text, keep_boxes=True, total=total)) for text in css), _NO_PAINT)


@cache
def is_plain(css: str) -> bool:
    """Whether all margin boxes can be laid out apart: no images, elements or foreign counters."""
    return all(_is_plain_box(box) for box in _margin_boxes(_parse(css)))


def counts_pages(css: Iterable[str]) -> bool:
    """Whether any margin box prints the number of all pages."""
    return any(
        _is_page_count(token) for text in css for token in _tokens(_margin_boxes(_parse(text)))
    )


def furniture_html(furniture: Furniture) -> str:
    """The empty pages, each with its name and its strings."""
    pages, after_blank = [], False
    last = max(index for index, kind in enumerate(furniture.kinds) if not kind.is_blank)
    for index, kind in enumerate(furniture.kinds):
        # Behind the text, the engine calls a page blank that holds the last notes: it has a folio.
        if kind.is_blank and index < last:
            after_blank = True
            continue
        pages.append({"style": _page_style(kind, index, after_blank), "strings": _strings(kind)})
        after_blank = False
    return fill("print/furniture.html", {"language": furniture.language, "pages": pages})


def _page_style(kind: PageKind, index: int, after_blank: bool) -> str:
    side = "right" if kind.is_right else "left"
    name = f"page: {kind.name}; " if kind.name else ""
    return f"{name}break-before: {side if after_blank else 'page' if index else 'auto'}"


def _strings(kind: PageKind) -> list[str]:
    return [f"string-set: {name} {_quoted(value)}" for name, value in kind.strings]


def _quoted(text: str) -> str:
    written = tinycss2.serializer.serialize_string_value(text)
    return f'"{written}"'


@cache
def _parse(css: str) -> Sequence[Any]:
    return tuple(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _is_page(rule: Any) -> bool:
    return bool(
        rule.type == "at-rule" and rule.lower_at_keyword == "page" and rule.content is not None
    )


def _is_group(rule: Any) -> bool:
    groups = ("media", "supports", "layer")
    return bool(
        rule.type == "at-rule" and rule.lower_at_keyword in groups and rule.content is not None
    )


def _page_contents(rule: Any) -> list[Any]:
    return list(
        tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    )


def _is_box(node: Any) -> bool:
    return bool(node.type == "at-rule" and node.lower_at_keyword in MARGIN_BOXES)


def _margin_boxes(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if _is_page(rule):
            yield from (node for node in _page_contents(rule) if _is_box(node))
        elif _is_group(rule):
            yield from _margin_boxes(tinycss2.parse_rule_list(rule.content, skip_comments=True))


def _tokens(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        inner = getattr(node, "arguments", None) or getattr(node, "content", None)
        if isinstance(inner, list):
            yield from _tokens(inner)


def _is_plain_box(box: Any) -> bool:
    return all(_is_plain_token(token) for token in _tokens(box.content or ()))


def _is_plain_token(token: Any) -> bool:
    if token.type == "url":
        return False
    if token.type != "function":
        return True
    if token.lower_name == "counter":
        first = next((each for each in token.arguments if each.type == "ident"), None)
        return first is not None and first.lower_value in ("page", "pages")
    return token.lower_name in _PLAIN_FUNCTIONS


def _is_page_count(token: Any) -> bool:
    return bool(
        token.type == "function"
        and token.lower_name == "counter"
        and any(each.type == "ident" and each.lower_value == "pages" for each in token.arguments)
    )


def _rules(css: str, *, keep_boxes: bool, total: int) -> Iterator[str]:
    for rule in _parse(css):
        yield from _rule(rule, keep_boxes, total)


def _rule(rule: Any, keep_boxes: bool, total: int) -> Iterator[str]:
    if _is_page(rule):
        nodes = [node for node in _page_contents(rule) if keep_boxes or not _is_box(node)]
        inner = "".join(_written(node, total) for node in nodes)
        yield f"@page{tinycss2.serialize(rule.prelude)}{{{inner}}}\n"
    elif _is_group(rule):
        inner_rules = tinycss2.parse_rule_list(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        inner = "".join(text for each in inner_rules for text in _rule(each, keep_boxes, total))
        yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}\n"
    else:
        yield f"{rule.serialize()}\n"


def _written(node: Any, total: int) -> str:
    if not _is_box(node):
        return f"{node.serialize()}{';' if node.type == 'declaration' else ''}"
    inner = "".join(_with_total(token, total) for token in node.content or ())
    return f"@{node.at_keyword}{{{inner}}}"


def _with_total(token: Any, total: int) -> str:
    return f'"{total}"' if _is_page_count(token) else str(token.serialize())
