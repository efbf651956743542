"""Boxes: notes, epigraphs, verse, pull-quotes, messages, exercises, and one-output blocks."""

import re
from xml.etree.ElementTree import Element

from builder.parse.tree import add_class, classes, move_content, new, parents, replace, text_of, with_class

_TITLE = "admonition-title"
_LINES = re.compile(r"\s*\{:?\s*lines\s*=\s*[\"']?(\d{1,3})[\"']?\s*\}\s*$")
_PLAIN = {
    "epigraph": ("blockquote", "epigraph"),
    "pullquote": ("aside", "pullquote"),
    "verse": ("div", "verse"),
    "message": ("div", "message"),
    "only-print": ("div", "only-print"),
    "only-epub": ("div", "only-epub"),
    "exercise": ("section", "exercise"),
}


def shape_boxes(body: Element) -> None:
    """Turn the blocks that Markdown made into the elements they stand for."""
    owners = parents(body)
    for block in with_class(body, "admonition"):
        kind = next((name for name in classes(block) if name != "admonition"), "note")
        title = _take_title(block)
        name, kind_class = _PLAIN.get(kind, ("aside", f"box {kind}"))
        shaped = new(name, class_=kind_class)
        shaped.attrib.update(
            {key: value for key, value in block.items() if key not in ("class", "title")}
        )
        for extra in classes(block):
            if extra not in ("admonition", kind):
                add_class(shaped, extra)
        if title is not None and kind not in ("epigraph", "verse"):
            shaped.append(title)
        move_content(block, shaped)
        if title is not None and kind in ("epigraph", "verse"):
            title.set("class", "attribution")
            shaped.append(title)
        replace(owners[block], block, shaped)
        owners.update({child: shaped for child in shaped})
        owners[shaped] = owners[block]
    for verse in with_class(body, "verse"):
        for stanza in [child for child in verse if child.tag == "p"]:
            if "attribution" not in classes(stanza):
                _split_lines(stanza)
    _rule_lines(body)


def _take_title(block: Element) -> Element | None:
    title = next((child for child in block if _TITLE in classes(child)), None)
    if title is None:
        return None
    block.remove(title)
    if lines := _LINES.search(title.text or "") if not len(title) else None:
        title.text = (title.text or "")[: lines.start()]
        block.set("lines", lines[1])
    elif len(title) and (lines := _LINES.search(title[-1].tail or "")):
        title[-1].tail = (title[-1].tail or "")[: lines.start()]
        block.set("lines", lines[1])
    if not text_of(title):
        return None
    title.tag = "p"
    title.set("class", "box-title")
    title.tail = "\n"
    return title


def _split_lines(stanza: Element) -> None:
    """Put each line of a stanza into a span of its own, as the source breaks them."""
    stanza.set("class", "stanza")
    lines = [new("span", class_="line")]
    _add_text(lines, stanza.text)
    for child in list(stanza):
        tail, child.tail = child.tail, None
        if child.tag != "br":
            lines[-1].append(child)
        _add_text(lines, tail)
    stanza.text = None
    stanza[:] = [line for line in lines if len(line) or (line.text or "").strip()]
    for line in stanza[:-1]:
        line.append(new("br"))


def _add_text(lines: list[Element], text: str | None) -> None:
    for index, piece in enumerate((text or "").split("\n")):
        if index:
            lines.append(new("span", class_="line"))
        line = lines[-1]
        if len(line):
            line[-1].tail = (line[-1].tail or "") + piece
        else:
            line.text = (line.text or "") + piece


def _rule_lines(body: Element) -> None:
    """Write the ruled lines that ``{lines=6}`` asks for, in the box or behind the block."""
    owners = parents(body)
    for element in [each for each in body.iter() if each.get("lines")]:
        count = element.attrib.pop("lines")
        if not count.isdecimal() or not 0 < int(count) < 100:
            continue
        rules = new("div", class_="lines")
        rules.extend(new("div", class_="line-rule") for _ in range(int(count)))
        if element.tag in ("section", "aside", "div", "li", "td", "dd", "blockquote"):
            element.append(rules)
        else:
            parent = owners[element]
            rules.tail, element.tail = element.tail, "\n"
            parent.insert(list(parent).index(element) + 1, rules)
