"""What is for one output or one edition only: left out of the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from builder.book import Note, Output, Text
from builder.config import Edition
from builder.diagnostics import Diagnostic, Outcome
from builder.parse.bracketed import INDEX_MARK
from builder.parse.checklists import BOX
from builder.parse.footnotes import NOTEREF
from builder.parse.formulas import keep_formulas
from builder.parse.leader import LEADER, LEADER_TERM, wholes
from builder.parse.positions import place_of
from builder.parse.tree import classes, copy_of, parents, remove, unwrap, with_class
from builder.source import Source

_CLASSES: Mapping[Output, str] = {"print": "only-print", "epub": "only-epub"}
# What means nothing once there is nothing in it.
_HOLDERS = frozenset(
    "blockquote caption dd dl dt figcaption figure h2 h3 h4 h5 h6 li ol p table tbody tfoot thead "
    "tr ul".split()
)
# A row keeps its cells in their columns.
_CELLS = frozenset(("td", "th"))


@dataclass(frozen=True, slots=True)
class Selected:
    """What of a text is in one output and edition; ``withheld`` are the ids of other editions."""

    body: Element
    notes: tuple[Note, ...]
    withheld: tuple[str, ...]


def select(text: Text, output: Output, edition: Edition, source: Source) -> Outcome[Selected]:
    """A copy of a text without what is for another output or edition."""
    body = copy_of(text.body)
    _select_output(body, output)
    ids = _ids_in(body)
    _select_edition(body, edition)
    notes = _select_notes(body, text.notes, output, edition, source)
    return Outcome(Selected(body, notes.value, tuple(sorted(ids - _ids_in(body)))), notes.findings)


def _select_output(body: Element, output: Output) -> None:
    """Take out what is for another output, and the boxes around what is for this one."""
    for other, name in _CLASSES.items():
        if other != output:
            _drop(body, with_class(body, name))
    own = _CLASSES[output]
    ours = [*with_class(body, own)]
    owners = parents(body) if ours else {}
    for kept in reversed(ours):
        if kept.tag == "div" and classes(kept) == (own,) and not kept.get("id"):
            unwrap(owners[kept], kept)
    keep_formulas(body, output)


def _select_edition(body: Element, edition: Edition) -> None:
    """Take out what is for the leader, where the reader is the one to have it."""
    if edition == "leader":
        return
    _drop(body, wholes(body))
    terms = [*with_class(body, LEADER_TERM)]
    owners = parents(body) if terms else {}
    for term in terms:
        unwrap(owners[term], term)


def _select_notes(
    body: Element, notes: Sequence[Note], output: Output, edition: Edition, source: Source
) -> Outcome[tuple[Note, ...]]:
    """The notes of one output and edition; a mark in ``body`` of one that is not there goes."""
    kept: dict[str, Note] = {}
    gone: dict[str, Note] = {}
    for note in notes:
        made = copy_of(note.body)
        _select_output(made, output)
        _select_edition(made, edition)
        is_there = len(made) or not len(note.body)
        is_held = note.is_leaders and edition == "reader"
        (kept if is_there and not is_held else gone)[f"#{note.anchor}"] = replace(note, body=made)
    findings: list[Diagnostic] = []
    for tree in (body, *(note.body for note in kept.values())) if gone else ():
        owners = parents(tree)
        for mark in with_class(tree, NOTEREF):
            if missing := gone.get(mark.get("href", "")):
                remove(owners[mark], mark)
                findings += _refers_to_leaders(missing, mark, source)
    return Outcome(tuple(kept.values()), tuple(findings))


def _refers_to_leaders(note: Note, mark: Element, source: Source) -> Iterator[Diagnostic]:
    if note.is_leaders:
        yield Diagnostic(
            "leader-only-target",
            f'the text of the footnote "{note.label}" stands in a block for the leader',
            place_of(mark, source),
            "move it out of the block, or refer to it in text for the leader",
        )


def _ids_in(tree: Element) -> frozenset[str]:
    return frozenset(name for element in tree.iter() if (name := element.get("id")))


def _drop(body: Element, dropped: Iterable[Element]) -> None:
    dropped = list(dropped)
    owners = parents(body) if dropped else {}
    for element in dropped:
        if element.tag in _CELLS and LEADER in classes(element):
            element.text, element.attrib = None, {}
            del element[:]
        elif _is_held(element, owners):
            _remove(element, owners)


def _remove(element: Element, owners: Mapping[Element, Element]) -> None:
    """Take an element out, and what has nothing in it any more."""
    owner = owners[element]
    remove(owner, element)
    _tidy_terms(owner)
    if owner.tag in _HOLDERS and _is_empty(owner) and _is_held(owner, owners):
        _remove(owner, owners)


def _is_held(element: Element, owners: Mapping[Element, Element]) -> bool:
    """Whether an element is still in its owner, and not already taken out."""
    return element in [*owners[element]]


def _is_empty(owner: Element) -> bool:
    """Whether there is nothing in an element but the box of a task and marks for the index."""
    texts = (owner.text, *(child.tail for child in owner))
    return all(_is_unseen(child) for child in owner) and not any(
        map(str.strip, filter(None, texts))
    )


def _is_unseen(child: Element) -> bool:
    is_mark = INDEX_MARK in classes(child) and not len(child) and not child.text
    return is_mark or BOX in classes(child)


def _tidy_terms(owner: Element) -> None:
    """Terms that have lost their last meaning."""
    if owner.tag != "dl":
        return
    following = ""
    for child in reversed(list(owner)):
        if child.tag == "dt" and following != "dd" and following != "dt":
            remove(owner, child)
            continue
        following = child.tag
