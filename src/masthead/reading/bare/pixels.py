"""Whether two files show the same picture."""

import hashlib
import io
import warnings

from PIL import Image

_STRIP = 256
"""Rows hashed at a time: a whole picture a second time would not fit where it fits once."""


def same_pixels(one: bytes, other: bytes, form: str) -> bool:
    """Whether each frame has the same pixels and colours; of a JPEG the first one is the picture."""
    return _fingerprint(one, form) == _fingerprint(other, form)


def _fingerprint(content: bytes, form: str) -> bytes:
    digest = hashlib.sha256()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(content), formats=[form])
        frames = 1 if form == "JPEG" else getattr(image, "n_frames", 1)
        for number in range(frames):
            image.seek(number)
            image.load()
            shown = (image.mode, image.size, image.getpalette(), image.info.get("transparency"))
            timed = (image.info.get("duration"), image.info.get("loop"), image.info.get("icc_profile"))
            digest.update(repr((shown, timed)).encode())
            for top in range(0, image.height, _STRIP):
                strip = (0, top, image.width, min(top + _STRIP, image.height))
                digest.update(image.crop(strip).tobytes())
    return digest.digest()
