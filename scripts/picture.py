"""Take the README's picture: `python scripts/picture.py demo/published/picture/page.en.html`.

Needs Chromium on the path; the picture goes to docs/pictures/public-page.png.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).parents[1] / "docs" / "pictures" / "public-page.png"
WIDTH, HEIGHT = 900, 1330
COLOURS = 128


def main(page: Path) -> int:
    """Photograph `page` in a headless browser, and keep it small."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.stderr.write("There is no Chromium on the path. Install it, then run this again.\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "page.png"
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        subprocess.run(  # noqa: S603 - a browser on a page of ours
            [
                browser,
                *options,
                f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={shot}",
                page.absolute().as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.open(shot).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(TARGET, optimize=True)
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
