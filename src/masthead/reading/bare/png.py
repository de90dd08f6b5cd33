"""PNG: W3C Portable Network Graphics (Third Edition), sections 5 and 11."""

import struct
from collections.abc import Iterator
from zlib import crc32

from masthead.reading.bare.told import Told

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DATA, _END, _TEXT, _EXIF = b"IDAT", b"IEND", b"iTXt", b"eXIf"
_XMP = b"XML:com.adobe.xmp\0"
_PICTURE = frozenset((b"IHDR", b"PLTE", _DATA, _END, b"tRNS", b"acTL", b"fcTL", b"fdAT", b"bKGD", b"pHYs"))
_COLOUR = frozenset(
    (b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"mDCv", b"cLLI", b"cLLi")
)


def bare_png(content: bytes) -> bytes:
    """A PNG without metadata."""
    kept: list[bytes] = []
    told = Told()
    for name, body in _chunks(content):
        if name in _PICTURE | _COLOUR:
            kept.append(_chunk(name, body))
        elif name == _EXIF:
            told.exif(body)
        elif name == _TEXT and body.startswith(_XMP):
            told.xmp(body)
    if told.kept_xmp is not None:
        kept.insert(1, _chunk(_TEXT, _XMP + b"\0\0\0\0" + told.kept_xmp))
    if told.kept_exif is not None:
        kept.insert(1, _chunk(_EXIF, told.kept_exif))
    return _SIGNATURE + b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    name = b""
    while name != _END:
        length, name = struct.unpack_from(">I4s", content, place)
        place += 12 + length
        if place > len(content):
            raise ValueError("a chunk outside the file")
        yield name, content[place - 4 - length : place - 4]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))
