"""JPEG: ITU-T T.81, annex B; JFIF: T.871; Adobe's block: T.872, section 6.5.3; ICC: ICC.1, annex B.4."""

import re
import struct
from collections.abc import Iterator

from masthead.reading.bare.told import Told

_STANDALONE = frozenset((0x00, 0x01, *range(0xD0, 0xD8)))
_PICTURE = frozenset((*range(0xC0, 0xD0), *range(0xDA, 0xE0)))
_START_OF_SCAN, _END, _JFIF, _APP1 = 0xDA, 0xD9, 0xE0, 0xE1
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"


def bare_jpeg(content: bytes) -> bytes:
    """A JPEG without metadata."""
    kept: list[bytes] = []
    told = Told()
    for marker, body, coded in _segments(content):
        if marker == _APP1 and body.startswith(_EXIF):
            told.exif(body[len(_EXIF) :])
        elif marker == _APP1 and body.startswith(_XMP):
            told.xmp(body)
        elif (needed := _needed(marker, body)) is not None:
            kept.append(_segment(marker, needed) + coded)
    first = 1 if kept and kept[0][1] == _JFIF else 0
    if told.kept_xmp is not None:
        kept.insert(first, _segment(_APP1, _XMP + told.kept_xmp))
    if told.kept_exif is not None:
        kept.insert(first, _segment(_APP1, _EXIF + told.kept_exif))
    return b"\xff\xd8" + b"".join(kept) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker and body of each segment, and behind a scan's header its coded data."""
    place = 2
    while place < len(content):
        place = content.index(b"\xff", place)
        while content[place] == 0xFF:
            place += 1
        marker = content[place]
        place += 1
        if marker == _END:
            return
        if marker in _STANDALONE:
            continue
        (length,) = struct.unpack_from(">H", content, place)
        body, place = content[place + 2 : place + length], place + length
        if length < 2 or place > len(content):
            raise ValueError("a segment outside the file")
        coded = b""
        if marker == _START_OF_SCAN:
            coming = _NEXT_MARKER.search(content, place)
            end = coming.start() if coming else len(content)
            coded, place = content[place:end], end
        yield marker, body, coded


def _needed(marker: int, body: bytes) -> bytes | None:
    """What of a segment is needed to show the picture; a preview is not."""
    if marker in _PICTURE:
        return body
    if marker == _JFIF and body.startswith(b"JFIF\0") and len(body) >= 14:
        return body[:12] + b"\0\0"
    if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        return body
    if marker == 0xEE and body.startswith(b"Adobe"):
        return body[:12]
    return None


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
