"""A form on a page: the attributes that templates give to what is ticked or written in.

They are attributes that a manuscript cannot have, and what becomes of them is told in
``render/pdf/fields.py``. Where there is no form, nothing is added to the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.field_names import FieldKind, book_mark, field_name, name_again, place_name

# The tick of a box that can be ticked belongs to the field, and not to the page under it.
FORM_CSS = "[field]::after { content: none !important }"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a book, known by its ``mark``; no form where there is none.

    ``written`` holds what stands in the fields from the start, by the name of the place.
    """

    mark: str = ""
    written: Mapping[str, str] = field(default_factory=dict)

    def box(
        self, kind: FieldKind, id_: str, title: str, is_done: bool = False
    ) -> Mapping[str, str]:
        """The attributes of a box to tick; ``title`` is what a screen reader says."""
        place = place_name(kind, id_)
        is_ticked = is_done or place in self.written
        ticked = {"checked": "checked"} if is_ticked and self.mark else {}
        return {**self._field("check", kind, id_, title), **ticked}

    def choice(self, kind: FieldKind, id_: str, title: str, value: str) -> Mapping[str, str]:
        """The attributes of one of several places of which one is chosen, for what it stands for.

        They are one field, for they have the same ``id_``; the chosen one's value is written.
        """
        is_chosen = self.mark and self.written.get(place_name(kind, id_)) == value
        chosen = {"checked": "checked"} if is_chosen else {}
        made = self._field("choice", kind, id_, title)
        return {**made, **chosen, "value": value} if made else {}

    def line(self, kind: FieldKind, id_: str, title: str, again: str = "") -> Mapping[str, str]:
        """The attributes of a place for one line of text; see ``lines``."""
        return self._text("line", kind, id_, title, again)

    def lines(self, kind: FieldKind, id_: str, title: str, again: str = "") -> Mapping[str, str]:
        """The attributes of a place for text of several lines.

        ``again`` tells a further place for the same from the first, in which all text stands
        that there is.
        """
        return self._text("text", kind, id_, title, again)

    def cell(self, kind: FieldKind, id_: str, title: str) -> Mapping[str, str]:
        """The attributes of a place for text that has rules or a picture of its own around it."""
        return self._text("cell", kind, id_, title, "")

    def _text(
        self, look: str, kind: FieldKind, id_: str, title: str, again: str
    ) -> Mapping[str, str]:
        text = self.written.get(place_name(kind, id_), "") if self.mark and not again else ""
        made = {**self._field(look, kind, id_, title), **({"value": text} if text else {})}
        return {**made, "name": name_again(made["name"], again)} if again and made else made

    def _field(self, look: str, kind: FieldKind, id_: str, title: str) -> Mapping[str, str]:
        if not self.mark:
            return {}
        return {"field": look, "name": field_name(self.mark, kind, id_), "title": title}


def form_of(urn: str, written: Mapping[str, str]) -> Form:
    """The form of the book with an identifier."""
    return Form(book_mark(urn), written)
