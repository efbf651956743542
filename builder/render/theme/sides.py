"""Style sheets with other selectors of pages: for books bound on the right, for parts of runs."""

from collections.abc import Mapping
from functools import cache

import tinycss2

from builder.render.theme.css import Node

_OTHER = {"left": "right", "right": "left"}
# Blank pages lie between runs, in none of them.
_NOT_FIRST = {"first": "blank"}


def mirrored(css: str) -> str:
    """A style sheet with ``@page :left`` and ``:right`` changed over (CSS Paged Media 3, 5).

    The engine takes odd pages for right ones, whichever way the book is read.
    """
    return _with_others(css, _OTHER)


@cache
def going_on(css: str) -> str:
    """A style sheet for pages that go on from others: what it says of the first is for none."""
    return _with_others(css, _NOT_FIRST)


def _with_others(css: str, others: Mapping[str, str]) -> str:
    tokens = tinycss2.parse_component_value_list(css)
    _replace(tokens, others)
    return str(tinycss2.serialize(tokens))


def _replace(tokens: list[Node], others: Mapping[str, str]) -> None:
    in_head, is_behind_colon = False, False
    for token in tokens:
        if token.type == "{} block":
            # The head of a group of rules ends here, as that of a page does.
            if not in_head:
                _replace(token.content, others)
            in_head = False
        elif token.type == "at-keyword":
            in_head = token.lower_value == "page"
        elif in_head and is_behind_colon and token.type == "ident":
            token.value = others.get(token.lower_value, token.value)
        is_behind_colon = token.type == "literal" and token.value == ":"
