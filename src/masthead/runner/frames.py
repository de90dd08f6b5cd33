"""How parent and child talk: one JSON object and any number of binary blobs, each with its length.

A frame is the mark `MHF1`, the number of parts (4 bytes, big-endian), the length of each part (8 bytes
each), then the parts; the first is the JSON object. Nothing is ever unpickled: the child has handled
hostile files, so that what comes from it is data to be doubted.
"""

import json
import os
import struct
from collections.abc import Sequence
from typing import Any

type Json = dict[str, Any]

MARK = b"MHF1"
MOST_PARTS = 1000
_CHUNK = 1 << 20


class Garbled(ValueError):
    """What came is not a frame."""


class TooLarge(Garbled):
    """What was announced is larger than what we take."""


def write(fd: int, header: Json, blobs: Sequence[bytes] = ()) -> None:
    """Send one frame. Raises `OSError` if the other end is gone, `ValueError` if `header` is not JSON."""
    parts = [json.dumps(header, allow_nan=False).encode("ascii"), *blobs]
    lengths = struct.pack(f">4sI{len(parts)}Q", MARK, len(parts), *map(len, parts))
    for part in (lengths, *parts):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(fd, rest[:_CHUNK]) :]


def read(fd: int, largest: int) -> tuple[Json, list[bytes]]:
    """Wait for one frame whose parts together are at most `largest` bytes.

    Raises `EOFError` where the other end closed, `TooLarge` or `Garbled` where it sent something else;
    after these the stream is useless.
    """
    mark, count = struct.unpack(">4sI", _exactly(fd, 8))
    if mark != MARK or not 1 <= count <= MOST_PARTS:
        raise Garbled("not a frame")
    lengths = struct.unpack(f">{count}Q", _exactly(fd, 8 * count))
    if sum(lengths) > largest:
        raise TooLarge("a frame larger than allowed")
    first, *blobs = [_exactly(fd, length) for length in lengths]
    try:
        header = json.loads(first)
    except (ValueError, RecursionError) as error:
        raise Garbled("not JSON") from error
    if not isinstance(header, dict):
        raise Garbled("not a JSON object")
    return header, blobs


def _exactly(fd: int, length: int) -> bytes:
    pieces = []
    while length:
        piece = os.read(fd, min(length, _CHUNK))
        if not piece:
            raise EOFError("the other end closed")
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
