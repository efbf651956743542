"""Figures: an image that stands alone, with its caption."""

from xml.etree.ElementTree import Element

from builder.parse.tree import AT, add_class, classes, move_content, new, parents, replace, walk

# A picture as wide as the page, and one that is a page.
BLEED, FULL_PAGE = "bleed", "full-page"


def shape_figures(body: Element) -> None:
    """An image alone in its paragraph becomes a figure; title or text under it the caption."""
    owners = parents(body)
    for paragraph in walk(body, "p"):
        image = _lone_image(paragraph)
        if image is None:
            continue
        owner = owners[paragraph]
        if owner.tag == "figure":
            _take_in(owner, paragraph, image)
        else:
            replace(owner, paragraph, _figure_of(paragraph, image))


def _lone_image(paragraph: Element) -> Element | None:
    """The image at the head of a paragraph that has no text before it or beside it."""
    if (paragraph.text or "").strip() or not len(paragraph) or paragraph[0].tag != "img":
        return None
    image = paragraph[0]
    tail = image.tail or ""
    stands_alone = not tail.strip() and len(paragraph) == 1
    return image if stands_alone or tail.startswith("\n") else None


def _take_in(figure: Element, paragraph: Element, image: Element) -> None:
    """An image whose caption is written in a block below it; the id is the figure's."""
    image.tail = None
    image.attrib.pop("title", None)
    if name := image.attrib.pop("id", ""):
        figure.attrib.setdefault("id", name)
    _lift_edges(image, figure)
    replace(figure, paragraph, image)


def _figure_of(paragraph: Element, image: Element) -> Element:
    figure = new("figure", class_=paragraph.get("class", ""), id=paragraph.get("id", ""))
    figure.attrib = {key: value for key, value in figure.items() if value}
    if name := image.attrib.pop("id", ""):
        figure.set("id", name)
    _lift_edges(image, figure)
    figure.set(AT, paragraph.get(AT, "0"))
    caption = new("figcaption", image.attrib.pop("title", None))
    if (image.tail or "").strip() or len(paragraph) > 1:
        caption.text = None
        paragraph.remove(image)
        paragraph.text = (image.tail or "").lstrip()
        move_content(paragraph, caption)
    image.tail = None
    figure.append(image)
    if caption.text or len(caption):
        figure.append(caption)
    return figure


def _lift_edges(image: Element, figure: Element) -> None:
    """What is said of a picture's edges concerns its figure, caption and all."""
    for name in (BLEED, FULL_PAGE):
        if name in classes(image):
            image.set("data-edge", name)
            add_class(figure, name)
            kept = [each for each in classes(image) if each != name]
            image.set("class", " ".join(kept))
    if not image.get("class"):
        image.attrib.pop("class", None)
