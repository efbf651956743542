"""A chapter's source told apart into prose, code and comments, before Markdown reads it.

Comments never ship, so Markdown gets the text without them; what stands in code is no
comment, no link and no mark of a block.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from builder.diagnostics import Diagnostic
from builder.fences import fence_at
from builder.parse.dollars import formula_end, masked, unmasked
from builder.source import Source, Span

_EVENT = re.compile(
    r"(?P<escape>\\[\\`$])|(?P<comment><!--)|(?P<dollars>\$\$?)"
    r"|^(?P<prefix>[> \t]*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*|(?P<ticks>`+)",
    re.MULTILINE,
)
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t>]*(?=\n)")
_CHUNK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_INDENTED = re.compile(r"(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
# What takes the indented lines behind it as its own: items, definitions, notes, boxes.
_CONTAINER = re.compile(r"^ {0,3}(?:[-*+:][ \t]|\d+[.)][ \t]|\[\^|!!!|\?\?\?)", re.MULTILINE)


@dataclass(frozen=True)
class Prose:
    """A chapter's text for Markdown, and how its offsets lead back to the source.

    ``cuts`` are the spans of the source that Markdown does not get: front matter and
    comments. ``blocks`` are its blocks of code, ``spans`` the code within lines. Of
    ``formulas``, Markdown gets marks of the same length.
    """

    source: Source
    cuts: tuple[Span, ...]
    blocks: tuple[Span, ...]
    spans: tuple[Span, ...]
    formulas: tuple[Span, ...] = ()

    @cached_property
    def text(self) -> str:
        """What Markdown gets."""
        return self._cut(masked(self.source.text, self.formulas))

    @cached_property
    def text_outside_blocks(self) -> str:
        """The same with blocks of code blanked."""
        return self._cut(_blanked(masked(self.source.text, self.formulas), self.blocks))

    @cached_property
    def plain(self) -> str:
        """The source with everything blanked that is not prose; offsets are the source's."""
        spans = (*self.cuts, *self.blocks, *self.spans, *self.formulas)
        return _blanked(self.source.text, sorted(spans))

    def unmasked(self, text: str) -> str:
        """A text of Markdown's with its formulas as they were written."""
        return unmasked(text, self.source.text, self.formulas)

    def source_offset(self, offset: int) -> int:
        """Where a character of ``text`` stands in the source."""
        index = bisect_right(self._cut_starts, offset)
        return offset + self._shifts[index]

    def text_offset(self, offset: int) -> int:
        """Where a character of the source stands in ``text``."""
        index = bisect_right(self.cuts, (offset, len(self.source.text)))
        return offset - self._shifts[index]

    @cached_property
    def _shifts(self) -> list[int]:
        return list(accumulate((end - start for start, end in self.cuts), initial=0))

    @cached_property
    def _cut_starts(self) -> list[int]:
        return [start - shift for (start, _), shift in zip(self.cuts, self._shifts, strict=False)]

    def _cut(self, text: str) -> str:
        edges = (0, *(edge for cut in self.cuts for edge in cut), len(text))
        return "".join(text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2))


def footnote_definitions(plain: str) -> tuple[tuple[str, int], ...]:
    """Label and offset of every footnote's text, as Markdown's extension reads them."""
    return tuple((found[1], found.start(1) - 2) for found in _DEFINITION.finditer(plain))


def read_prose(source: Source, start: int) -> tuple[Prose, tuple[Diagnostic, ...]]:
    """Tell the source apart, from the offset behind its front matter."""
    scanner = _Scanner(source, start)
    scanner.scan()
    blocks = sorted({*scanner.blocks, *scanner.indented})
    spans, formulas = tuple(scanner.spans), tuple(scanner.formulas)
    prose = Prose(source, tuple(scanner.cuts), tuple(blocks), spans, formulas)
    return prose, tuple(scanner.findings)


class _Scanner:
    """Goes once through a source, from one mark of code or comment to the next."""

    def __init__(self, source: Source, start: int) -> None:
        self.source, self.text, self.at = source, source.text, start
        self.cuts: list[Span] = [(0, start)] if start else []
        self.blocks: list[Span] = []
        self.spans: list[Span] = []
        self.formulas: list[Span] = []
        self.findings: list[Diagnostic] = []
        self.indented = tuple(_indented_code(self.text, start))

    def scan(self) -> None:
        """Find everything."""
        while event := _EVENT.search(self.text, self.at):
            self.at = event.end()
            if self._in_indented_code(event.start()):
                continue
            if event["comment"]:
                self._comment(event.start())
            elif event["fence"]:
                self._fence(event)
            elif event["dollars"]:
                self._formula(event)
            elif event["ticks"]:
                self._code_span(event)

    def _in_indented_code(self, offset: int) -> bool:
        index = bisect_right(self.indented, (offset, len(self.text))) - 1
        return index >= 0 and offset < self.indented[index][1]

    def _comment(self, start: int) -> None:
        end = self.text.find("-->", start + len("<!--"))
        if end < 0:
            hint = "end it with -->"
            place = self.source.place(start, len("<!--"))
            self.findings.append(
                Diagnostic("unclosed-comment", "a comment is never closed", place, hint)
            )
            self.at = len(self.text)
            return
        self.at = end + len("-->")
        self.cuts.append(_whole_lines(self.text, start, self.at))
        self.at = max(self.at, self.cuts[-1][1])

    def _fence(self, opening: re.Match[str]) -> None:
        prefix, fence = opening["prefix"].expandtabs(4), opening["fence"]
        if not fence_at(self.source, opening.start()):
            self.findings.append(_unread_fence(opening, self.source))
        if end := _fence_end(self.text, opening.end(), prefix, fence):
            self.at = end
            self.blocks.append((opening.start(), end))
            return
        self.findings.append(
            Diagnostic(
                "unclosed-code",
                "a block of code is never closed",
                self.source.place(opening.start("fence"), len(fence)),
                f"end it with a line {fence}, indented like the first",
            )
        )

    def _formula(self, opening: re.Match[str]) -> None:
        if end := formula_end(self.text, opening.start()):
            self.at = end
            self.formulas.append((opening.start(), end))
            return
        line_start = self.text.rfind("\n", 0, opening.start()) + 1
        before = self.text[line_start : opening.start()]
        if opening["dollars"] == "$$" and not before.strip(" \t>"):
            place = self.source.place(opening.start(), len("$$"))
            hint = "end it with $$ before the next blank line"
            message = "a formula is never closed, or empty"
            self.findings.append(Diagnostic("unclosed-formula", message, place, hint))

    def _code_span(self, opening: re.Match[str]) -> None:
        ticks = opening["ticks"]
        blank = _BLANK_LINE.search(self.text, opening.end())
        limit = blank.start() if blank else len(self.text)
        closing = re.compile(rf"(?<!`){ticks}(?!`)").search(self.text, opening.end(), limit)
        if closing:
            self.at = closing.end()
            self.spans.append((opening.start(), closing.end()))


def _unread_fence(opening: re.Match[str], source: Source) -> Diagnostic:
    start = opening.end("fence")
    text = opening.string[start : opening.end()]
    return Diagnostic(
        "bad-code-option",
        f'a block of code that begins with what cannot be read: "{text.strip()[:60]}"',
        source.place(start + len(text) - len(text.lstrip()), len(text.strip())),
        'write the language, and options in braces behind it: ```python {linenos hl="2-3"}',
    )


def _fence_end(text: str, at: int, prefix: str, fence: str) -> int:
    """The end of the line that closes a fence; 0 where a line is not indented enough."""
    width = len(prefix)
    while 0 <= at < len(text):
        start = at + 1
        at = text.find("\n", start)
        line = (text[start:] if at < 0 else text[start:at]).expandtabs(4)
        inner = line[:width].lstrip("> ")
        content = inner + line[width:]
        if line[:width].count(">") != prefix.count(">"):
            return 0
        if not content.strip():
            continue
        if inner:
            return 0
        if content.startswith(fence) and not content[len(fence) :].strip():
            return len(text) if at < 0 else at
    return 0


def _whole_lines(text: str, start: int, end: int) -> Span:
    """The span with its line ends where nothing else stands in its lines."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if text[line_start:start].strip() or text[end:line_end].strip():
        return start, end
    return line_start, min(line_end + 1, len(text))


def _indented_code(text: str, start: int) -> Iterator[Span]:
    """Lines indented by four spaces behind a blank line that belong to nothing above them."""
    in_container = False
    for chunk in _CHUNK.finditer(text, start):
        code = _INDENTED.match(text, chunk.start(), chunk.end())
        if not code:
            in_container = bool(_CONTAINER.search(chunk[0]))
        elif not in_container:
            yield code.span()


def _blanked(text: str, spans: Iterable[Span]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        if end > at:
            pieces.append(text[at : max(start, at)])
            blank = text[max(start, at) : end]
            pieces.append("\n".join(" " * len(line) for line in blank.split("\n")))
            at = end
    return "".join((*pieces, text[at:]))
