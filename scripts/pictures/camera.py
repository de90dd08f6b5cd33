"""Take a picture of a page, and keep it small."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 150_000
"""The most bytes a picture may have."""
COLOURS = (256, 128, 64)
# What blinks, and what would show how long a thing took.
_STILL = """
*, *::before, *::after {
  animation: none !important; transition: none !important; caret-color: transparent !important;
}
"""


def take(page: Page, name: str, *, height: int) -> None:
    """Write `docs/pictures/NAME.png`: `height` CSS pixels of the page, from where it is scrolled to.

    Raises `ValueError` where it cannot be made as small as a picture may be.
    """
    page.evaluate("() => Promise.all([document.fonts.ready, ...[...document.images].map((i) => i.decode())])")
    size = page.viewport_size or {"width": 0, "height": 0}
    page.set_viewport_size({"width": size["width"], "height": height})
    shot = Image.open(io.BytesIO(page.screenshot(style=_STILL))).convert("RGB")
    page.set_viewport_size(size)
    keep(shot, FOLDER / f"{name}.png")


def keep(shot: Image.Image, path: Path) -> None:
    """Write a picture with as many colours as its size allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for colours in COLOURS:
        small = shot.quantize(colours, dither=Image.Dither.NONE)
        held = io.BytesIO()
        small.save(held, "PNG", optimize=True)
        if held.tell() <= LARGEST:
            break
    else:
        raise ValueError(f"{path.name} has {held.tell()} bytes; show less of the page")
    path.write_bytes(held.getvalue())
