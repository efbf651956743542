"""What the builder adds to Markdown: places, lists without gaps, code apart, typography."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksProcessor

from builder.parse import bracketed
from builder.parse.attributes import IN_BRACES
from builder.parse.citation_marks import CitationProcessor, citation_processors
from builder.parse.code_apart import CodeApart
from builder.parse.mark_spans import take_marks
from builder.parse.positions import mark_blocks
from builder.parse.prose import Prose, footnote_definitions
from builder.parse.quotes import Marks
from builder.parse.raw_html import start_tags, with_places
from builder.parse.table_rows import Rows
from builder.parse.tree import AT, UNCLOSED, new, remove
from builder.parse.typography import set_marks

_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+[.)]) +\S")
# As in CommonMark, only these may follow a paragraph without a blank line.
_FIRST_ITEM = re.compile(r"(?:[-*+]|1[.)]) +\S")
_UNTITLED = re.compile(r"^( *(?:> ?)*/{3,} *[\w-]+) +(\{[^\n]*)$")
# The block of captions takes id and classes as a selector.
_CAPTION = re.compile(r"^( *(?:> ?)*/{3,} *caption) +\{ *([#.][\w# .-]*)\} *$")
_DEFINITION = re.compile(r" {0,3}: +\S")
_RULE = re.compile(r"(?:[-*_] *){3,}$")
_TABLE_RULE = re.compile(r"\|?(?: *:?-+:? *\|)+")
_OWN_ATTRIBUTES = re.compile(rf"[ ]+({IN_BRACES}[ ]*)$")


class BookExtension(Extension):
    """The builder's processors; holds the chapter that is being converted."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.prose: Prose
        # What the chapter has of raw HTML, and the same with its places by the number in the stash.
        self.raw_html: tuple[str, ...] = ()
        self.placed_html: Mapping[int, str] = {}
        self.marks = marks
        self._citations: tuple[CitationProcessor, ...] = ()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, '"', "'", "@", "$"]
        md.parser.blockprocessors.register(Rows(md), "table", 75)
        made = citation_processors(md)
        for processor, name, priority in made:
            md.inlinePatterns.register(processor, name, priority)
        self._citations = tuple(processor for processor, _, _ in made)
        # Behind blocks of code (25), before raw HTML (20).
        md.preprocessors.register(_Lines(md), "lines", 24)
        # Behind footnotes (50), before what looks for the ends of paragraphs.
        md.treeprocessors.register(_BareNotes(md), "bare-notes", 45)
        # Behind footnotes (50), before task lists (25) and all that stands in lines (20).
        md.treeprocessors.register(_Positions(md, self), "positions", 40)
        md.treeprocessors.register(_TaskMarks(md, self), "task-marks", 30)
        # Before attribute lists (8) look for them.
        md.treeprocessors.register(_OwnAttributes(md), "own-attributes", 9)
        bracketed.register(md)
        # Behind attribute lists (8).
        md.treeprocessors.register(_IndexMarks(md, self), "index-marks", 7.5)
        # Behind attribute lists and abbreviations (7), before escapes are taken back (0).
        md.treeprocessors.register(_Typography(md, self), "typography", 6)
        md.treeprocessors.register(CodeApart(md), "code-apart", 1)
        # Behind all that looks at raw HTML.
        md.treeprocessors.register(_RawPlaces(md, self), "raw-places", 0.5)

    def read_citations(self, is_on: bool) -> None:
        """Say whether the chapter that comes next has citations."""
        for processor in self._citations:
            processor.is_on = is_on


class _Lines(Preprocessor):
    """Writes lines as Markdown's extensions need them where authors may write less."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with blank ones before items, and with the bar before a block's attributes."""
        return [_UNTITLED.sub(r"\1 | \2", _with_selector(line)) for line in _with_gaps(lines)]


def _with_selector(line: str) -> str:
    found = _CAPTION.match(line)
    return f"{found[1]} | {''.join(found[2].split())}" if found else line


def _with_gaps(lines: list[str]) -> Iterator[str]:
    chunk = ""
    in_list = False
    for index, line in enumerate(lines):
        if not line.strip():
            chunk = ""
        elif not chunk:
            chunk = line
            in_list = bool(_ITEM.match(line))
        elif not in_list and _interrupts(line, chunk, lines[index - 1]):
            yield ""
            in_list = True
        elif _is_next_term(lines[index - 1 : index + 2]):
            yield ""
        yield line


def _interrupts(line: str, chunk: str, before: str) -> bool:
    """Whether a line is the first of a list, though the text before it goes on."""
    if chunk.startswith("    "):
        # What stands indented is part of an item, and here comes the next item.
        return bool(_ITEM.match(line))
    if _RULE.match(line) or _TABLE_RULE.match(before) or before.startswith("    "):
        return False
    return bool(_FIRST_ITEM.match(line))


def _is_next_term(lines: Sequence[str]) -> bool:
    """Whether the second of three lines is a term that follows a definition at once."""
    if len(lines) < 3 or lines[1].startswith((":", " ")):
        return False
    return bool(_DEFINITION.match(lines[0]) and _DEFINITION.match(lines[2]))


class _BareNotes(Treeprocessor):
    """Takes out the links back from notes: attributes may end a note as they end a paragraph."""

    def run(self, root: Element) -> None:
        """Take them out, with the space before them."""
        for parent in list(root.iter()):
            for link in [child for child in parent if child.get("class") == "footnote-backref"]:
                remove(parent, link)
                parent.text = (parent.text or "").replace(NBSP_PLACEHOLDER, "")


class _Positions(Treeprocessor):
    """Marks every block with its offset, and the blocks that are never closed."""

    def __init__(self, md: Markdown, own: BookExtension) -> None:
        super().__init__(md)
        self._own = own

    def run(self, root: Element) -> None:
        """Mark the tree."""
        prose = self._own.prose
        definitions = footnote_definitions(prose.plain)
        notes = {f"fn:{label}": offset for label, offset in reversed(definitions)}
        stash = self.md.htmlStash.rawHtmlBlocks
        self._own.placed_html = mark_blocks(root, stash, prose, notes)
        blocks = self.md.parser.blockprocessors["blocks"]
        assert isinstance(blocks, BlocksProcessor)
        for entry in blocks.stack:
            entry.el.set(UNCLOSED, entry.block.NAME)


class _TaskMarks(Treeprocessor):
    """Takes the marks of tasks out of their sentences."""

    def __init__(self, md: Markdown, own: BookExtension) -> None:
        super().__init__(md)
        self._own = own

    def run(self, root: Element) -> None:
        """Take them."""
        take_marks(root, self._own.prose)


class _OwnAttributes(Treeprocessor):
    """Lets attributes stand in the last line of a paragraph or the like, not only below it."""

    def run(self, root: Element) -> None:
        """Put each on a line of its own, where the extension finds them."""
        for element in root.iter():
            if element.tag in ("dd", "li", "p"):
                inline = [child for child in element if not self.md.is_block_level(child.tag)]
                if inline and inline[-1].tail:
                    inline[-1].tail = _OWN_ATTRIBUTES.sub(r"\n\1", inline[-1].tail)
                elif not inline and element.text:
                    element.text = _OWN_ATTRIBUTES.sub(r"\n\1", f" {element.text}").removeprefix(
                        " "
                    )


class _Typography(Treeprocessor):
    """Sets the marks of the language in text that is no code."""

    def __init__(self, md: Markdown, own: BookExtension) -> None:
        super().__init__(md)
        self._own = own

    def run(self, root: Element) -> None:
        """Set them."""
        set_marks(root, self.md.htmlStash.rawHtmlBlocks, self._own.marks)


class _IndexMarks(Treeprocessor):
    """Gathers what the marks for the index say, in the typography of the language."""

    def __init__(self, md: Markdown, own: BookExtension) -> None:
        super().__init__(md)
        self._own = own

    def run(self, root: Element) -> None:
        """Gather it."""
        bracketed.name_marks(root, self._typeset)

    def _typeset(self, text: str) -> str:
        holder = new("p", text)
        set_marks(holder, self.md.htmlStash.rawHtmlBlocks, self._own.marks)
        return holder.text or ""


class _RawPlaces(Treeprocessor):
    """Gives the tags of raw HTML their places; only those that the builder writes count."""

    def __init__(self, md: Markdown, own: BookExtension) -> None:
        super().__init__(md)
        self._own = own

    def run(self, root: Element) -> None:  # noqa: ARG002
        """Write them into what was put aside."""
        stash = self.md.htmlStash.rawHtmlBlocks
        self._own.raw_html = tuple(raw for raw in stash if isinstance(raw, str))
        for number, raw in enumerate(stash):
            if number in self._own.placed_html:
                stash[number] = self._own.placed_html[number]
            elif isinstance(raw, str) and AT in raw.lower():
                tags = start_tags(raw)
                stash[number] = with_places(raw, tags, ("" for _ in tags))
