"""Addresses on paper, where nobody can click: QR codes, and notes with the address."""

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import segno

from builder.parse.footnotes import NOTEREF
from builder.parse.tree import BLOCKS, NAMESPACES, classes, new, parents, text_of, with_class

QR = "qr"
_SVG = f"{{{NAMESPACES['svg']}}}"
# Light modules around the code, without which it cannot be read (ISO/IEC 18004, 6.3.8).
_QUIET = 4


def draw_codes(tree: Element) -> None:
    """Put a QR code behind the block of each link with the class ``qr``."""
    owners = parents(tree)
    last: dict[Element, Element] = {}
    for link in with_class(tree, QR):
        address = link.get("href", "")
        if link.tag != "a" or not is_web(address):
            continue
        block = owners[link]
        while block.tag not in BLOCKS or block.tag in ("td", "th", "dt"):
            block = owners[block]
        figure = _code_figure(address)
        if block.tag in ("li", "dd", "div", "section", "aside", "blockquote", "body"):
            block.append(figure)
            continue
        holder, after = owners[block], last.get(block, block)
        figure.tail, after.tail = after.tail, None
        holder.insert(list(holder).index(after) + 1, figure)
        last[block] = figure


def add_link_notes(tree: Element) -> None:
    """Print the address of each link into the world in a note, unless it is what one reads."""
    for parent in list(tree.iter()):
        for link in [each for each in parent if each.tag == "a"]:
            address = link.get("href", "")
            if not is_web(address) or NOTEREF in classes(link) or QR in classes(link):
                continue
            shown = shown_address(address)
            read = text_of(link).casefold().rstrip("/")
            if read in (shown.casefold(), address.casefold().rstrip("/")):
                continue
            note = new("span", shown, class_="footnote link-note")
            note.tail, link.tail = link.tail, None
            parent.insert(list(parent).index(link) + 1, note)


def is_web(address: str) -> bool:
    """Whether an address is one that a browser opens."""
    return urlsplit(address).scheme in ("http", "https")


def shown_address(address: str) -> str:
    """An address as one would type it: without the scheme."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path.rstrip('/')}{f'?{parts.query}' if parts.query else ''}"


def _code_figure(address: str) -> Element:
    figure = new("div", class_="qr-code")
    figure.append(_code(address))
    figure.append(new("p", shown_address(address), class_="qr-address"))
    return figure


def _code(address: str) -> Element:
    """The code as one path of rows of dark modules, in units of a module."""
    matrix = segno.make(address, micro=False, error="m").matrix
    size = len(matrix) + 2 * _QUIET
    drawing = Element(f"{_SVG}svg", {"viewBox": f"0 0 {size} {size}", "role": "img"})
    title = Element(f"{_SVG}title")
    title.text = address
    rows = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    )
    drawing.extend((title, Element(f"{_SVG}path", {"d": rows, "fill": "#000"})))
    return drawing
