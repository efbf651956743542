"""The text of a paragraph as the engine has it, measured once: where each line of it may end."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from weasyprint.css.properties import INHERITED
from weasyprint.formatting_structure.boxes import (
    InlineBlockBox,
    InlineBox,
    InlineReplacedBox,
    TextBox,
)
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.replaced import inline_replaced_box_layout

from builder.render.pdf.line_breaks import Break
from builder.render.pdf.shaped_text import Shaped, Unmeasurable

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import LayoutContext

Place = dict[int, "Place | None"]
_Path = tuple[int, ...]

_SPACES = " \xa0"
_WRAPPED = "normal"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: its breaks, a space in ems, and the offset at which each of its boxes begins."""

    breaks: tuple[Break, ...]
    space: float
    starts: Mapping[_Path, int]
    texts: frozenset[_Path]

    @property
    def end(self) -> int:
        """The offset at which it ends."""
        return self.breaks[-1].at

    def index(self, place: Place | None) -> int | None:
        """The break at which a line starts; None at the end, and within a word."""
        offset = self.offset(place)
        index = bisect_left(self.breaks, offset, key=attrgetter("at"))
        is_found = index < len(self.breaks) - 1 and self.breaks[index].at == offset
        return index if is_found else None

    def offset(self, place: Place | None) -> int:
        """How far into the text the engine is when it goes on at a place."""
        path: _Path = ()
        while place is not None:
            ((index, place),) = place.items()
            if path in self.texts:
                return self.starts[path] + index
            path += (index,)
        return self.starts.get(path, self.end)


def measured(
    context: "LayoutContext", line: "Box", containing_block: "Box", styles: Mapping[str, object]
) -> Text | None:
    """Measure all the text of a paragraph; None where that cannot be done.

    ``styles`` are those of ``::first-line``, as the engine has them.
    """
    reader = _Reader(context, containing_block, line.style["font_size"], styles)
    try:
        reader.read(line, ())
    except Unmeasurable:
        return None
    return reader.text()


class _Reader:
    """Walks a paragraph from its start, and adds up what it finds."""

    def __init__(
        self,
        context: "LayoutContext",
        containing_block: "Box",
        em: float,
        styles: Mapping[str, object],
    ) -> None:
        self._context, self._containing_block, self._em = context, containing_block, em
        self._styles = {key: styles[key] for key in styles if key in INHERITED}
        self._x, self._offset, self._spaces, self._letters = 0.0, 0, 0, 0
        self._space = 0.0
        self._breaks = [Break(0, 0, 0, 0, 0, 0, False)]
        self._starts: dict[_Path, int] = {}
        self._texts: set[_Path] = set()

    def text(self) -> Text:
        """What was found; the text ends where its last letter does."""
        last = self._breaks[-1]
        if last.at != self._offset:
            at = self._offset
            last = Break(at, self._x, self._x, self._spaces, 0, self._letters, False)
            self._breaks.append(last)
        return Text(tuple(self._breaks), self._space, self._starts, frozenset(self._texts))

    def read(self, box: "Box", path: _Path) -> None:
        self._starts[path] = self._offset
        for index, child in enumerate(box.children):
            self._read(child, (*path, index))

    def _read(self, box: "Box", path: _Path) -> None:
        self._starts[path] = self._offset
        if not box.is_in_normal_flow():
            if box.is_floated():
                raise Unmeasurable
        elif isinstance(box, TextBox):
            self._texts.add(path)
            self._read_text(box)
        elif isinstance(box, InlineBox) and not box.is_leader:
            resolve_percentages(box, self._containing_block)
            self._move(_side(box, "left"))
            self.read(box, path)
            self._move(_side(box, "right"))
        elif isinstance(box, InlineReplacedBox | InlineBlockBox):
            self._read_whole(box)
        else:
            raise Unmeasurable

    def _move(self, width: float) -> None:
        self._x += width / self._em

    def _read_whole(self, box: InlineReplacedBox | InlineBlockBox) -> None:
        resolve_percentages(box, self._containing_block)
        if isinstance(box, InlineReplacedBox):
            inline_replaced_box_layout(box, self._containing_block)
        elif box.width == "auto":
            raise Unmeasurable
        self._move(box.margin_width())
        self._offset += 1
        self._letters += 1

    def _read_text(self, box: TextBox) -> None:
        if "\n" in box.text:
            raise Unmeasurable
        if not box.text or not box.style["font_size"]:
            return
        if self._styles:
            box = _styled(box, self._styles)
        line = Shaped.of(box, self._context)
        is_wrapped = box.style["white_space"] == _WRAPPED
        for start, end, hyphen in line.places(box.style) if is_wrapped else ():
            self._add(line, start, end, hyphen)
        text = box.text
        self._offset += line.bytes[-1]
        self._move(line.at[line.bytes[-1]])
        self._spaces += _count_spaces(text)
        self._letters += len(text)
        self._space = self._space or line.space / self._em

    def _add(self, line: Shaped, start: int, end: int, hyphen: float) -> None:
        """A break: where the next line starts and this one ends, as indexes of letters."""
        start_x, end_x = line.x(start), line.x(end)
        if start_x is None or end_x is None:
            return
        spaces = self._spaces + _count_spaces(line.text[:end])
        made = Break(
            self._offset + line.bytes[start],
            self._x + (end_x + hyphen) / self._em,
            self._x + start_x / self._em,
            spaces,
            start - end,
            self._letters + end,
            hyphen > 0,
        )
        if made.at > self._breaks[-1].at:
            self._breaks.append(made)


def _styled(box: TextBox, styles: Mapping[str, object]) -> TextBox:
    """A copy of a box in other styles, made as the engine does."""
    box = box.copy()
    box.style = box.style.copy()
    for key, value in styles.items():
        box.style[key] = value
    box.process_text_transform()
    return box


def _side(box: InlineBox, side: str) -> float:
    parts = (getattr(box, f"{name}_{side}") for name in ("margin", "padding"))
    border: float = getattr(box, f"border_{side}_width")
    return border + sum(0 if part == "auto" else part for part in parts)


def _count_spaces(text: str) -> int:
    return sum(map(text.count, _SPACES))
