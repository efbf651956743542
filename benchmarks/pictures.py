"""Pictures made on the spot: diagrams as SVG, and photographs of a kind as PNG."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

_SIZE = (720, 440)
_INKS = ("#8a3b4a", "#3b5f8a", "#4a8a3b", "#8a7a3b")


def diagram(labels: list[str], chance: Random) -> str:
    """Bars with names under a broken line, as SVG."""
    width, height = _SIZE
    step = width / len(labels)
    heights = [chance.randrange(40, height - 80) for _ in labels]
    bars = "".join(
        f'<rect x="{at * step + 8:.1f}" y="{height - 40 - tall}" width="{step - 16:.1f}"'
        f' height="{tall}" fill="{_INKS[at % len(_INKS)]}"/>'
        f'<text x="{(at + 0.5) * step:.1f}" y="{height - 14}" text-anchor="middle"'
        f' font-family="Source Sans Pro" font-size="20">{label}</text>'
        for at, (label, tall) in enumerate(zip(labels, heights, strict=True))
    )
    points = " ".join(
        f"{(at + 0.5) * step:.1f},{height - 60 - tall}" for at, tall in enumerate(heights)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{bars}'
        f'<polyline points="{points}" fill="none" stroke="#222" stroke-width="3"/></svg>'
    )


def photograph(chance: Random) -> bytes:
    """Light and round shapes, in colour, as PNG."""
    bands = [Image.linear_gradient("L").rotate(90 * turn).resize(_SIZE) for turn in range(3)]
    image = Image.merge("RGB", bands)
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(_SIZE[0]), chance.randrange(_SIZE[1])
        radius = chance.randrange(6, 60)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=chance.choice(_INKS))
    data = BytesIO()
    image.save(data, "PNG", optimize=False)
    return data.getvalue()
