"""From settled sheets to the bytes of a PDF: furniture, blank pages, fonts, and the link."""

from collections.abc import Iterator, Mapping, Sequence

from builder.cache import Store, key
from builder.kept import keep
from builder.render.pdf.fonts import bind_fonts
from builder.render.pdf.furniture import counts_pages, furniture_css, is_plain
from builder.render.pdf.gathering import Dress, Furniture, Gathering, Sheet
from builder.render.pdf.leaf import Leaf, furniture_stream
from builder.render.pdf.link import link
from builder.render.pdf.press import Press
from builder.render.pdf.settle import Placed, Settled
from builder.render.pdf.writing import find_writing_font
from builder.render.pdf.xmp import Description
from builder.versions import engine_versions

_POINTS = 0.75


def has_furniture_apart(css: tuple[str, ...], store: Store) -> bool:
    """Whether the page furniture of the style sheets can be laid out apart from the text."""
    name = key("furniture apart", engine_versions(), *css)
    return keep(store, name, bool, lambda: all(map(is_plain, css)))


def count_pages(placed: Sequence[Placed]) -> int:
    """The pages of the bound file, blank ones included."""
    return sum(each.has_blank_before + len(each.sheet.kinds) for each in placed)


def bind(
    settled: Settled,
    description: Description,
    press: Press,
    *,
    blank: Gathering,
) -> Iterator[bytes]:
    """The bound file in pieces, made as they are written: the press has to be open until then."""
    placed = settled.placed
    dresses = _dress(placed, description.language, press)
    blank_sheet = press.lay_alone(blank)
    leaves: list[Leaf] = []
    for each, dress in zip(placed, dresses, strict=True):
        style = "D" if each.run.matter == "main" else "r"
        if each.has_blank_before:
            previous = leaves[-1].label
            number = previous[1] + len(leaves[-1].part.pages)
            leaves.append(_blank_leaf(blank, blank_sheet, (previous[0], number), press))
        leaves.append(_leaf(each, dress, (style, each.folio), settled.folios, press))
    uses = [use for each in placed for use in each.sheet.fonts]
    uses += [use for dress in dresses if dress for use in dress.fonts]
    fonts = bind_fonts(uses, press.font_bytes, press.keep)
    with_fields = [use for each in placed if each.sheet.part.fields for use in each.sheet.fonts]
    writing = find_writing_font(with_fields, press.font_bytes, press.keep) if with_fields else None
    return link(leaves, fonts, description, press.keep, writing)


def _dress(placed: Sequence[Placed], language: str, press: Press) -> Sequence[Dress | None]:
    if any(each.gathering.folio for each in placed):
        return [None] * len(placed)
    total = count_pages(placed)
    sheets = dict.fromkeys(each.gathering.css for each in placed)
    rules = {css: _furniture_rules(css, total, press.store) for css in sheets}
    return press.dress_all(
        [
            Furniture(
                each.run.id,
                language,
                each.sheet.kinds,
                rules[each.gathering.css],
                each.gathering.opens_on,
                each.folio,
            )
            for each in placed
        ]
    )


def _furniture_rules(css: tuple[str, ...], total: int, store: Store) -> tuple[str, ...]:
    """What the style sheets say of furniture in a book of so many pages."""
    name = key("furniture", engine_versions(), *css)
    counts = keep(store, f"counts-{name}", bool, lambda: counts_pages(css))
    pages = total if counts else 0
    return keep(store, f"{name}-{pages}", tuple[str, ...], lambda: furniture_css(css, pages))


def _leaf(
    placed: Placed,
    dress: Dress | None,
    label: tuple[str, int],
    folios: Mapping[str, str],
    press: Press,
) -> Leaf:
    sheet, gathering = placed.sheet, placed.gathering
    return Leaf(
        press.part_key(gathering, sheet),
        sheet.part,
        lambda: press.records(gathering, sheet),
        folios,
        dress.streams if dress else (furniture_stream(),) * len(sheet.kinds),
        tuple(
            (name, spot.page, spot.left * _POINTS, (sheet.heights[spot.page] - spot.top) * _POINTS)
            for name, spot in sheet.anchors.items()
        ),
        sheet.marks,
        label,
    )


def _blank_leaf(blank: Gathering, sheet: Sheet, label: tuple[str, int], press: Press) -> Leaf:
    nothing = (furniture_stream(),) * len(sheet.kinds)
    name = press.part_key(blank, sheet)
    return Leaf(name, sheet.part, lambda: press.records(blank, sheet), {}, nothing, (), (), label)
