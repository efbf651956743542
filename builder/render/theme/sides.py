"""Style sheets for books that are bound on the right: there, odd pages lie on the left."""

import tinycss2

from builder.render.theme.css import Node

_OTHER = {"left": "right", "right": "left"}


def mirrored(css: str) -> str:
    """A style sheet with ``@page :left`` and ``:right`` changed over (CSS Paged Media 3, 5).

    The engine takes odd pages for right ones, whichever way the book is read.
    """
    tokens = tinycss2.parse_component_value_list(css)
    _mirror(tokens)
    return str(tinycss2.serialize(tokens))


def _mirror(tokens: list[Node]) -> None:
    in_head, is_behind_colon = False, False
    for token in tokens:
        if token.type == "{} block":
            # The head of a group of rules ends here, as that of a page does.
            if not in_head:
                _mirror(token.content)
            in_head = False
        elif token.type == "at-keyword":
            in_head = token.lower_value == "page"
        elif in_head and is_behind_colon and token.type == "ident":
            token.value = _OTHER.get(token.lower_value, token.value)
        is_behind_colon = token.type == "literal" and token.value == ":"
