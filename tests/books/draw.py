"""Draws the pictures of the test book; run it again only to change them."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "everything" / "img"
RED, INK, WHITE = "#8a3b4a", "#222222", "#ffffff"


def main() -> None:
    """Write every picture."""
    square = Image.new("RGB", (40, 40), RED)
    ImageDraw.Draw(square).rectangle((12, 12, 27, 27), fill=WHITE)
    square.quantize(2).save(FOLDER / "square.png", optimize=True)
    white = Image.new("1", (20, 20), 1)
    ImageDraw.Draw(white).rectangle((0, 0, 19, 19), outline=0)
    white.save(FOLDER / "white square.png", optimize=True)
    Image.linear_gradient("L").resize((60, 40)).save(FOLDER / "wash.jpg", quality=60)
    stripes = [Image.new("1", (30, 20), colour) for colour in (0, 1)]
    for index, stripe in enumerate(stripes):
        ImageDraw.Draw(stripe).rectangle((0, 0, 14, 19), fill=1 - index)
    stripes[0].save(FOLDER / "stripes.gif", save_all=True, append_images=stripes[1:], duration=900)
    ring = Image.new("RGBA", (60, 60))
    ImageDraw.Draw(ring).ellipse((8, 8, 51, 51), outline=INK, width=6)
    ring.save(FOLDER / "ring.webp", lossless=True)
    cover = Image.new("RGB", (1600, 2560), RED)
    ImageDraw.Draw(cover).rectangle((550, 1030, 1049, 1529), fill=WHITE)
    cover.quantize(2).save(FOLDER / "cover.png", optimize=True)


if __name__ == "__main__":
    main()
