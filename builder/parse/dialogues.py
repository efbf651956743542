"""Dialogues: who speaks, and what they say, a turn a paragraph."""

import re
from xml.etree.ElementTree import Element

from builder.parse.tree import AT, add_class, lines_of, new, text_of

# The name before the first colon of a line: a few words at most.
_SPEAKER = re.compile(r"\s*([^:\n]{1,40}):(?=\s)\s*")


def shape_dialogue(block: Element) -> None:
    """Make each line that begins with a name and a colon a turn of its own."""
    for paragraph in [child for child in block if child.tag == "p"]:
        turns = _turns(paragraph)
        index = list(block).index(paragraph)
        turns[-1].tail = paragraph.tail
        block[index : index + 1] = turns


def _turns(paragraph: Element) -> list[Element]:
    turns: list[Element] = []
    for line in lines_of(paragraph):
        if not text_of(line) and not len(line):
            continue
        has_speaker = _mark_speaker(line)
        if turns and not has_speaker:
            _go_on(turns[-1], line)
            continue
        add_class(line, "turn")
        turns.append(line)
    return turns or [Element("p", {AT: paragraph.get(AT, "0")})]


def _mark_speaker(line: Element) -> bool:
    """Take the name out of the text, or out of the emphasis that it stands in."""
    if match := _SPEAKER.match(line.text or ""):
        speaker = new("span", match[1].strip(), class_="speaker")
        speaker.tail = f" {(line.text or '')[match.end() :]}"
        line.text = None
        line.insert(0, speaker)
        return True
    first = line[0] if len(line) and not (line.text or "").strip() else None
    if first is None or first.tag not in ("em", "strong") or len(first):
        return False
    name = (first.text or "").strip()
    if not name.endswith(":"):
        return False
    first.tag, first.text = "span", name.removesuffix(":")
    add_class(first, "speaker")
    return True


def _go_on(turn: Element, line: Element) -> None:
    """What follows on the next line without a name belongs to the turn."""
    if len(turn):
        turn[-1].tail = f"{turn[-1].tail or ''} {line.text or ''}"
    else:
        turn.text = f"{turn.text or ''} {line.text or ''}"
    turn.extend(line)
