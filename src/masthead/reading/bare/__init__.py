"""Pictures without what they tell of themselves; every pixel stays as it is, bit for bit.

Kept is what a program needs to show them: picture data, transparency, animation, resolution and colour. What
is not known to be one of these goes: Exif, XMP, IPTC, comments, previews, content credentials, a maker's own
blocks, and what stands behind the end. Two things come back alone: the orientation, where it is not upright,
and a mark that says AI made the picture or a part of it, which nobody may take off.
"""

import struct

from masthead.reading.bare.jpeg import bare_jpeg
from masthead.reading.bare.png import bare_png
from masthead.reading.bare.webp import bare_webp
from masthead.reading.kinds import Kind

__all__ = ["bare"]

_BY_KIND = {Kind.JPEG: bare_jpeg, Kind.PNG: bare_png, Kind.WEBP: bare_webp}


def bare(content: bytes, kind: Kind) -> bytes:
    """`content` without metadata; raises `ValueError` where its blocks do not add up."""
    try:
        return _BY_KIND[kind](content)
    except (struct.error, IndexError) as error:
        raise ValueError("a block outside the file") from error
