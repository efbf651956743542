"""Figures, table captions, header cells, code blocks, scene breaks and page breaks."""

from xml.etree.ElementTree import Element

from builder.parse.tree import (
    AT,
    add_class,
    append_text,
    classes,
    move_content,
    new,
    parents,
    replace,
    text_of,
    unwrap,
    walk,
    with_class,
)

_PAGE_BREAKS = ("\\pagebreak", "\\newpage")


def shape_figures(body: Element) -> None:
    """An image alone in its paragraph becomes a figure; title or text under it the caption."""
    owners = parents(body)
    for paragraph in walk(body, "p"):
        image = _lone_image(paragraph)
        if image is None:
            continue
        figure = new("figure", class_=paragraph.get("class", ""), id=paragraph.get("id", ""))
        figure.attrib = {key: value for key, value in figure.items() if value}
        if name := image.attrib.pop("id", ""):
            figure.set("id", name)
        figure.set(AT, paragraph.get(AT, "0"))
        caption = new("figcaption", image.attrib.pop("title", None))
        if (image.tail or "").strip() or len(paragraph) > 1:
            caption.text = None
            paragraph.remove(image)
            paragraph.text = (image.tail or "").lstrip()
            image.tail = None
            move_content(paragraph, caption)
        image.tail = None
        figure.append(image)
        if caption.text or len(caption):
            figure.append(caption)
        replace(owners[paragraph], paragraph, figure)


def shape_tables(body: Element) -> None:
    """Captions move into their tables, and header cells say what they head."""
    owners = parents(body)
    for figure in walk(body, "figure"):
        table = figure.find("table")
        caption = figure.find("figcaption")
        if table is not None and caption is not None and len(figure) == 2:
            made = new("caption")
            _take_inline(caption, made)
            table.insert(0, made)
            for key, value in figure.items():
                table.set(key, value)
            replace(owners[figure], figure, table)
    for caption in walk(body, "figcaption"):
        if len(caption) == 1 and caption[0].tag == "p" and not (caption.text or "").strip():
            unwrap(caption, caption[0])
    for table in walk(body, "table"):
        _drop_empty_head(table)
        for row in table.iterfind("thead/tr"):
            for cell in row.iterfind("th"):
                cell.set("scope", cell.get("scope", "col"))
    for cell in walk(body, "td", "th"):
        align = cell.get("style", "").removeprefix("text-align:").strip(" ;")
        if align in ("left", "right", "center"):
            del cell.attrib["style"]
            add_class(cell, f"align-{align}")


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


def shape_breaks(body: Element) -> None:
    r"""Rules become scene breaks, and ``\pagebreak`` alone in a paragraph a page break."""
    for rule in walk(body, "hr"):
        rule.set("class", "scene-break")
    owners = parents(body)
    for paragraph in walk(body, "p"):
        if not len(paragraph) and (paragraph.text or "").strip() in _PAGE_BREAKS:
            replace(owners[paragraph], paragraph, new("div", class_="page-break"))


def _lone_image(paragraph: Element) -> Element | None:
    """The image at the head of a paragraph that has no text before it or beside it."""
    if (paragraph.text or "").strip() or not len(paragraph) or paragraph[0].tag != "img":
        return None
    image = paragraph[0]
    tail = image.tail or ""
    stands_alone = not tail.strip() and len(paragraph) == 1
    return image if stands_alone or tail.startswith("\n") else None


def _drop_empty_head(table: Element) -> None:
    """A table whose header says nothing has none."""
    head = table.find("thead")
    if head is not None and not any(text_of(cell) or len(cell) for cell in walk(head, "th")):
        table.remove(head)


def _take_inline(source: Element, target: Element) -> None:
    blocks = list(source)
    if len(blocks) == 1 and blocks[0].tag == "p":
        move_content(blocks[0], target)
    else:
        move_content(source, target)


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
