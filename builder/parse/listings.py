"""Blocks of code: as few spans as their colours need, and captions above them."""

from xml.etree.ElementTree import Element

from builder.parse.captions import LISTING
from builder.parse.tree import add_class, append_text, classes, parents, replace, walk, with_class


def shape_code(body: Element) -> None:
    """Highlighted code: one ``pre`` with as few spans as its colours need."""
    owners = parents(body)
    for block in with_class(body, "highlight"):
        pre = block.find("pre")
        if pre is None:
            continue
        for span in [child for child in pre if child.tag == "span" and not child.text]:
            pre.remove(span)
        for code in pre.iterfind("code"):
            _merge_spans(code)
        names = [name for name in classes(block) if name != "highlight"]
        pre.attrib = {**block.attrib, "class": " ".join(("code", *names))}
        replace(owners[block], block, pre)


def shape_listings(body: Element) -> None:
    """Code with a caption is a listing: the caption comes first, and the id is the whole's."""
    for figure in walk(body, "figure"):
        code, caption = figure.find("pre"), figure.find("figcaption")
        if code is None or caption is None:
            continue
        add_class(figure, LISTING)
        if name := code.attrib.pop("id", ""):
            figure.attrib.setdefault("id", name)
        figure.remove(caption)
        figure.insert(0, caption)


def _merge_spans(code: Element) -> None:
    """Join neighbours of one class, and take white space out of spans."""
    spans = list(code)
    del code[:]
    code.text = code.text or ""
    for span in spans:
        last = code[-1] if len(code) else None
        if not len(span) and not (span.text or "").strip():
            append_text(code, f"{span.text or ''}{span.tail or ''}")
        elif last is not None and not last.tail and _are_alike(last, span):
            last.text = (last.text or "") + (span.text or "")
            last.tail = span.tail
        else:
            code.append(span)


def _are_alike(one: Element, other: Element) -> bool:
    return one.attrib == other.attrib and not len(one) and not len(other)
