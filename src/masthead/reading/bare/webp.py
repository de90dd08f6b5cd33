"""WebP: RFC 9649, section 2."""

import struct
from collections.abc import Iterator

from masthead.reading.bare.told import Told

_HEADER, _FRAME, _EXIF, _XMP = b"VP8X", b"ANMF", b"EXIF", b"XMP "
_PICTURE = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP", _HEADER))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_FRAME_HEADER = 16


def bare_webp(content: bytes) -> bytes:
    """A WebP without metadata."""
    (size,) = struct.unpack_from("<I", content, 4)
    told = Told()
    kept = _kept(content[12 : 8 + size], told)
    extended = bool(kept) and kept[0][0] == _HEADER
    if extended:
        exif, xmp = told.kept_exif, told.kept_xmp
        flags = kept[0][1][0] & ~(_HAS_EXIF | _HAS_XMP)
        flags |= (_HAS_EXIF if exif else 0) | (_HAS_XMP if xmp else 0)
        kept[0] = (_HEADER, bytes([flags]) + kept[0][1][1:])
        kept += [(name, body) for name, body in ((_EXIF, exif), (_XMP, xmp)) if body]
    whole = _written(kept)
    return b"RIFF" + struct.pack("<I", 4 + len(whole)) + b"WEBP" + whole


def _kept(blocks: bytes, told: Told) -> list[tuple[bytes, bytes]]:
    kept = []
    for name, body in _chunks(blocks):
        if name in _PICTURE:
            kept.append((name, body))
        elif name == _FRAME:
            inside = _kept(body[_FRAME_HEADER:], Told())
            kept.append((name, body[:_FRAME_HEADER] + _written(inside)))
        elif name == _EXIF:
            told.exif(body.removeprefix(b"Exif\0\0"))
        elif name == _XMP:
            told.xmp(body)
    return kept


def _chunks(blocks: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(blocks):
        name, length = struct.unpack_from("<4sI", blocks, place)
        place += 8
        if place + length > len(blocks):
            raise ValueError("a chunk outside the file")
        yield name, blocks[place : place + length]
        place += length + length % 2


def _written(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks
    )
