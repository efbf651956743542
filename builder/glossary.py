"""The glossary as data: the terms that it explains, and the words marked as terms."""

from collections.abc import Mapping
from dataclasses import dataclass

from builder.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the glossary explains: its id, its words and other forms of them."""

    anchor: str
    forms: tuple[str, ...]
    place: Place

    @property
    def name(self) -> str:
        """The term as the glossary has it."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class TermUse:
    """Where a chapter first leads to a term."""

    chapter_id: str
    anchor: str


# Uses by the id of the term.
TermUses = Mapping[str, tuple[TermUse, ...]]


@dataclass(frozen=True, slots=True)
class TermMark:
    """Words that the author marks as a term."""

    name: str
    place: Place


def folded(form: str) -> str:
    """A form with a small first letter, where no other is large: what is the same in a sentence."""
    first, rest = form[:1], form[1:]
    return first.lower() + rest if rest == rest.lower() else form
