"""Scene breaks and page breaks."""

from xml.etree.ElementTree import Element

from builder.parse.tree import new, parents, replace, walk

_PAGE_BREAKS = ("\\pagebreak", "\\newpage")


def shape_breaks(body: Element) -> None:
    r"""Rules become scene breaks, and ``\pagebreak`` alone in a paragraph a page break."""
    for rule in walk(body, "hr"):
        rule.set("class", "scene-break")
    owners = parents(body)
    for paragraph in walk(body, "p"):
        if not len(paragraph) and (paragraph.text or "").strip() in _PAGE_BREAKS:
            replace(owners[paragraph], paragraph, new("div", class_="page-break"))
