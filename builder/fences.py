"""What stands behind the fence of a block of code: ``python {linenos hl="2-3"}``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.diagnostics import Place
from builder.source import Source, Span

_HEAD = re.compile(
    r"^[> \t]*(?:`{3,}|~{3,})[ \t]*(?P<language>[\w#.+-]*)[ \t]*(?:\{(?P<inside>[^\n]*)\}[ \t]*)?$",
    re.MULTILINE,
)
_TOKEN = re.compile(
    r"""[#.][^\s}]+|(?P<key>[A-Za-z][\w-]*)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<bare>[^\s"']+)))?"""
)


@dataclass(frozen=True, slots=True)
class Fence:
    """The first line of a block of code: its language, its options, and where these stand."""

    source: Source
    language: str
    options: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def place(self, option: str) -> Place:
        """Where the value of an option stands, or its name where it has none."""
        start, end = self.spans[option]
        return self.source.place(start, end - start)


def fence_at(source: Source, offset: int) -> Fence | None:
    """The fence in the line that an offset begins; None where there is none."""
    head = _HEAD.match(source.text, offset)
    return _fence_of(head, source) if head else None


def find_fences(source: Source) -> Iterator[Fence]:
    """Every line that may be the first of a block of code, those within code as well."""
    for head in _HEAD.finditer(source.text):
        if head["inside"]:
            yield _fence_of(head, source)


def _fence_of(head: re.Match[str], source: Source) -> Fence:
    options, spans = {}, {}
    for token in _TOKEN.finditer(head["inside"] or ""):
        key = token["key"]
        if not key:
            continue
        kind = next((name for name in ("double", "single", "bare") if token[name] is not None), "")
        start, end = token.span(kind or "key")
        options[key] = token[kind] if kind else ""
        spans[key] = head.start("inside") + start, head.start("inside") + end
    return Fence(source, head["language"], options, spans)
