"""Draw the sample picture: `python -m masthead.samples.draw bridge.jpg`.

Nothing in it was ever in front of a camera: a bridge, a river and a ferry, made of a few shapes. The same
every time, so that whoever doubts the file can make it again.
"""

import math
import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1067)
WATER = 640
"""Row at which the river begins."""
DECK = 560
MARGIN = 20
"""How much wider than the picture its reflection is, so that no ripple shows an edge."""


def draw() -> Image.Image:
    """The picture: evening sky, hills, the bridge and its reflection, a ferry."""
    picture = _sky()
    pen = ImageDraw.Draw(picture)
    _hills(pen)
    _bridge(pen)
    _ferry(pen)
    _river(picture)
    return picture.filter(ImageFilter.GaussianBlur(1.1))


def _sky() -> Image.Image:
    picture = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(picture)
    for row in range(SIZE[1]):
        part = min(1.0, row / WATER)
        pen.line([(0, row), (SIZE[0], row)], _mix((58, 84, 128), (244, 190, 142), part**1.4))
    pen.ellipse([1130, 380, 1250, 500], (255, 226, 178))
    return picture


def _hills(pen: ImageDraw.ImageDraw) -> None:
    for depth, (base, colour) in enumerate([(560, (134, 122, 138)), (600, (92, 92, 112))]):
        ridge = [
            (x, base - 60 * math.sin(x / (210 + 90 * depth) + depth) - 22 * math.sin(x / 61))
            for x in range(0, SIZE[0] + 1, 8)
        ]
        pen.polygon([(0, WATER), *ridge, (SIZE[0], WATER)], colour)


def _bridge(pen: ImageDraw.ImageDraw) -> None:
    dark = (48, 44, 56)
    for tower in (470, 1070):
        pen.rectangle([tower - 14, 250, tower + 14, WATER + 18], dark)
        pen.rectangle([tower - 34, WATER, tower + 34, WATER + 34], (70, 64, 72))
        for cable in range(1, 10):
            for side in (-1, 1):
                pen.line([(tower, 262 + 6 * cable), (tower + side * 32 * cable, DECK)], dark, 3)
    pen.rectangle([0, DECK, SIZE[0], DECK + 17], dark)
    pen.line([(0, DECK - 14), (SIZE[0], DECK - 14)], (86, 80, 90), 3)


def _ferry(pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(690, 700), (920, 700), (894, 738), (716, 738)], (226, 222, 212))
    pen.rectangle([740, 662, 868, 700], (240, 236, 228))
    for window in range(5):
        pen.rectangle([750 + 24 * window, 672, 766 + 24 * window, 688], (84, 104, 128))
    pen.rectangle([800, 636, 812, 662], (170, 64, 52))


def _river(picture: Image.Image) -> None:
    """The lower part mirrors what stands above it, darker and broken by ripples."""
    chance = random.Random(7)  # noqa: S311 - the same ripples every time
    above = picture.crop((0, WATER - (SIZE[1] - WATER) // 2, SIZE[0], WATER)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    mirror = above.resize((SIZE[0] + 2 * MARGIN, SIZE[1] - WATER)).filter(ImageFilter.GaussianBlur(3))
    ferry = picture.crop((680, 630, 930, 742))
    for row in range(mirror.height):
        shift = int(5 * math.sin(row / 3.1) + chance.uniform(-2, 2) * (1 + row / 120))
        strip = mirror.crop((0, row, mirror.width, row + 1))
        picture.paste(
            Image.blend(strip, Image.new("RGB", strip.size, (36, 52, 78)), 0.38),
            (shift - MARGIN, WATER + row),
        )
    picture.paste(ferry.crop((10, 0, 240, 108)), (690, 630), _shape(ferry.crop((10, 0, 240, 108))))


def _shape(ferry: Image.Image) -> Image.Image:
    """Where the ferry itself is: what is light or red, not the water behind it."""
    mask = Image.new("L", ferry.size, 0)
    pen = ImageDraw.Draw(mask)
    pen.polygon([(0, 70), (230, 70), (204, 108), (26, 108)], 255)
    pen.rectangle([50, 32, 178, 70], 255)
    pen.rectangle([110, 6, 122, 32], 255)
    return mask


def _mix(one: tuple[int, ...], other: tuple[int, ...], part: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * part) for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    draw().save(Path(sys.argv[1]), "JPEG", quality=82, optimize=True)
